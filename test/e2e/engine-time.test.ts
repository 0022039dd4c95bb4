import {cpSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openScreen, type Running, startEngine} from '../helpers/engine-process.js';
import {library, setClock} from '../helpers/faked-clock.js';
import {folder} from '../helpers/folder.js';
import {testWith} from '../helpers/outside.js';
import type {Pty} from '../helpers/pty.js';
import {until} from '../helpers/until.js';

/** The lines of an engine's log with that message. */
function logged({stderr}: Running, message: string): readonly Record<string, unknown>[] {
	return stderr()
		.split('\n')
		.slice(0, -1)
		.map(line => JSON.parse(line))
		.filter(line => line.message === message);
}

/** The screen's clock has moved on so many times: that many readings have been shown. */
async function readings(pty: Pty, count: number): Promise<void> {
	const seen = new Set<string>();
	await pty.until(`${count} readings`, ({screen}) => seen.add(screen[0]?.slice(-10) ?? '').size > count);
}

/** What the first line says at the mark of an event: the cursor is moved back until it stands there. */
async function showsMark(pty: Pty, text: RegExp): Promise<void> {
	pty.type('\x1b[D');
	await pty.shows('◀');

	for (let press = 0; press < 20 && !text.test(pty.screen[0] ?? ''); press++) {
		const before = pty.screen[0];
		pty.type('\x1b[D');
		await pty.until('moves', ({screen}) => screen[0] !== before);
	}

	expect(pty.screen[0]).toMatch(text);
	pty.type('0');
	await pty.until('is live', ({screen}) => !screen[0]?.includes('◀'));
}

describe('an engine that is looked at from outside', () => {
	testWith(library)('tells that the wall clock was set, in the log and as a mark on the screen', async () => {
		const {env, set} = setClock();
		const engine = await startEngine({env});
		const pty = await openScreen(['--state-dir', engine.directory], {columns: 120, rows: 36});
		await readings(pty, 3);
		set('+1h');
		await until('is logged', () => logged(engine, 'the wall clock was set').length === 1);
		await readings(pty, 3);
		await showsMark(pty, /the clock was set on by (?:1h|59m|60m)/);
		const [line] = logged(engine, 'the wall clock was set');
		expect(Math.abs(Number(line?.['byMs']) - 3_600_000)).toBeLessThan(2000);
	});

	test('tells that it was stopped; while it is, the screen says since when', async () => {
		const engine = await startEngine();
		const pty = await openScreen(['--state-dir', engine.directory], {columns: 120, rows: 36});
		await readings(pty, 3);
		process.kill(engine.pid, 'SIGSTOP');
		await pty.shows(/CRIT engine stopped or hanging for (?:[6-9]|1\d)s, all is of \d\d:\d\d:\d\d/);
		process.kill(engine.pid, 'SIGCONT');
		await pty.until('is well again', ({screen}) => !screen[0]?.includes('CRIT'));
		await until(
			'is logged',
			() => logged(engine, 'healthtop stood still: it was stopped, or the machine was').length === 1,
		);
		await readings(pty, 3);
		await showsMark(pty, /healthtop was stopped for \d+s/);
	});

	testWith(library)('tells a suspended machine from one whose clock was set', async () => {
		const root = join(folder(), 'root');
		cpSync('test/fixtures/trees/web-01/before', root, {recursive: true});
		const [directory, file] = [folder(), join(folder(), 'config.json')];
		// Both clocks jump between two readings, and not at one.
		writeFileSync(file, '{"every": "3s"}');
		const {env, set} = setClock();
		const args = ['--root', root, '--config', file];
		const engine = await startEngine({directory, args, env});
		const pty = await openScreen(['--state-dir', directory, ...args], {columns: 120, rows: 36});
		await readings(pty, 2);
		// The recorded one stands still: the time between the two readings, and a little more, goes with it.
		writeFileSync(join(root, 'proc/uptime'), `${260579.3 + 8 * 3600 + 4} 1002557.71\n`);
		set('+8h');
		await until('is logged', () => logged(engine, 'the machine was suspended').length === 1);
		expect(logged(engine, 'the wall clock was set')).toEqual([]);
		await readings(pty, 1);
		await showsMark(pty, /the machine was suspended for 8h/);
	});
});
