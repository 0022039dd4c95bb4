import {describe, expect, test} from 'vitest';
import {alertDefaults} from '../../src/core/alerts/alert-settings.js';
import {everything} from '../../src/core/filter.js';
import {safe} from '../../src/core/safe.js';
import {engineOf} from '../helpers/engine.js';
import {counting, sampling, slow} from '../helpers/fake-samplers.js';

describe('other settings while it runs', () => {
	const noChecks = {
		checks: [],
		concurrency: {sockets: 100, commands: 8},
		rules: [],
		notifiers: [],
		alerts: alertDefaults,
	};
	const filters = {mounts: everything, devices: everything, interfaces: everything};

	test('another time between ticks counts from now on, and the past begins anew', async () => {
		const {engine, clock, at} = engineOf();
		await engine.start();
		await clock.advance(1600);
		engine.configure({every: 200, sampling: {}, filters, kept: [], ...noChecks});
		expect(engine.store.history.last('cpu.count', 1)).toEqual(Float64Array.of(Number.NaN));
		await clock.advance(650);
		expect(at()).toEqual([0, 500, 1500, 1800, 2000, 2200]);
		expect([...engine.store.history.last('cpu.count', 4)]).toEqual([Number.NaN, 4, 5, 6]);
	});

	test('that come in the middle of a tick make no second row of ticks', async () => {
		const {sampler, open} = slow('net');
		const {engine, clock, at} = engineOf({samplers: [sampler]});
		void engine.start();
		open[0]?.answer({series: []});
		await clock.advance(550);
		engine.configure({every: 2000, sampling: {}, filters, kept: [], ...noChecks});
		await clock.advance(6000);
		expect(at()).toEqual([0, 700, 2550, 4550, 6550]);
	});

	test('that come and go within one tick make no second row either', async () => {
		const {sampler, open} = slow('net');
		const {engine, clock, at} = engineOf({samplers: [sampler]});
		void engine.start();
		open[0]?.answer({series: []});
		await clock.advance(550);
		engine.configure({every: 2000, sampling: {}, filters, kept: [], ...noChecks});
		engine.configure({every: 1000, sampling: {}, filters, kept: [], ...noChecks});
		await clock.advance(3000);
		expect(at()).toEqual([0, 700, 1550, 2550, 3550]);
	});

	test('the same time between ticks leaves them where they are', async () => {
		const {engine, clock, at} = engineOf();
		await engine.start();
		await clock.advance(700);
		engine.configure({every: 1000, sampling: {}, filters, kept: [], ...noChecks});
		await clock.advance(900);
		expect(at()).toEqual([0, 500, 1500]);
	});

	test('a sampler has another time, and what is wanted is another', async () => {
		const seen: unknown[] = [];
		const sampler = sampling('net', (_, {filters}) => {
			seen.push(filters.mounts.only);
			return {series: []};
		});
		const {engine, clock} = engineOf({samplers: [sampler], rates: {net: 60_000}});
		await engine.start();
		await clock.advance(5000);
		expect(seen).toEqual([undefined]);
		engine.configure({
			every: 1000,
			sampling: {net: 3000},
			filters: {...filters, mounts: {only: ['/']}},
			kept: [],
			...noChecks,
		});
		await clock.advance(5000);
		expect(seen).toEqual([undefined, ['/'], ['/']]);
	});
});

test('what others have to tell stands among the problems until it is replaced', async () => {
	const {engine, clock, taken} = engineOf();
	await engine.start();
	const [config, log] = [
		{source: safe`config.json`, reason: safe`is empty`},
		{source: safe`healthtop.log`, reason: safe`cannot be written`},
	];
	engine.notice('configuration', config);
	await clock.advance(500);
	engine.notice('log', log);
	await clock.advance(1000);
	engine.notice('configuration', undefined);
	await clock.advance(1000);
	expect(taken.map(({problems}) => problems.map(({area, reason}) => `${area} ${reason}`))).toEqual([
		[],
		['configuration is empty'],
		['configuration is empty', 'log cannot be written'],
		['log cannot be written'],
	]);
});

test('samplers are told how late their tick began', async () => {
	const lags: number[] = [];
	const {engine, clock} = engineOf({
		samplers: [
			sampling('self', (_, {lag}) => {
				lags.push(lag);
				return {series: []};
			}),
		],
	});
	await engine.start();
	await clock.advance(500);
	clock.pass(1300);
	await clock.advance(0);
	expect(lags).toEqual([0, 0, 300]);
});

describe('what happens to time', () => {
	const uptime = (clock: {now(): number}) => sampling('uptime', () => ({series: [['uptime', clock.now() / 1000]]}));

	test('a wall clock that is set is told once, and nothing else changes', async () => {
		const {engine, clock, taken} = engineOf({samplers: [counting('cpu')]});
		await engine.start();
		await clock.advance(600);
		clock.setWall(-3_600_000);
		await clock.advance(2000);
		expect(taken.map(({timeEvent}) => timeEvent)).toEqual([
			undefined,
			undefined,
			{kind: 'clock-set', ms: -3_600_000},
			undefined,
		]);
		expect(taken.map(({intervalMs}) => intervalMs)).toEqual([0, 500, 1000, 1000]);
	});

	test('a minute in which nothing ran is told, is a gap, and is not made up for', async () => {
		const clockOf: {now(): number} = {now: () => 0};
		const {engine, clock, taken} = engineOf({samplers: [counting('cpu'), uptime(clockOf)]});
		clockOf.now = clock.now;
		await engine.start();
		await clock.advance(600);
		clock.pass(60_000);
		await clock.advance(1500);
		expect(taken.map(({timeEvent}) => timeEvent?.kind)).toEqual([undefined, undefined, 'stalled', undefined]);
		const past = engine.store.history.last('cpu.count', 62);
		expect([...past].filter(value => !Number.isNaN(value))).toEqual([2, 3, 4]);
	});
});
