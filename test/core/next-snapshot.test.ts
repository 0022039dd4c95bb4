import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ParseError} from '../../src/core/errors.js';
import {nextSnapshot} from '../../src/core/next-snapshot.js';
import type {Process, Snapshot} from '../../src/core/snapshot.js';
import {snapshot as decode} from '../../src/core/snapshot-decode.js';
import {snapshotChanges, wholeSnapshot} from '../../src/core/snapshot-encode.js';
import {nextOf} from '../helpers/live-snapshots.js';
import {randomOf} from '../helpers/random.js';
import {aSnapshot} from '../helpers/scene.js';

const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a whole snapshot comes out as it went in', () => {
	const snapshot = aSnapshot();
	expect(decode(sent(wholeSnapshot(snapshot)), 'snapshot')).toEqual(snapshot);
});

test('an engine that knows no checks has none', () => {
	const {checks: _checks, ...older} = sent(wholeSnapshot(aSnapshot())) as Record<string, unknown>;
	expect(decode(older, 'snapshot').checks).toEqual([]);
});

test('whatever changes, the next snapshot is the same on both sides, rows in the same order', () => {
	fc.assert(
		fc.property(fc.integer(), seed => {
			const random = randomOf(seed);
			let here = nextOf(undefined, random);
			let there = decode(sent(wholeSnapshot(here)), 'snapshot');

			for (let tick = 0; tick < 30; tick++) {
				const after = nextOf(here, random);
				const {snapshot, missed} = nextSnapshot(
					there,
					sent(snapshotChanges(here, after, tick % 3, undefined)),
					'changes',
				);
				expect(snapshot).toEqual(after);
				expect(missed).toBe(tick % 3);
				expect([...snapshot.series.keys()]).toEqual([...after.series.keys()]);
				[here, there] = [after, snapshot];
			}
		}),
		{numRuns: 20},
	);
});

describe('processes', () => {
	const [one, two, three] = aSnapshot().processes.toSorted((a, b) => a.pid - b.pid) as [Process, Process, Process];
	const rows: Record<string, [before: readonly Process[], after: readonly Process[]]> = {
		'none before': [[], [one, two]],
		'none after': [[one, two], []],
		'the first goes': [
			[one, two, three],
			[two, three],
		],
		'the last goes': [
			[one, two, three],
			[one, two],
		],
		'another takes a number': [
			[one, two],
			[one, {...two, startTicks: two.startTicks + 1}],
		],
		'one comes between two': [
			[one, three],
			[one, two, three],
		],
		'not in the order of their numbers': [
			[one, two],
			[two, one],
		],
		'an order that was none': [
			[two, one],
			[one, two],
		],
		'all change places': [[one, two], [three]],
	};

	test.each(Object.entries(rows))('%s', (_, [before, after]) => {
		const [first, second] = [aSnapshot({processes: before, sequence: 1}), aSnapshot({processes: after, sequence: 2})];
		const {snapshot} = nextSnapshot(first, sent(snapshotChanges(first, second, 0, undefined)), 'changes');
		expect(snapshot.processes).toEqual(after);
	});

	test('rows that are the same object are not sent', () => {
		const changed = {...two, memoryBytes: 1};
		const [first, second] = [
			aSnapshot({processes: [one, two, three], sequence: 1}),
			aSnapshot({processes: [one, changed], sequence: 2}),
		];
		expect(snapshotChanges(first, second, 0, undefined)).toMatchObject({
			processes: {changed: [changed], gone: [three.pid]},
		});
	});
});

describe('what is refused', () => {
	const before = aSnapshot({sequence: 7});
	const good = () => sent(snapshotChanges(before, aSnapshot({sequence: 8}), 0, undefined)) as Record<string, unknown>;
	const bad: Record<string, unknown> = {
		nothing: undefined,
		'a text': 'changes',
		'a list': [],
		'a snapshot that does not follow': {...good(), sequence: 9},
		'too few values': {...good(), values: [1], series: undefined},
		'a process without a number': {...good(), processes: {changed: [{name: 'x'}], gone: []}},
		'a device that is a text': {...good(), devices: ['sda']},
		'a level that nobody knows': {...good(), timeEvent: {kind: 'eaten', ms: 1}},
	};

	test.each(Object.entries(bad))('%s', (_, json) => {
		expect(() => nextSnapshot(before, json, 'changes')).toThrow(ParseError);
	});
});

test('text that is to be shown is made safe, whoever sent it; text for acting stays as it is', () => {
	const evil = '\x1b]0;owned\x07\u202e';
	const json = sent(wholeSnapshot(aSnapshot())) as Record<string, unknown> & {processes: Record<string, unknown>[]};
	const [first, ...others] = json.processes;
	const mount = {...(json['filesystems'] as Record<string, unknown>[])[0], mount: evil, name: evil};
	const changed = {...json, host: evil, processes: [{...first, command: evil}, ...others], filesystems: [mount]};
	const {host, processes, filesystems}: Snapshot = decode(changed, 'snapshot');
	expect([host, processes[0]?.command, filesystems[0]?.name].join()).not.toMatch(/[\x00-\x1f\u202e]/);
	expect(filesystems[0]?.mount).toBe(evil);
});
