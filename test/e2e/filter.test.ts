import {spawn} from 'node:child_process';
import {expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {Pty} from '../helpers/pty.js';

/** Processes that only this test has. */
function sleepers(...names: readonly string[]): void {
	const children = names.map(name => spawn('sleep', ['600'], {argv0: name, stdio: 'ignore'}));
	onTestFinished(() => {
		for (const child of children) {
			child.kill('SIGKILL');
		}
	});
}

const without = (text: string) => (pty: Pty) => !pty.text.includes(text);

test('processes are filtered while a filter is typed, and until it is taken away', async () => {
	sleepers('filter-one-apple', 'filter-two-pear');
	const pty = new Pty(process.execPath, healthtop(), {columns: 120, rows: 40});
	await pty.shows('6 Processes');
	pty.type('/filter-');
	await pty.shows('filter-one-apple');
	await pty.shows('filter-two-pear');
	pty.type('two');
	await pty.until('no apple', without('apple'));
	await pty.shows('filter filter-two');
	pty.type('\r');
	await pty.shows('/ filter-two');
	// Keys are keys again.
	pty.type('?');
	await pty.shows('filter processes');
	pty.type('\x1b');
	await pty.until('the help is closed', without('this help'));
	pty.type('\x1b');
	await pty.until('the filter is gone', without('/ filter-two'));
	pty.type('q');
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
});

test('a wrong one says what is wrong, a pattern is a pattern, and none that matches is said', async () => {
	sleepers('filter-three-plum');
	const pty = new Pty(process.execPath, healthtop(), {columns: 120, rows: 40});
	await pty.shows('6 Processes');
	pty.type('/cpu>');
	await pty.shows('needs a number');
	pty.type('\r');
	await pty.shows('needs a number');
	pty.type('\x15/three-pl.m/ and not user=nobody\r');
	await pty.shows('filter-three-plum');
	await pty.shows(/1-\d of \d · \/ \/three-pl\.m/);
	pty.type('/\x15(\x1b');
	await pty.shows('filter-three-plum');
	pty.type('/\x15nobody-has-this-name\r');
	await pty.shows('no process matches');
	pty.type('q');
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
});
