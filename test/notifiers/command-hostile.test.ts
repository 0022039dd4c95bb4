import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {descriptors} from '../helpers/ask.js';
import {children, isAlive} from '../helpers/children.js';
import {folder} from '../helpers/folder.js';
import {until} from '../helpers/until.js';
import {deliveryOf, later, shell, tell} from './tell.js';

describe('when its time is up', () => {
	/** Aborted when the script has written to its file. */
	async function aborted(script: string) {
		const file = join(folder(), 'pids');
		const controller = new AbortController();
		const before = {children: new Set(children()), descriptors: descriptors()};
		const told = tell(shell(script, file), {signal: controller.signal});
		const pids = () => {
			try {
				return readFileSync(file, 'utf8').trim().split(/\s+/).filter(Boolean);
			} catch {
				return [];
			}
		};
		await until('it runs', () => pids().includes('ready'));
		const from = performance.now();
		controller.abort();
		const {delivery} = await told;
		const ms = performance.now() - from;
		await expect.poll(() => children().filter(pid => !before.children.has(pid))).toEqual([]);
		await expect.poll(() => descriptors()).toBeLessThanOrEqual(before.descriptors);
		await expect.poll(() => pids().map(Number).filter(isAlive)).toEqual([]);
		return {delivery, ms, words: pids()};
	}

	test('it may clean up, and is nobody any more', async () => {
		const {delivery, words} = await aborted(
			'trap "echo cleaned >>$1; exit 0" TERM; echo ready >>"$1"; while :; do sleep 0.05; done',
		);
		expect(delivery).toEqual(later('gave no answer in its time', true));
		expect(words).toEqual(['ready', 'cleaned']);
	});

	test('one that does not want to is killed, with its children', async () => {
		const child = `sh -c 'trap "" TERM; echo $$ >>"$1"; exec sleep 1000' x "$1" &`;
		const {delivery, ms, words} = await aborted(
			`trap "" TERM; ${child} ${child} while [ $(wc -l <"$1") != 2 ]; do sleep 0.05; done; echo ready >>"$1"; wait; sleep 1000`,
		);
		expect(delivery).toEqual(later('gave no answer in its time', true));
		expect(words).toHaveLength(3);
		expect(ms).toBeLessThan(1500);
	});

	test('children of one that ends at once are killed, too', async () => {
		const {words} = await aborted(
			`sh -c 'trap "" TERM; echo $$ >>"$1"; exec sleep 1000' x "$1" & while ! [ -s "$1" ]; do sleep 0.05; done; echo ready >>"$1"; wait`,
		);
		expect(words).toHaveLength(2);
	});

	test('one that prints for ever is ended', async () => {
		const {delivery} = await aborted('echo ready >>"$1"; exec yes');
		expect(delivery).toEqual(later('gave no answer in its time', true));
	});

	test('before it began, nothing is started', async () => {
		const before = new Set(children());
		expect((await tell(['/bin/true'], {signal: AbortSignal.abort()})).delivery).toEqual(
			later('gave no answer in its time', true),
		);
		expect(children().filter(pid => !before.has(pid))).toEqual([]);
	});
});

test('of what it prints without end only the beginning is kept, and its end is seen', async () => {
	expect(await deliveryOf('head -c 3000000 /dev/zero | tr "\\0" x; echo; exit 0')).toEqual({
		kind: 'accepted',
		response: 'x'.repeat(200),
	});
});

test('what it leaves behind in its group is left alone, and not waited for', async () => {
	const file = join(folder(), 'pid');
	const {delivery} = await tell(shell('sleep 1000 & echo $! >"$1"; exit 0', file));
	const pid = Number(readFileSync(file, 'utf8'));
	expect(delivery).toEqual({kind: 'accepted', response: 'exit 0'});
	expect(isAlive(pid)).toBe(true);
	process.kill(pid, 'SIGKILL');
});
