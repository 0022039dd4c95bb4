import {
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmdirSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {fileOf} from '../../src/journal/format.js';
import {ended, engineOf, listening, reload, says, usersOf} from '../helpers/asked-engine.js';
import {folder} from '../helpers/folder.js';
import {until} from '../helpers/until.js';

/** A state directory whose journal has these bytes. */
function stateWith(journal: Uint8Array): string {
	const directory = join(folder(), 'state');
	mkdirSync(directory, {mode: 0o700});
	writeFileSync(join(directory, 'journal'), journal, {mode: 0o600});
	return directory;
}

const acts = Array.from({length: 5}, (_, index) => ({
	kind: 'act',
	at: Date.UTC(2026, 10, 22),
	what: 'reload',
	by: `u${index} (uid 0), pid 1`,
	result: 'done',
}));
const run = {kind: 'started', at: Date.UTC(2026, 10, 22), pid: 1, version: '0.1.0'};
const whole = fileOf(1, [run, ...acts]);

test('a newer journal is left as it is, and that is said', async () => {
	const newer = fileOf(2, [run]);
	const directory = stateWith(newer);
	const engine = engineOf(directory);
	const control = await listening(engine);
	await says(control, /^is of version 2, newer than this program: nothing is kept$/);
	await reload(control, 'u1');
	engine.send('SIGTERM');
	expect(await ended(engine)).toEqual({code: 0, signal: null});
	expect(readFileSync(join(directory, 'journal'))).toEqual(Buffer.from(newer));
	expect(readdirSync(directory).toSorted()).toEqual(['engine.lock', 'journal']);
});

describe('a damaged journal', () => {
	const cuts = Array.from({length: 6}, (_, index) => Math.floor((whole.length * index) / 6));
	const damages = [
		...cuts.map(length => ({name: `cut at ${length}`, bytes: whole.subarray(0, length)})),
		...cuts.map(at => ({name: `a bit of ${at} flipped`, bytes: flipped(whole, at * 8 + 3)})),
	];

	test('stops no start, and costs one record at most', async () => {
		for (const {name, bytes} of damages) {
			const directory = stateWith(bytes);
			const engine = engineOf(directory);
			const control = await listening(engine);
			const users = await usersOf(control);
			expect(users, name).toEqual(acts.map(({by}) => by.split(' ')[0]).filter(user => users.includes(user ?? '')));
			expect(users.length, name).toBeGreaterThanOrEqual(name.startsWith('cut') ? 0 : acts.length - 1);
			expect(await reload(control, 'new'), name).toBe(true);
			engine.send('SIGKILL');
			await engine.end;
		}
	});
});

function flipped(bytes: Uint8Array, bit: number): Buffer {
	const copy = Buffer.from(bytes);
	copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return copy;
}

/** `works`: it listens and, where there is a reason, says it; `ends`: it does not start, and says why. */
const inPlace = {
	journal: {directory: 'works', says: /is a directory: kept as/, link: 'works'},
	'journal.reserve': {directory: 'works', says: /^the disk is full/, link: 'works'},
	'engine.lock': {directory: 'ends', says: /engine\.lock' is no file of ours: move it away$/, link: 'ends'},
	'view.sock': {directory: 'waits', says: /sockets cannot be opened/, link: 'works'},
	'control.sock': {directory: 'waits', says: /sockets cannot be opened/, link: 'works'},
} as const;

describe('what stands in the place of a file', () => {
	for (const [name, {directory: what, says: sentence}] of Object.entries(inPlace)) {
		test(`a directory as ${name}: it ${what}, and says so`, async () => {
			const directory = join(folder(), 'state');
			mkdirSync(join(directory, name), {mode: 0o700, recursive: true});
			const engine = engineOf(directory);

			if (what === 'works') {
				await says(await listening(engine), sentence);
				return;
			}

			if (what === 'ends') {
				expect(await ended(engine)).toEqual({code: 1, signal: null});
				expect(engine.said).toMatch(sentence);
				return;
			}

			await until('it says so', () => sentence.test(engine.said));
			rmdirSync(join(directory, name));
			expect(await reload(await listening(engine), 'u1')).toBe(true);
		});
	}

	for (const isThere of [true, false]) {
		for (const name of [...Object.keys(inPlace), 'healthtop.log', 'journal.new', 'new.sock']) {
			test(`a link as ${name} to ${isThere ? "somebody else's file" : 'nothing'} is not followed`, async () => {
				const [directory, outside] = [join(folder(), 'state'), join(folder(), 'outside')];
				mkdirSync(directory, {mode: 0o700});
				symlinkSync(outside, join(directory, name));

				if (isThere) {
					writeFileSync(outside, 'precious', {mode: 0o644});
				}

				const before = isThere ? lstatSync(outside) : undefined;
				const engine = engineOf(directory, {options: ['--log-file']});
				const control = await engine.listens();

				if (control) {
					await reload(control, 'u1');
					engine.send('SIGTERM');
				} else {
					expect(engine.said).toMatch(/^healthtop: .*is no file of ours: move it away$/);
				}

				expect((await ended(engine))?.code).toBe(control ? 0 : 1);
				expect(existsSync(outside)).toBe(isThere);

				if (before) {
					const {mode, ino, mtimeMs} = lstatSync(outside);
					expect(readFileSync(outside, 'utf8')).toBe('precious');
					expect({mode, ino, mtimeMs}).toEqual({mode: before.mode, ino: before.ino, mtimeMs: before.mtimeMs});
				}
			});
		}
	}
});
