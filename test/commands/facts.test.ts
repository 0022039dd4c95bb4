import {release} from 'node:os';
import {expect, test} from 'vitest';
import {factsAside, parseFacts} from '../../src/commands/facts.js';
import type {Io} from '../../src/commands/io.js';
import {healthtop} from '../helpers/built.js';
import {handClock} from '../helpers/hand-clock.js';
import {Pty} from '../helpers/pty.js';

const options = {color: true};

function io(...self: readonly string[]): Io {
	return {self, clock: handClock()} as Partial<Io> as Io;
}

test('the program itself tells what the machine is', async () => {
	const facts = await factsAside(options, io(process.execPath, ...healthtop()));
	expect(facts?.kernel).toContain(`Linux ${release()}`);
	expect(facts?.os).not.toBe('');
	expect(facts?.virtualisation).not.toBe('');
});

test('of another root nothing is known', async () => {
	expect(await factsAside({...options, root: '/srv/other'}, io(process.execPath))).toBeUndefined();
	expect(await factsAside({...options, root: '/'}, io('/bin/sh', '-c', "echo '{}'"))).toBeDefined();
});

test.each([
	['a program that is not there', '/nonexistent/healthtop'],
	['an answer that is no JSON', '/bin/echo'],
	['one that is JSON of something else', '/bin/echo', 'null #'],
])('no fact from %s', async (_, ...self) => {
	expect(await factsAside(options, io(...self))).toBeUndefined();
});

test('one that never answers is ended after 15 s', async () => {
	const around = io('/bin/sh', '-c', 'exec sleep 600');
	const asked = factsAside(options, around);
	await (around.clock as ReturnType<typeof handClock>).advance(15_001);
	expect(await asked).toBeUndefined();
});

test('what is told is text that may be shown', () => {
	const facts = parseFacts(JSON.stringify({model: 'Evil \x1b[2J CPU', os: 4, kernel: 'Linux 6'}));
	expect(facts).toEqual({model: 'Evil \\x1b[2J CPU', os: '', kernel: 'Linux 6', virtualisation: ''});
});

test('the zoomed CPU shows it', async () => {
	const pty = new Pty(process.execPath, healthtop(), {columns: 160, rows: 40});
	await pty.shows('6 Processes');
	pty.type('1e');
	await pty.shows(`Linux ${release()}`);
	pty.type('q');
	await pty.end();
});
