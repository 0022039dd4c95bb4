import {expect, test} from 'vitest';
import type {Statfs} from '../../src/core/host.js';
import type {Sample} from '../../src/core/sampler.js';
import {filesystem} from '../../src/samplers/filesystem.js';
import {contextAt} from '../helpers/collect.js';
import {fakeHost, systemError} from '../helpers/fake-host.js';

const answer: Statfs = {
	blockBytes: 10,
	blocks: 100,
	blocksFree: 40,
	blocksAvailable: 20,
	inodes: 1000,
	inodesFree: 750,
};
const row = (path: string, type: string, device: string) => `1 1 ${device} / ${path} rw - ${type} dev rw\n`;

/** One mount that is asked again and again; what statfs says each time, and the wall clock then. */
async function moments(answers: readonly [wall: number, answer: Statfs | string][]) {
	const host = fakeHost({'/proc/self/mountinfo': row('/mnt/a', 'nfs', '0:1')});
	const collectOnce = filesystem.start();
	const seen: unknown[] = [];

	for (const [wall, said] of answers) {
		host.statfs = async () => (typeof said === 'string' ? fail(said) : said);
		const {tables, series, problems} = await collectOnce(host, contextAt(wall, {wall: () => wall}));
		const [{stuckSince, usage} = {stuckSince: Number.NaN}] = tables?.filesystems ?? [];
		const hasSpace = series.some(([name]) => name === 'disk.used:/mnt/a');
		expect(hasSpace).toBe(usage !== undefined);
		seen.push(usage ? 'usage' : (stuckSince ?? problems?.[0]?.reason));
	}

	return seen;
}

function fail(code: string): never {
	throw code === 'AbortError' ? new DOMException('given up', code) : systemError(code, 'in words');
}

const silences: Record<string, [answers: [wall: number, answer: Statfs | string][], seen: unknown[]]> = {
	'stays at its first moment, whatever way it says nothing': [
		[
			[1000, answer],
			[2000, 'AbortError'],
			[3000, 'EBUSY'],
			[4000, 'EBUSY'],
			[5000, 'AbortError'],
		],
		['usage', 2000, 2000, 2000, 2000],
	],
	'ends with an answer, and begins anew': [
		[
			[1000, 'AbortError'],
			[2000, answer],
			[3000, 'EBUSY'],
		],
		[1000, 'usage', 3000],
	],
	'ends with an error, which is an answer': [
		[
			[1000, 'AbortError'],
			[2000, 'ESTALE'],
			[3000, 'AbortError'],
		],
		[1000, 'in words', 3000],
	],
	'is not that of a mount that was never asked': [
		[
			[1000, 'EAGAIN'],
			[2000, answer],
		],
		['in words', 'usage'],
	],
	'is that of the wall clock, which may be set back': [
		[
			[9000, 'AbortError'],
			[1000, 'EBUSY'],
		],
		[9000, 9000],
	],
};

test.each(Object.entries(silences))('a silence %s', async (_, [answers, seen]) => {
	expect(await moments(answers)).toEqual(seen);
});

test('a silence of one mount is not that of another, and ends when it is unmounted', async () => {
	const host = fakeHost({'/proc/self/mountinfo': row('/mnt/a', 'nfs', '0:1') + row('/mnt/b', 'nfs', '0:2')});
	const collectOnce = filesystem.start();
	let dead = ['/mnt/a'];
	host.statfs = async path => (dead.includes(path) ? fail('AbortError') : answer);
	const since = async (at: number) =>
		(await collectOnce(host, contextAt(at))).tables?.filesystems?.map(({mount, stuckSince}) => [mount, stuckSince]);
	expect(await since(1000)).toEqual([
		['/mnt/a', 1000],
		['/mnt/b', undefined],
	]);
	dead = ['/mnt/a', '/mnt/b'];
	expect(await since(2000)).toEqual([
		['/mnt/a', 1000],
		['/mnt/b', 2000],
	]);
	host.files['/proc/self/mountinfo'] = row('/mnt/b', 'nfs', '0:2');
	expect(await since(3000)).toEqual([['/mnt/b', 2000]]);
	host.files['/proc/self/mountinfo'] = row('/mnt/a', 'nfs', '0:1') + row('/mnt/b', 'nfs', '0:2');
	expect(await since(4000)).toEqual([
		['/mnt/a', 4000],
		['/mnt/b', 2000],
	]);
});

test('a silence is shown with the time of its first moment while the next question is open', async () => {
	const host = fakeHost(
		{'/proc/self/mountinfo': row('/mnt/a', 'nfs', '0:1')},
		{statfs: async () => fail('AbortError')},
	);
	const collectOnce = filesystem.start();
	await collectOnce(host, contextAt(3_600_000 + 62_000));
	const early: Sample[] = [];
	await collectOnce(host, contextAt(9e6, {interim: sample => early.push(sample)}));
	expect(early.map(({problems}) => problems)).toEqual([
		[{area: 'filesystem', source: '/mnt/a', reason: 'stuck since 01:01:02'}],
	]);
});
