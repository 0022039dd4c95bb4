import {readFileSync} from 'node:fs';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Statfs} from '../../src/core/host.js';
import {statfsAside} from '../../src/hosts/statfs-aside.js';

/** Our children, by a file that is read faster than a program starts. */
function helpers(): number[] {
	return readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
}

/** Stops it, unless it was faster. In one go: when others get a turn, Node asks how it ended, and it is nowhere. */
function stopped(pid: number): boolean {
	process.kill(pid, 'SIGSTOP');

	for (;;) {
		const state = /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

		if (state === 'T' || state === 'Z') {
			return state === 'T';
		}
	}
}

/** A way of asking whose first questions get no answer: their helpers are stopped before they can do anything. */
async function stuckOnes(mounts: readonly string[]) {
	const ask = statfsAside();
	const stop = new AbortController();
	onTestFinished(async () => {
		stop.abort();
		await expect.poll(helpers).toEqual([]);
	});
	const answers: Promise<Statfs>[] = [];

	for (const mount of mounts) {
		const known = new Set(helpers());

		for (let isStopped = false; !isStopped; ) {
			const answer = ask(mount, stop.signal);
			const pid = helpers().find(one => !known.has(one)) ?? Number.NaN;
			answer.catch(() => undefined);
			isStopped = stopped(pid);

			if (isStopped) {
				answers.push(answer);
			} else {
				await answer;
			}
		}
	}

	return {ask, stop, answers};
}

test('more mounts than helpers are all answered, one after another', async () => {
	const ask = statfsAside();
	const {signal} = new AbortController();
	const most: number[] = [];
	const watch = setInterval(() => most.push(helpers().length), 1);
	onTestFinished(() => clearInterval(watch));
	const mounts = ['/', '/proc', '/sys', '/dev', '/tmp', '/etc', '/usr', '/var', '/root'];
	const answers = await Promise.allSettled(mounts.map(path => ask(path, signal)));
	expect(answers.map(({status}) => status)).toEqual(mounts.map(() => 'fulfilled'));
	expect(Math.max(0, ...most)).toBeLessThanOrEqual(4);
});

describe('while helpers are stuck', () => {
	test('their mounts are not asked again, and others are', async () => {
		const {ask, answers} = await stuckOnes(['/proc', '/sys', '/dev']);
		expect(answers).toHaveLength(3);
		expect(helpers()).toHaveLength(3);
		const {signal} = new AbortController();
		await expect(ask('/proc', signal)).rejects.toThrow(expect.objectContaining({code: 'EBUSY'}));
		expect(await Promise.all(['/', '/tmp', '/etc'].map(path => ask(path, signal)))).toHaveLength(3);
	});

	test('four of them: a fifth mount is not said to be stuck, for it was never asked', async () => {
		const {ask, answers} = await stuckOnes(['/proc', '/sys', '/dev', '/tmp']);
		const end = new AbortController();
		const waiting = ask('/', end.signal);
		expect(helpers()).toHaveLength(4);
		end.abort();
		await expect(waiting).rejects.toThrow(
			expect.objectContaining({code: 'EAGAIN', message: 'not asked: 4 others give no answer'}),
		);
		expect(answers).toHaveLength(4);
	});

	test('when one of four ends, the mount that waits is asked', async () => {
		const {ask, stop, answers} = await stuckOnes(['/proc', '/sys', '/dev', '/tmp']);
		const {signal} = new AbortController();
		const waiting = [ask('/', signal), ask('/etc', signal)];
		stop.abort();
		expect(await Promise.all(waiting)).toMatchObject([{blocks: expect.any(Number)}, {blocks: expect.any(Number)}]);

		for (const answer of answers) {
			await expect(answer).rejects.toThrow(expect.objectContaining({name: 'AbortError'}));
		}

		await expect.poll(helpers).toEqual([]);
		expect(await ask('/proc', signal)).toMatchObject({blocks: expect.any(Number)});
	});
});

test('a name that cannot be asked for takes no place from one that waits', async () => {
	const {ask, stop} = await stuckOnes(['/proc', '/sys', '/dev', '/tmp']);
	const {signal} = new AbortController();
	const strange = Array.from({length: 5}, (_, i) => ask(`/\xff${i}`, signal));
	const waiting = ask('/', signal);
	await Promise.all(strange.map(answer => expect(answer).rejects.toThrow(expect.objectContaining({code: 'EILSEQ'}))));
	stop.abort();
	expect(await waiting).toMatchObject({blocks: expect.any(Number)});
});
