import {describe, expect, test} from 'vitest';
import {ParseError} from '../../src/core/errors.js';
import {safeText} from '../../src/core/safe.js';
import {toBase64} from '../../src/history/base64.js';
import {Past} from '../../src/history/past.js';
import {answers, Pair, step, wire} from './pieces-table.js';
import {start} from './points-table.js';
import {row} from './process-minutes-table.js';

const seconds = (from: number, to: number) => Array.from({length: to - from}, (_, index) => from + index);
const momentAt = (second: number) => start + second * 1000;

/** A minute of one process, which ends at a second. */
const minuteTo = (second: number, command = 'cat') => ({
	from: momentAt(second - 60),
	to: momentAt(second),
	processes: [row({pid: second, command: safeText(command)})],
});

/** An engine that has run for so many minutes, one beat in each, and a viewer that has got the first piece. */
function attached(minutes: number): Pair {
	const pair = new Pair();
	const values = {'cpu.used': -0, 'disk.used:/': Number.NaN, 'load.1': 0.1};
	const series = new Map(Object.entries(values)).set('__proto__', 3);
	const steps = seconds(1, minutes + 1).map(minute =>
		step(minute * 60, {}, {series, processes: [row({pid: minute})], minute: minuteTo(minute * 60)}),
	);
	pair.push(...steps);
	pair.attach();
	return pair;
}

const names = ['cpu.used', '__proto__', 'disk.used:/', 'load.1'];

function expectSame({engine, viewer}: Pair, moments: readonly number[] = []): void {
	expect(answers(viewer, names, moments)).toEqual(answers(engine, names, moments));
}

test('the order is what live graphs need, then the rest', () => {
	const pair = attached(130);
	pair.send();
	const minutes = ['points', 'points', 'minutes', 'minutes', 'minutes'];
	expect(pair.sent.map(([kind]) => kind)).toEqual(
		['start', 'beats', 'recent', 'ready', 'processes', ...minutes, 'end'].toSpliced(-1, 0, 'points'),
	);
	expectSame(
		pair,
		seconds(1, 131).map(minute => momentAt(minute * 60)),
	);
});

test('a minute that both had when the pieces began is there once, and the next one too', () => {
	const pair = attached(61);
	pair.push(step(3661, {}, {minute: minuteTo(3660)}), step(3662, {}, {minute: minuteTo(3720)}));
	pair.send();
	pair.push(step(3663, {}, {minute: minuteTo(3720)}));
	const [engine, viewer] = [pair.engine, pair.viewer].map(past =>
		[...past.pieces()].filter(({piece}) => piece === 'minutes'),
	);
	expect(wire(viewer)).toEqual(wire(engine));
});

test('a past that is empty has pieces, too', () => {
	const pair = new Pair();
	pair.attach();
	pair.send();
	pair.push(step(1, {'cpu.used': 1}), step(62, {'cpu.used': 2}));
	expectSame(pair, [momentAt(1)]);
	expect(pair.viewer.events).toHaveLength(1);
});

test('beats that fell out of the round before they were asked for are not sent', () => {
	const pair = attached(300);
	pair.push(...seconds(1, 800).map(second => step(18_000 + second, {'cpu.used': second})));
	pair.send();
	expect(pair.sent.find(([kind]) => kind === 'beats')?.[1]).toBeLessThan(101 * 8 * 1.4 + 50);
	expectSame(pair);
});

test('where points were given up meanwhile, what is older is not taken', () => {
	const pair = attached(130);
	pair.push(...seconds(131, 3300).map(minute => step(minute * 60, {'cpu.used': minute})));
	pair.send();
	expectSame(pair, [momentAt(60), momentAt(129 * 60), momentAt(3000 * 60)]);
});

test('where the command lines fill the room, what the engine gave up meanwhile is not taken', () => {
	const pair = new Pair();
	const hour = (minute: number, letters: string) => {
		const processes = seconds(0, 20).map(pid => row({pid, command: safeText(`${minute} ${pid} ${letters}`)}));
		return step(minute * 60, {}, {minute: {from: momentAt(minute * 60 - 60), to: momentAt(minute * 60), processes}});
	};
	// An hour of these takes 630 kB, one of the first kind 90 kB: there is room for the first, but not behind the others.
	pair.push(...seconds(1, 61).map(minute => hour(minute, '')));
	pair.push(...seconds(61, 301).map(minute => hour(minute, '語'.repeat(300))));
	pair.attach();
	pair.push(...seconds(301, 361).map(minute => hour(minute, '語'.repeat(300))));
	pair.send();
	expectSame(
		pair,
		seconds(1, 361).map(minute => momentAt(minute * 60 - 30)),
	);
	expect(pair.engine.busiestAt(momentAt(90 * 60))).toBeUndefined();
});

test("the kept names are the engine's, and one list as long as they are the same", () => {
	const pair = attached(2);
	const {kept} = pair.engine;
	expect(kept).toEqual(['cpu.used', 'load.1', 'disk.used:/']);
	expect(pair.viewer.kept).toEqual(kept);
	pair.push(step(200, {'cpu.used': 1}), step(201, {'load.1': 1}));
	expect(pair.engine.kept).toBe(kept);
	expect(pair.viewer.kept).toBe(kept);
	pair.push(step(202, {'load.5': 1}));
	expect(pair.engine.kept).toEqual(['cpu.used', 'load.1', 'load.5', 'disk.used:/']);
	const viewer = new Past();
	viewer.push(step(0, {'core.used:0': 1, 'cpu.used': 2}).snapshot, 0, ['core.used:0']);
	expect([...viewer.points('core.used:0', 'minute', 1).avg, ...viewer.points('cpu.used', 'minute', 1).avg]).toEqual([
		1,
		Number.NaN,
	]);
});

describe('beats that are forgotten', () => {
	test('end the pieces early', () => {
		const pair = attached(5);
		pair.send(1);
		pair.engine.forgetBeats();
		expect(pair.send()).toBe(false);
		expect(pair.sent.map(([kind]) => kind)).toEqual(['start', 'beats']);
	});

	test('have no room for what was before them', () => {
		const pair = attached(5);
		pair.viewer.forgetBeats();
		expect(() => pair.send(1)).toThrow(ParseError);
	});
});

describe('sizes', () => {
	test('of recent values and processes are below 320 kB', () => {
		const pair = new Pair();
		const processes = seconds(0, 200).map(pid => row({pid, command: safeText('x'.repeat(200))}));
		const series = new Map(seconds(0, 2000).map(index => [`core.used:${index}`, index / 3]));

		for (const second of seconds(0, 900)) {
			const changed = processes.map((one, index) => ((index + second) % 3 === 0 ? {...one, memoryBytes: second} : one));
			pair.push(step(second, {}, {series, processes: changed}));
		}

		pair.attach();
		pair.send();
		expect(pair.sent.filter(([, bytes]) => bytes > 320_000)).toEqual([]);
		expect(pair.sent.filter(([kind]) => kind === 'recent')).toHaveLength(63);
	});

	test('of a reading of very many processes, too', () => {
		const pair = new Pair();
		pair.push(step(0, {}, {processes: seconds(0, 12_000).map(pid => row({pid}))}));
		pair.attach();
		pair.send();
		expect(pair.sent.filter(([, bytes]) => bytes > 320_000)).toEqual([]);
		expectSame(pair, [momentAt(0)]);
	});

	test('of points and minutes are below 600 kB, and a row that stays the same is sent once', () => {
		const pair = new Pair();
		const series = new Map(seconds(0, 100).map(index => [`disk.used:/${index}`, index / 3]));
		const processes = seconds(0, 20).map(pid => row({pid, command: safeText('x'.repeat(240))}));

		for (const quarter of seconds(0, 300)) {
			const at = momentAt(quarter * 900);
			pair.push(step(quarter * 900, {}, {series, processes, minute: {from: at - 60_000, to: at, processes}}));
		}

		pair.attach();
		pair.send();
		expect(pair.sent.filter(([, bytes]) => bytes > 600_000)).toEqual([]);
		expect(pair.sent.find(([kind]) => kind === 'processes')?.[1]).toBeLessThan(25_000);
	});
});

const floats = (count: number) => toBase64(new Float64Array(count));
const many = (count: number) => seconds(0, count).map(index => `s${index}`);
const open = {names: [], totals: '', newest: 0};
const first = {
	piece: 'start',
	events: [],
	kept: [],
	series: [],
	minute: open,
	quarter: open,
	minutes: {newest: 0},
};

describe('what is no first piece is refused, and the past stays empty', () => {
	test.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['a list', []],
		['no kind', {}],
		['a kind that nobody knows', {piece: '__proto__'}],
		['another piece', {piece: 'ready'}],
		['no events', {...first, events: undefined}],
		['too many events', {...first, events: many(101).map(() => ({at: 0, kind: 'started', ms: 0}))}],
		['an event of an unknown kind', {...first, events: [{at: 0, kind: 'x', ms: 0}]}],
		['too many kept', {...first, kept: many(101)}],
		['too many series', {...first, series: many(2001).map(name => [name, 0])}],
		['a series without a name', {...first, series: [[1, 0]]}],
		['a series of the future', {...first, series: [['a', -1]]}],
		['a series of half a beat', {...first, series: [['a', 0.5]]}],
		['a series of long ago', {...first, series: [['a', 901]]}],
		['totals without a name', {...first, minute: {...open, totals: floats(4)}}],
		['a name without totals', {...first, quarter: {...open, names: ['a'], totals: floats(3)}}],
		['no count of minutes', {...first, minutes: {}}],
	])('%s', (_, piece) => {
		const past = new Past();
		expect(() => past.add(piece)).toThrow(ParseError);
		expect(past.add(first)).toBe('start');
		expect(past.events).toEqual([]);
	});
});

const points = {piece: 'points', tier: 'minute', at: floats(3), series: []};
const series = {name: 'a', first: 0, values: toBase64(new Float32Array(9)), counts: toBase64(new Uint16Array(3))};

describe('what is no piece is refused, and changes nothing', () => {
	test.each<[string, unknown]>([
		['a second first one', first],
		['too many beats', {piece: 'beats', times: floats(901)}],
		['a beat and a half', {piece: 'beats', times: toBase64(new Uint32Array(3))}],
		['no base64', {piece: 'beats', times: '~~~~'.repeat(8)}],
		['base64 that is cut', {piece: 'beats', times: floats(2).slice(0, -1)}],
		['too many series', {piece: 'recent', series: many(33).map(name => [name, ''])}],
		[
			'one good series and one that is none',
			{
				piece: 'recent',
				series: [
					['cpu.used', floats(3)],
					['load.1', 7],
				],
			},
		],
		[
			'a place without a row',
			{piece: 'processes', rows: [row()], readings: [{at: 0, rows: toBase64(new Uint32Array([1]))}]},
		],
		['a row that is none', {piece: 'processes', rows: [{pid: 1}], readings: []}],
		['an unknown tier', {...points, tier: 'hour'}],
		['fewer points than were told', {...points, at: floats(2)}],
		['more points than were told', {...points, at: floats(4)}],
		['more points than there may ever be', {...points, at: floats(1001)}],
		['a series behind its points', {...points, series: [{...series, first: 1}]}],
		['a series with other counts than values', {...points, series: [{...series, counts: ''}]}],
		['no minutes', {piece: 'minutes', minutes: []}],
		['more minutes than were told', {piece: 'minutes', minutes: seconds(0, 61).map(second => minuteTo(second))}],
		['a minute without processes', {piece: 'minutes', minutes: [{from: 0, to: 1}]}],
	])('%s', (_, piece) => {
		// 3 closed minutes, 4 of processes.
		const pair = attached(4);
		const moments = seconds(0, 300).map(momentAt);
		const before = answers(pair.viewer, names, moments);
		expect(() => pair.viewer.add(wire(piece))).toThrow(ParseError);
		expect(answers(pair.viewer, names, moments)).toEqual(before);
		pair.send();
		expectSame(pair, moments);
		expect(() => pair.viewer.add({piece: 'ready'})).toThrow('is no piece that may come now');
	});
});

test('what was not told of before is kept nowhere', () => {
	const pair = attached(4);
	pair.viewer.add({piece: 'recent', series: [['unknown', floats(4)]]});
	expect([...pair.viewer.last('unknown', 1)]).toEqual([Number.NaN]);
});

test('a past with beats of its own takes no pieces', () => {
	const past = new Past();
	past.push(step(0).snapshot);
	expect(() => past.add(first)).toThrow(ParseError);
});
