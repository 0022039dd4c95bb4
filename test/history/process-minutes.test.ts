import {describe, expect, test} from 'vitest';
import {type Safe, safeText} from '../../src/core/safe.js';
import type {Process} from '../../src/core/snapshot.js';
import {ProcessMinutes} from '../../src/history/process-minutes.js';
import {start} from './points-table.js';
import {from, pushed, row} from './process-minutes-table.js';

/** The pid of what is read at a second. */
const pidAt = (keeper: Pick<ProcessMinutes, 'busiestAt'>, second: number) =>
	keeper.busiestAt(start + second * 1000)?.processes[0]?.pid;

type Story = {minutes: [begin: number, end: number][]; at: Record<number, number | undefined>};

/** Which minute, counted from 1, is read at which second. */
const stories: Record<string, Story> = {
	'nothing yet': {minutes: [], at: {0: undefined}},
	'before, from its first to its last moment, and after': {
		minutes: [[0, 60]],
		at: {'-0.001': undefined, 0: 1, 30: 1, 60: 1, 60.001: undefined},
	},
	'at the border the later one': {
		minutes: [
			[0, 60],
			[60, 120],
		],
		at: {59.999: 1, 60: 2, 120: 2},
	},
	'a time in which nothing ran': {
		minutes: [
			[0, 60],
			[600, 660],
		],
		at: {300: undefined, 600: 2},
	},
	'a suspended machine': {minutes: [[0, 36_000]], at: {18000: 1}},
	'a clock set back: what happened last, and what it does not cover as it was': {
		minutes: [
			[0, 60],
			[60, 120],
			[30, 90],
			[90, 100],
		],
		at: {29: 1, 30: 3, 89: 3, 95: 4, 101: 2, 120: 2},
	},
	'no moment at all': {minutes: [[0, 60]], at: {NaN: undefined, Infinity: undefined}},
	'one that ends before it begins covers nothing': {
		minutes: [
			[0, 60],
			[50, 10],
		],
		at: {30: 1},
	},
};

describe('what is read', () => {
	test.each(Object.entries(stories))('%s', (_, {minutes, at}) => {
		const keeper = pushed(minutes.map(([begin, end], index) => from(begin, end, index + 1)));
		const seen = Object.fromEntries(Object.keys(at).map(second => [second, pidAt(keeper, Number(second))]));
		expect(seen).toEqual(Object.fromEntries(Object.entries(at)));
	});

	const rows: Record<string, Partial<Process>> = {
		'all that is known': {},
		'a kernel thread': {command: undefined, user: safeText('root'), memoryBytes: 0, disk: {read: 0, written: 0}},
		'what nobody could read': {user: undefined, cpuPercent: undefined, disk: undefined, startedAt: Number.NaN},
		'what we may not know': {disk: 'denied'},
		'a letter nobody knows, and numbers that are none': {state: '\xe9', threads: -3, parent: 0},
		'a name of nothing': {name: safeText(''), command: safeText('')},
		'any characters': {name: safeText('サーバー\x1b[2J🦀'), user: safeText('\u202euser')},
	};

	test.each(Object.entries(rows))('%s', (_, changes) => {
		const minute = {...from(0, 60), processes: [row(), row(changes)]};
		expect(pushed([minute]).busiestAt(start)).toEqual(minute);
	});

	test('a long command line without its end, and equal beginnings as one', () => {
		const command = safeText(`${'x'.repeat(300)}1`);
		const other = safeText(`${'x'.repeat(300)}2`);
		const keeper = pushed([{...from(0, 60), processes: [row({command}), row({command: other})]}]);
		const commands = keeper.busiestAt(start)?.processes.map(({command}) => command);
		expect(commands).toEqual(['x'.repeat(240), 'x'.repeat(240)]);
		const before = keeper.bytes;
		keeper.push({...from(60, 120), processes: [row({command}), row({command: other})]});
		expect(keeper.bytes).toBe(before);
	});

	test('a minute without processes, and the first 20 of more', () => {
		const many = Array.from({length: 25}, (_, pid) => row({pid}));
		const keeper = pushed([
			{...from(0, 60), processes: []},
			{...from(61, 120), processes: many},
			{...from(121, 180), processes: many.slice(24)},
		]);
		expect(keeper.busiestAt(start)).toEqual({...from(0, 60), processes: []});
		expect(keeper.busiestAt(start + 61_000)?.processes).toEqual(many.slice(0, 20));
		expect(keeper.busiestAt(start + 121_000)?.processes).toEqual(many.slice(24));
	});
});

test('a minute that comes with many snapshots is kept once, also after snapshots without one', () => {
	const keeper = new ProcessMinutes();
	const first = from(0, 60, 1);
	keeper.push(undefined);

	for (let beat = 0; beat < 2000; beat++) {
		keeper.push(beat % 7 === 0 ? undefined : first);
	}

	const {bytes} = keeper;
	expect(pidAt(keeper, 60)).toBe(1);
	expect(bytes).toBe(pushed([first]).bytes);
});

test('24 hours are kept, and then the oldest hour is given up', () => {
	const keeper = new ProcessMinutes();

	for (let minute = 0; minute < 3000; minute++) {
		keeper.push(from(minute * 60, minute * 60 + 59, minute));
		const gone = Math.max(0, Math.floor((minute + 1 - 1440) / 60)) * 60;
		expect(pidAt(keeper, gone * 60)).toBe(gone);
		expect(pidAt(keeper, gone * 60 - 60)).toBeUndefined();
		expect(pidAt(keeper, minute * 60)).toBe(minute);
	}
});

test('a clock that is years ahead for a while makes nothing old', () => {
	const ahead = (index: number) => (index > 300 && index < 450 ? 4000 * 86_400 : 0);
	const begin = (index: number) => index * 60 + ahead(index);
	const keeper = pushed(Array.from({length: 500}, (_, index) => from(begin(index), begin(index) + 59, index)));
	const pids = Array.from({length: 500}, (_, index) => pidAt(keeper, begin(index)));
	expect(pids).toEqual(Array.from({length: 500}, (_, index) => index));
});

/** The bytes after so many minutes of 20 processes each. */
function bytesOf(
	minutes: number,
	command: (minute: number, index: number) => Safe,
): {most: number; last: ProcessMinutes} {
	const keeper = new ProcessMinutes();
	let most = 0;

	for (let minute = 0; minute < minutes; minute++) {
		const processes = Array.from({length: 20}, (_, index) => row({pid: minute, command: command(minute, index)}));
		keeper.push({...from(minute * 60, minute * 60 + 60), processes});
		most = Math.max(most, keeper.bytes);
	}

	return {most, last: keeper};
}

test('24 hours of a usual machine take less than two megabytes, for ever', () => {
	const command = (minute: number, index: number) =>
		safeText(`/usr/bin/node /srv/${index % 10 === 0 ? minute : index}/server.js ${'--option '.repeat(8)}`);
	const {most, last} = bytesOf(4000, command);
	expect(most).toBeGreaterThan(1_500_000);
	expect(most).toBeLessThan(2_000_000);
	expect(pidAt(last, (4000 - 1440) * 60)).toBe(4000 - 1440);
});

test('where every command line is a new one there are fewer hours, and never more than 3 MiB', () => {
	const {most, last} = bytesOf(2000, (minute, index) => safeText(`${minute} ${index} ${'語'.repeat(2000)}`));
	expect(most).toBeGreaterThan(2.5 * 2 ** 20);
	expect(most).toBeLessThanOrEqual(3 * 2 ** 20);
	expect(pidAt(last, (2000 - 180) * 60)).toBe(2000 - 180);
	expect(pidAt(last, 0)).toBeUndefined();
});

test('a copy stands still while what it shows is given up', () => {
	const minutes = Array.from({length: 1500}, (_, index) => from(index * 60, index * 60 + 59, index));
	const keeper = pushed(minutes);
	const copy = keeper.copy();
	pushed(
		Array.from({length: 1600}, (_, index) => from((1500 + index) * 60, (1500 + index) * 60 + 59, 7)),
		keeper,
	);
	expect(pidAt(keeper, 1000 * 60)).toBeUndefined();
	expect(pidAt(copy, 1000 * 60)).toBe(1000);
	expect(pidAt(copy, 1499 * 60)).toBe(1499);
	expect(pidAt(copy, 1500 * 60)).toBeUndefined();
});
