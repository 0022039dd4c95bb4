import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {bindings} from '../../src/ui/keys-table.js';
import {healthtop} from '../helpers/built.js';
import {folder} from '../helpers/folder.js';
import {Pty} from '../helpers/pty.js';

/** What terminals send for keys that are no character. */
const bytes: Readonly<Record<string, string>> = {
	enter: '\r',
	tab: '\t',
	'shift+tab': '\x1b[Z',
	backspace: '\x7f',
	escape: '\x1b',
	space: ' ',
	up: '\x1b[A',
	down: '\x1b[B',
	right: '\x1b[C',
	left: '\x1b[D',
	'shift+right': '\x1b[1;2C',
	'shift+left': '\x1b[1;2D',
	home: '\x1b[H',
	end: '\x1b[F',
	pgup: '\x1b[5~',
	pgdn: '\x1b[6~',
	'ctrl+u': '\x15',
	'ctrl+d': '\x04',
	'ctrl+l': '\x0c',
};

/** Every key but those that end it or stop it. */
const keys = bindings
	.filter(({command}) => command !== 'quit' && command !== 'suspend')
	.flatMap(binding => binding.keys)
	.map(key => bytes[key] ?? key);

const key = fc.constantFrom(...keys);
const typed = fc.constantFrom(
	'/ssh cpu>1\r',
	'/((\x1b',
	'@1m ago\r',
	'@x\x1b',
	'/[a-z]+/\r',
	'\x1b[200~qqq\x1b[201~',
	'\x1b[<',
	'日本',
);
const size = fc.oneof(
	{weight: 3, arbitrary: fc.tuple(fc.integer({min: 20, max: 220}), fc.integer({min: 5, max: 60}))},
	{weight: 1, arbitrary: fc.tuple(fc.integer({min: 1, max: 500}), fc.integer({min: 1, max: 200}))},
);
const step = fc.oneof(
	{weight: 8, arbitrary: fc.record({type: key})},
	{weight: 2, arbitrary: fc.record({type: typed})},
	{weight: 1, arbitrary: fc.record({resize: size})},
);

/** Someone who tries everything for a minute, always in the same order: what fails once fails again. */
const seed = 20_261_122;
const sessionMs = 60_000;

/** A person types no faster than that, ms. */
const pace = 25;

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Once the picture stands: no row was written beyond its end, and no panel has failed. */
async function expectSound(pty: Pty, did: string): Promise<void> {
	// An escape before it would make it another key.
	await pause(4 * pace);
	const before = pty.output.length;
	pty.wipe();
	pty.type('\x0c');
	await pty.until(`draws everything after ${did}`, ({output}) => output.slice(before).endsWith('\x1b[?2026l'));
	expect(pty.wrappedRows, did).toEqual([]);
	expect(pty.text, did).not.toContain('this panel failed');
}

test('a minute of random keys and sizes: nothing fails, nothing is drawn outside, and the terminal is given back', async () => {
	const directory = folder();
	const pty = new Pty(process.execPath, healthtop('--state-dir', directory), {columns: 80, rows: 24});
	await pty.shows('6 Processes');
	const steps = fc.sample(step, {seed, numRuns: 5000});
	const end = performance.now() + sessionMs;
	const did: string[] = [];

	for (const [index, one] of steps.entries()) {
		if (performance.now() > end || pty.ended) {
			break;
		}

		did.push(JSON.stringify(one));

		if ('type' in one) {
			pty.type(one.type);
		} else {
			pty.resize(...one.resize);
		}

		await pause(pace);

		if (index % 40 === 39) {
			await expectSound(pty, did.slice(-40).join(' '));
		}
	}

	expect(did.length).toBeGreaterThan(300);
	expect(pty.ended, did.slice(-40).join(' ')).toBeUndefined();
	pty.type('\x03');
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
	expect(pty.buffer).toBe('normal');
	expect(readdirSync(directory).filter(name => name.includes('crash'))).toEqual([]);
	const log = join(directory, 'healthtop.log');
	expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toContain('"level":"error"');
}, 120_000);
