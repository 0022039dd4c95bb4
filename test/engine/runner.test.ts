import {setImmediate} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {ParseError, Unsupported} from '../../src/core/errors.js';
import {everything} from '../../src/core/filter.js';
import type {Sample, Sampler} from '../../src/core/sampler.js';
import {Runner} from '../../src/engine/sample-all.js';
import {Scheduler} from '../../src/engine/scheduler.js';
import {fakeHost} from '../helpers/fake-host.js';
import {counting, sampling, slow} from '../helpers/fake-samplers.js';
import {handClock} from '../helpers/hand-clock.js';

/** A runner over a clock whose hand stands far from 0. */
function running(sampler: Sampler, every = 0) {
	const clock = handClock(1_000_000);
	const scheduler = new Scheduler(clock);
	const runner = new Runner(sampler, every, {
		host: fakeHost({}),
		clock,
		scheduler,
		filters: () => ({mounts: everything, devices: everything, interfaces: everything}),
		visible: () => new Set([7]),
		wanted: () => new Set(['listeners'] as const),
		lag: () => 3,
	});
	return {
		clock,
		runner,
		start: () => runner.start(clock.now()),
		problems: () => runner.problems(clock.now()).map(({area, source, reason}) => `${area} ${source}: ${reason}`),
		series: () => runner.sample?.series,
	};
}

test('a run that is synchronous has ended when it was started, and its deadline with it', () => {
	const {start, series, clock} = running(counting('cpu'));
	expect(series()).toBeUndefined();
	start();
	expect(series()).toEqual([['cpu.count', 1]]);
	clock.pass(1000);
	start();
	expect(series()).toEqual([['cpu.count', 2]]);
	expect(clock.due).toEqual([]);
});

describe('how often', () => {
	const rows: Record<string, [every: number, ticks: number[], runs: number]> = {
		'every tick': [0, [0, 1000, 2000, 3000], 4],
		'every other second': [2000, [0, 1000, 2000, 3000, 4000], 3],
		'ticks that come early skip none': [2000, [0, 999, 1999, 2999, 3998], 3],
		'every ten seconds': [10_000, [0, 500, 1500, 9000, 9700, 9800, 10_500, 19_800], 3],
		'after a long stall, once': [1000, [0, 60_000, 60_100], 2],
	};

	test.each(Object.entries(rows))('%s', async (_, [every, ticks, runs]) => {
		const {runner, series} = running(counting('cpu'), every);

		for (const tick of ticks) {
			await runner.start(1_000_000 + tick);
		}

		expect(series()).toEqual([['cpu.count', runs]]);
	});
});

test('a source that is broken is a problem, its old values go, and the next run tries again', async () => {
	let isBroken = false;
	const {start, series, problems, runner} = running(
		sampling('memory', () => {
			if (isBroken) {
				throw new ParseError('/proc/meminfo', 'has no \x1bMemTotal');
			}

			return {series: [['memory.used', 61]]};
		}),
	);
	await start();
	isBroken = true;
	await start();
	expect(series()).toBeUndefined();
	expect(problems()).toEqual(['memory memory: /proc/meminfo: has no \\x1bMemTotal']);
	expect(runner.problems(0)[0]?.isWhole).toBe(true);
	isBroken = false;
	await start();
	expect(series()).toEqual([['memory.used', 61]]);
	expect(problems()).toEqual([]);
});

test('whatever is thrown, it does not get out', async () => {
	for (const thrown of [new TypeError('x is undefined'), 'a string', undefined]) {
		const {start, problems} = running(
			sampling('memory', () => {
				throw thrown;
			}),
		);
		await start();
		expect(problems()).toEqual([`memory memory: ${thrown instanceof Error ? thrown.message : thrown}`]);
	}
});

test('what a machine does not have is switched off, quietly, and what was wrong before with it', async () => {
	const errors = [new ParseError('/proc/pressure/cpu', 'is cut'), new Unsupported('no pressure')];
	let runs = 0;
	const {start, problems, series} = running(
		sampling('pressure', () => {
			runs += 1;
			throw errors.shift();
		}),
	);
	await start();
	expect(problems()).toHaveLength(1);
	await start();
	await start();
	expect(problems()).toEqual([]);
	expect(series()).toBeUndefined();
	expect(runs).toBe(2);
});

test('what a part of an area had wrong is told beside its values', async () => {
	const {start, problems, series} = running(
		sampling('filesystem', () => ({
			series: [['disk.used:/', 50]],
			problems: [{area: 'filesystem', source: '/mnt' as never, reason: 'no answer' as never}],
		})),
	);
	await start();
	expect(series()).toHaveLength(1);
	expect(problems()).toEqual(['filesystem /mnt: no answer']);
});

describe('a sampler that does not answer', () => {
	test('is not started twice, is told to end at its deadline, and is stale from then on', async () => {
		const {sampler, open} = slow('sensors', {timeout: 3000});
		const {start, clock, problems, runner} = running(sampler);
		start();
		await clock.advance(1000);
		expect(start()).toBeUndefined();
		expect(open).toHaveLength(1);
		expect([runner.isStale, problems()]).toEqual([false, []]);
		await clock.advance(1999);
		expect(open[0]?.signal.aborted).toBe(false);
		await clock.advance(1);
		expect(open[0]?.signal.aborted).toBe(true);
		// What ends at once may have an answer of its own.
		expect([runner.isStale, problems()]).toEqual([false, []]);
		await clock.advance(50);
		expect([runner.isStale, problems()]).toEqual([true, ['sensors sensors: stale 3s']]);
		await clock.advance(36_950);
		expect(start()).toBeUndefined();
		expect(problems()).toEqual(['sensors sensors: stale 40s']);
	});

	test('keeps its last values, counts from them, and recovers', async () => {
		const {sampler, open} = slow('sensors');
		const {start, clock, problems, runner, series} = running(sampler);
		start();
		open[0]?.answer({series: [['a', 1]]});
		await clock.advance(10_000);
		start();
		await clock.advance(5050);
		expect(series()).toEqual([['a', 1]]);
		expect(problems()).toEqual(['sensors sensors: stale 15s']);
		open[1]?.answer({series: [['a', 2]]});
		await setImmediate();
		expect(series()).toEqual([['a', 2]]);
		expect([runner.isStale, problems()]).toEqual([false, []]);
	});

	test('that has an answer when it is told to end is not stale for a moment', async () => {
		const {sampler, open} = slow('sensors', {timeout: 3000});
		const {start, clock, problems, runner, series} = running(sampler);
		start();
		await clock.advance(3000);
		open[0]?.answer({series: [['a', 1]]});
		await clock.advance(0);
		expect([runner.isStale, problems(), series()]).toEqual([false, [], [['a', 1]]]);
		await clock.advance(1000);
		expect([runner.isStale, problems()]).toEqual([false, []]);
	});

	test('that ends when it is told to is tried again, and stays stale until it has answered', async () => {
		const {sampler, open} = slow('sensors', {isObedient: true});
		const {start, clock, runner, problems} = running(sampler);
		start();
		await clock.advance(5000);
		expect(problems()).toEqual(['sensors sensors: stale 5s']);
		start();
		expect(open).toHaveLength(2);
		expect(runner.isStale).toBe(true);
		open[1]?.answer({series: []});
		await setImmediate();
		expect(runner.isStale).toBe(false);
	});

	test('that then fails for another reason tells that reason', async () => {
		const {sampler, open} = slow('sensors', {isObedient: true});
		const {start, clock, problems} = running(sampler);
		start();
		await clock.advance(5000);
		start();
		open[1]?.fail(new Error('EIO'));
		await setImmediate();
		expect(problems()).toEqual(['sensors sensors: EIO']);
	});

	test('is told to end when the engine stops, and not started again', async () => {
		const {sampler, open} = slow('sensors', {isObedient: true});
		const {start, runner, problems} = running(sampler);
		start();
		runner.stop();
		await setImmediate();
		expect(open[0]?.signal.aborted).toBe(true);
		expect(start()).toBeUndefined();
		expect(problems()).toEqual([]);
	});
});

describe('a sampler over 20 ms of work, three times in a row,', () => {
	const told = ['process process: reading takes over 20 ms'];
	const rows: Record<string, [runs: ('work' | 'wait' | 'quick')[], problems: string[]]> = {
		'says so': [['work', 'work', 'work'], told],
		'says so as long as it goes on': [['work', 'work', 'work', 'work', 'work'], told],
		'not yet after two': [['work', 'work'], []],
		'not when one was quick': [['work', 'work', 'quick', 'work', 'work'], []],
		'no more when it is quick again': [['work', 'work', 'work', 'quick'], []],
		'not when the machine was busy with others': [['wait', 'wait', 'wait', 'wait'], []],
	};

	test.each(Object.entries(rows))('%s', async (_, [runs, problems]) => {
		const todo = [...runs];
		const one = running(
			sampling('process', () => {
				const run = todo.shift();

				if (run === 'work') {
					one.clock.work(21);
				} else if (run === 'wait') {
					one.clock.pass(200);
				}

				return {series: []};
			}),
		);

		for (const _run of runs) {
			await one.start();
		}

		expect(one.problems()).toEqual(problems);
	});
});

test('a run knows the clock, what is on the screen, and what is wanted', async () => {
	const {start, series, clock} = running(
		sampling('x', (_, {now, wall, visible, wanted, filters, signal}) => ({
			series: [
				['now', now()],
				['wall', wall()],
				['shown', Number(visible.has(7) && wanted.has('listeners'))],
				['filters', Object.keys(filters).length],
				['aborted', Number(signal.aborted)],
			],
		})),
	);
	await start();
	expect(Object.fromEntries(series() ?? [])).toEqual({
		now: clock.now(),
		wall: clock.wall(),
		shown: 1,
		filters: 3,
		aborted: 0,
	});
});

test('what a run hands over early counts while the rest is awaited', async () => {
	let answer = (_: Sample) => {};
	const {start, series} = running(
		sampling('disk', (_, {interim}) => {
			interim({series: [['disk.used:/', 1]]});
			return new Promise<Sample>(resolve => {
				answer = resolve;
			});
		}),
	);
	const ended = start();
	expect(series()).toEqual([['disk.used:/', 1]]);
	answer({series: [['disk.used:/', 2]]});
	await ended;
	expect(series()).toEqual([['disk.used:/', 2]]);
});

test('a deadline that comes late, because we stood still, gives a moment more', async () => {
	const {sampler, open} = slow('disk', {timeout: 5000});
	const {start, clock, problems, series} = running(sampler);
	const ended = start();
	clock.pass(60_000);
	expect(open[0]?.signal.aborted).toBe(false);
	open[0]?.answer({series: [['disk.used:/', 1]]});
	await ended;
	expect([series(), problems()]).toEqual([[['disk.used:/', 1]], []]);
});
