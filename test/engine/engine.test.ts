import {describe, expect, test} from 'vitest';
import {safe} from '../../src/core/safe.js';
import type {Snapshot} from '../../src/core/snapshot.js';
import {engineOf} from '../helpers/engine.js';
import type {FakeFiles} from '../helpers/fake-host.js';
import {counting, sampling, slow} from '../helpers/fake-samplers.js';
import {wallAtZero} from '../helpers/hand-clock.js';

const numbers = ({series}: Snapshot | {series: ReadonlyMap<string, number>}) => Object.fromEntries(series);

test('it ticks at once, half a second later, and then every beat', async () => {
	const {engine, clock, at, taken} = engineOf();
	await engine.start();
	expect(at()).toEqual([0]);
	// Not the wait for slow samplers: there were none.
	expect(clock.due).toEqual([50_500]);
	await clock.advance(3600);
	expect(at()).toEqual([0, 500, 1500, 2500, 3500]);
	expect(taken.map(({intervalMs}) => intervalMs)).toEqual([0, 500, 1000, 1000, 1000]);
	expect(taken.map(({sequence}) => sequence)).toEqual([1, 2, 3, 4, 5]);
	expect(taken.map(one => numbers(one)['cpu.count'])).toEqual([1, 2, 3, 4, 5]);
});

test('a beat shorter than half a second is kept from the start', async () => {
	const {engine, clock, at} = engineOf({every: 200});
	await engine.start();
	await clock.advance(600);
	expect(at()).toEqual([0, 200, 400, 600]);
});

test('a snapshot has what all samplers found, and what was wrong', async () => {
	const network = {interface: 'eth0', name: safe`eth0`, receivedBytes: 0, sentBytes: 0};
	const {engine} = engineOf({
		samplers: [
			sampling('cpu', () => ({series: [['cpu.used', 23]], cores: 4})),
			sampling('network', () => ({series: [['network.sent:eth0', 1]], tables: {interfaces: [network]}})),
			sampling('memory', () => {
				throw new Error('no luck');
			}),
			counting('load'),
		],
	});
	await engine.start();
	expect(engine.store.snapshot).toEqual({
		at: wallAtZero + 50_000,
		sequence: 1,
		host: 'web-01',
		intervalMs: 0,
		cores: 4,
		series: new Map([
			['cpu.used', 23],
			['network.sent:eth0', 1],
			['load.count', 1],
		]),
		filesystems: [],
		devices: [],
		interfaces: [network],
		processes: [],
		checks: [],
		alerts: [],
		notifiers: [],
		problems: [{area: 'memory', source: 'memory', reason: 'no luck', isWhole: true}],
	});
});

test('what is no number is no value', async () => {
	const values = [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	const odd = sampling('x', () => ({series: values.map((value, index) => [`x.y:${index}`, value] as const)}));
	const {engine, taken} = engineOf({samplers: [odd]});
	await engine.start();
	expect(taken.map(numbers)).toEqual([{'x.y:0': 1}]);
});

describe('the host’s name', () => {
	const names: Record<string, [files: FakeFiles, name: string]> = {
		'is read once': [{'/proc/sys/kernel/hostname': 'web-01\n'}, 'web-01'],
		'is made harmless': [{'/proc/sys/kernel/hostname': 'a\x1b]0;x\x07\n'}, 'a\\x1b]0;x\\x07'],
		'is unknown where it cannot be read': [{}, '?'],
	};

	test.each(Object.entries(names))('%s', async (_, [files, name]) => {
		const {engine} = engineOf({files});
		await engine.start();
		expect(engine.store.snapshot?.host).toBe(name);
	});
});

test('samplers run as often as the configuration says, else as they say themselves', async () => {
	const {engine, clock, taken} = engineOf({
		samplers: [counting('cpu'), counting('disk', {every: 10_000}), counting('net', {every: 10_000})],
		rates: {net: 2000},
	});
	await engine.start();
	await clock.advance(9000);
	expect(numbers(taken.at(-1) ?? {series: new Map()})).toEqual({'cpu.count': 10, 'disk.count': 1, 'net.count': 5});
});

describe('a sampler that takes its time', () => {
	test('is waited for a fifth of a second, and then the snapshot comes without it', async () => {
		const {sampler, open} = slow('sensors');
		const {engine, clock, taken} = engineOf({samplers: [counting('cpu'), sampler]});
		const started = engine.start();
		await clock.advance(199);
		expect(taken).toHaveLength(0);
		await clock.advance(1);
		await started;
		expect(taken.map(numbers)).toEqual([{'cpu.count': 1}]);
		open[0]?.answer({series: [['sensors.heat', 40]]});
		await clock.advance(600);
		expect(numbers(taken[1] ?? {series: new Map()})).toEqual({'cpu.count': 2, 'sensors.heat': 40});
	});

	test('that answers in time is in the snapshot at once', async () => {
		const {sampler, open} = slow('sensors');
		const {engine, clock, at, taken} = engineOf({samplers: [sampler]});
		const started = engine.start();
		await clock.advance(30);
		open[0]?.answer({series: [['sensors.heat', 40]]});
		await started;
		expect(at()).toEqual([30]);
		expect(taken.map(numbers)).toEqual([{'sensors.heat': 40}]);
	});

	test('one that reads aside starts at the second tick, and nobody waits for it: the next tick has what it found', async () => {
		const {sampler, open} = slow('sensors', {isAside: true});
		const {engine, clock, at, taken} = engineOf({samplers: [counting('cpu'), sampler]});
		await engine.start();
		expect(open).toHaveLength(0);
		await clock.advance(500);
		expect(at()).toEqual([0, 500]);
		open[0]?.answer({series: [['sensors.heat', 40]]});
		await clock.advance(1000);
		expect(taken.map(numbers)).toEqual([{'cpu.count': 1}, {'cpu.count': 2}, {'cpu.count': 3, 'sensors.heat': 40}]);
	});

	test('the last of two readings waits for what still runs from the first one, and for its own', async () => {
		const {sampler, open} = slow('process');
		const {engine, clock, taken} = engineOf({samplers: [sampler]});
		const first = engine.tickOnce();
		await clock.advance(250);
		await first;
		const last = engine.lastTick();
		await clock.advance(3000);
		expect(taken).toHaveLength(1);
		open[0]?.answer({series: [['process.count', 1]]});
		await clock.advance(1000);
		expect(taken).toHaveLength(1);
		open[1]?.answer({series: [['process.count', 2]]});
		await last;
		expect(taken.map(numbers)).toEqual([{}, {'process.count': 2}]);
	});

	test('of two readings and no more, the second has what one that reads aside found', async () => {
		const {sampler, open} = slow('sensors', {isAside: true, every: 10_000});
		const {engine, clock, taken} = engineOf({samplers: [sampler]});
		await engine.tickOnce();
		open[0]?.answer({series: [['sensors.heat', 40]]});
		await clock.advance(100);
		await engine.tickOnce();
		expect(taken.map(numbers)).toEqual([{}, {'sensors.heat': 40}]);
	});

	test('over its deadline its series are gone, its tables stay, and it is told; then it comes back', async () => {
		const table = [{interface: 'eth0', name: safe`eth0`, receivedBytes: 0, sentBytes: 0}];
		const {sampler, open} = slow('net', {timeout: 2000});
		const {engine, clock, taken} = engineOf({samplers: [counting('cpu'), sampler]});
		const answer = (index: number) => open[index]?.answer({series: [['net.x', index]], tables: {interfaces: table}});
		void engine.start();
		answer(0);
		await clock.advance(4500);
		const last = taken.at(-1);
		expect(open).toHaveLength(2);
		expect(last && numbers(last)).toEqual({'cpu.count': 6});
		expect(last?.interfaces).toBe(table);
		expect(last?.problems).toEqual([{area: 'net', source: 'net', reason: 'stale 4s'}]);
		answer(1);
		await clock.advance(1300);
		expect(taken.at(-1)?.problems).toEqual([]);
		expect(taken.at(-1)?.series.get('net.x')).toBe(1);
	});
});

test('ticks never overlap, and a slow one skips the beats it missed', async () => {
	let inside = 0;
	let most = 0;
	const {engine, clock, at} = engineOf({
		samplers: [
			sampling('cpu', (_, {now}) => {
				inside += 1;
				most = Math.max(most, inside);

				if (now() === 51_500) {
					clock.work(2300);
				}

				inside -= 1;
				return {series: []};
			}),
		],
	});
	await engine.start();
	await clock.advance(6000);
	expect(most).toBe(1);
	expect(at()).toEqual([0, 500, 3800, 4500, 5500]);
});

test('beats that were missed are gaps in the past', async () => {
	const {engine, clock, at} = engineOf();
	await engine.start();
	await clock.advance(1500);
	clock.pass(3200);
	await clock.advance(1000);
	expect(at()).toEqual([0, 500, 1500, 4700, 5500]);
	expect([...engine.store.history.last('cpu.count', 7)]).toEqual([1, 2, 3, Number.NaN, Number.NaN, 4, 5]);
});

test('a machine that was suspended does not catch up', async () => {
	const {engine, clock, taken} = engineOf();
	await engine.start();
	await clock.advance(1500);
	clock.pass(3_600_300);
	await clock.advance(1800);
	expect(taken).toHaveLength(6);
	expect([...engine.store.history.last('cpu.count', 900)].filter(value => !Number.isNaN(value))).toEqual([4, 5, 6]);
});

test('stopped, nothing happens any more, and nothing is left waiting', async () => {
	const {sampler, open} = slow('sensors');
	const {engine, clock, taken} = engineOf({samplers: [counting('cpu'), sampler]});
	void engine.start();
	await clock.advance(700);
	const count = taken.length;
	engine.stop();
	expect(open[0]?.signal.aborted).toBe(true);
	expect(clock.due).toEqual([]);
	open[0]?.answer({series: []});
	await clock.advance(10_000);
	expect(taken).toHaveLength(count);
	expect(open).toHaveLength(1);
});

test('stopped in the middle of a tick, that tick has no snapshot', async () => {
	const {sampler, open} = slow('sensors');
	const {engine, clock, taken} = engineOf({samplers: [sampler]});
	void engine.start();
	engine.stop();
	open[0]?.answer({series: []});
	await clock.advance(1000);
	expect(taken).toEqual([]);
	expect(clock.due).toEqual([]);
});

test('two readings outside the beat are two snapshots', async () => {
	const {engine, clock, taken} = engineOf();
	await engine.tickOnce();
	clock.pass(300);
	await engine.tickOnce();
	expect(taken.map(({intervalMs}) => intervalMs)).toEqual([0, 300]);
	await clock.advance(5000);
	expect(taken).toHaveLength(2);
});

test('what is on the screen reaches the samplers at the next tick', async () => {
	const seen: number[][] = [];
	const details: boolean[] = [];
	const {engine, clock} = engineOf({
		samplers: [
			sampling('process', (_, {visible, wanted}) => {
				seen.push([1, 3, 7, 8].filter(pid => visible.has(pid)));
				details.push(wanted.has('addresses'), wanted.has('listeners'));
				return {series: []};
			}),
		],
	});
	await engine.start();
	engine.store.setVisible(new Set([1, 7]));
	engine.store.setWanted(new Set(['listeners']));
	await clock.advance(500);
	expect(seen).toEqual([[], [1, 7]]);
	expect(details).toEqual([false, false, false, true]);
});

test('more series than are kept are a problem that says so', async () => {
	const many = Array.from({length: 2003}, (_, index) => [`x.y:${index}`, index] as const);
	const {engine, clock} = engineOf({samplers: [sampling('x', () => ({series: many}))]});
	await engine.start();
	await clock.advance(500);
	expect(engine.store.snapshot?.problems).toEqual([
		{area: 'history', source: 'series', reason: 'more than 2,000: the past of 3 is not kept'},
	]);
});
