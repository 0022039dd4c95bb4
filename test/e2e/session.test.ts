import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {bindings} from '../../src/ui/keys-table.js';
import {healthtop} from '../helpers/built.js';
import {folder} from '../helpers/folder.js';
import {bytesOf} from '../helpers/key-bytes.js';
import {Pty} from '../helpers/pty.js';

/** Every key but those that end it or stop it. */
const keys = bindings
	.filter(({command}) => command !== 'quit' && command !== 'suspend')
	.flatMap(binding => binding.keys)
	.map(bytesOf);

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
/** Pressed and never let go: a whole click may hit what quits. */
const mouse = fc
	.tuple(fc.constantFrom(0, 64, 65), fc.integer({min: 1, max: 230}), fc.integer({min: 1, max: 60}))
	.map(([button, x, y]) => `\x1b[<${button};${x};${y}M`);
const size = fc.oneof(
	{weight: 3, arbitrary: fc.tuple(fc.integer({min: 20, max: 220}), fc.integer({min: 5, max: 60}))},
	{weight: 1, arbitrary: fc.tuple(fc.integer({min: 1, max: 500}), fc.integer({min: 1, max: 200}))},
);
const step = fc.oneof(
	{weight: 8, arbitrary: fc.record({type: key})},
	{weight: 2, arbitrary: fc.record({type: typed})},
	{weight: 2, arbitrary: fc.record({type: mouse})},
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
	await drawAnew(pty, did);

	// A frame for the size before may still have been on its way: what is drawn after it has no excuse.
	if (pty.wrappedRows.length > 0) {
		await pause(40 * pace);
		await drawAnew(pty, did);
	}

	expect(pty.wrappedRows, did).toEqual([]);
	expect(pty.text, did).not.toContain('this panel failed');
}

async function drawAnew(pty: Pty, did: string): Promise<void> {
	// An escape before it would make it another key.
	await pause(4 * pace);
	const before = pty.output.length;
	pty.wipe();
	pty.type('\x0c');
	await pty.until(`draws everything after ${did}`, ({output}) => output.slice(before).endsWith('\x1b[?2026l'));
}

test('a minute of random keys, clicks and sizes: nothing fails, nothing is drawn outside, and the terminal is given back', async () => {
	const directory = folder();
	const pty = new Pty(process.execPath, healthtop('--read-only', '--state-dir', directory), {columns: 80, rows: 24});
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
	// Behind an escape that is still waited for, the next key would be another one.
	const before = pty.output.length;
	await pty.until('listens', ({output}) => {
		pty.type('\x0c');
		return output.length > before + 1000;
	});
	pty.type('\x03');
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
	expect(pty.buffer).toBe('normal');
	expect(readdirSync(directory).filter(name => name.includes('crash'))).toEqual([]);
	const log = join(directory, 'healthtop.log');
	expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toContain('"level":"error"');
}, 120_000);
