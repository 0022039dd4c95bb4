import {describe, expect, test} from 'vitest';
import {alertingEngine, aRule, unreachable} from '../helpers/alerting-engine.js';

const slowRule = aRule({
	levels: {
		warning: {kind: 'above', trigger: 90, clear: 87, for: 60_000},
		critical: {kind: 'above', trigger: 95, clear: 93, for: 60_000},
	},
});

describe('a rule', () => {
	test('fires, rises and is over: one message each', async () => {
		const one = alertingEngine({rules: [slowRule]});
		one.set('memory.used', 50);
		await one.engine.start();
		await one.run(10);
		expect(one.rows()).toEqual([]);
		one.set('memory.used', 92);
		await one.run(30);
		expect(one.rows()).toMatchObject([
			{title: 'Memory', phase: 'pending', severity: 'warning', text: '92%, above 90%'},
		]);
		expect(one.sent).toEqual([]);
		await one.run(40);
		expect(one.told()).toEqual(['Memory firing']);
		one.set('memory.used', 97);
		await one.run(70);
		expect(one.told()).toEqual(['Memory firing', 'Memory raised']);
		one.set('memory.used', 88);
		await one.run(400);
		expect(one.rows()).toMatchObject([{phase: 'firing', severity: 'warning'}]);
		one.set('memory.used', 50);
		await one.run(10);
		expect(one.told()).toEqual(['Memory firing', 'Memory raised', 'Memory resolved']);
		expect(one.rows()).toMatchObject([{phase: 'resolved', told: {sent: 3, waiting: 0, refused: 0}}]);
		await one.run(3600);
		expect(one.sent).toHaveLength(3);
	});

	test('that dips while it is pending tells nobody', async () => {
		const one = alertingEngine({rules: [slowRule]});
		one.set('memory.used', 92);
		await one.engine.start();
		await one.run(50);
		one.set('memory.used', 10);
		await one.run(5);
		one.set('memory.used', 92);
		await one.run(55);
		expect(one.sent).toEqual([]);
	});

	test('without data neither fires nor is over', async () => {
		const one = alertingEngine({alerts: {noDataAfter: 600_000}});
		one.set('memory.used', 92);
		await one.engine.start();
		await one.run(5);
		one.set('memory.used', undefined);
		await one.run(300);
		expect(one.told()).toEqual(['Memory firing']);
		expect(one.rows()).toMatchObject([{phase: 'firing', isStale: true}]);
		await one.run(400);
		expect(one.told()).toEqual(['Memory firing', 'No data: Memory firing']);
		one.set('memory.used', 10);
		await one.run(5);
		expect(one.told().toSorted()).toEqual([
			'Memory firing',
			'Memory resolved, No data: Memory resolved',
			'No data: Memory firing',
		]);
	});

	test('that is taken out of the configuration is gone, and says so once', async () => {
		const one = alertingEngine();
		one.set('memory.used', 92);
		await one.engine.start();
		await one.run(5);
		one.engine.alerts.configure({rules: [], checks: [], notifiers: [], alerts: {} as never, every: 1000});
		await one.run(5);
		expect(one.rows()).toMatchObject([{phase: 'resolved'}]);
	});

	test('counts what a counter rises', async () => {
		const rise = aRule({series: 'memory.oom_kills', levels: {warning: {kind: 'rises', by: 3, within: 60_000, for: 0}}});
		const one = alertingEngine({rules: [rise]});

		for (const value of [100, 101, 102, 102, 0, 1]) {
			one.set('memory.oom_kills', value);
			await (value === 100 ? one.engine.start() : one.run(10));
		}

		expect(one.told()).toEqual(['Memory firing']);
		expect(one.sent[0]?.message.items[0]?.text).toBe('rose by 3, at least 3 in 1m0s');
		await one.run(70);
		expect(one.told()).toEqual(['Memory firing', 'Memory resolved']);
	});

	test('asks for what must be there', async () => {
		const one = alertingEngine({rules: [aRule({levels: {critical: {kind: 'absent', for: 30_000}}})]});
		one.set('other', 1);
		await one.engine.start();
		await one.run(20);
		expect(one.sent).toEqual([]);
		await one.run(15);
		expect(one.told()).toEqual(['Memory firing']);
		one.set('memory.used', 3);
		await one.run(2);
		expect(one.told()).toEqual(['Memory firing', 'Memory resolved']);
	});
});

describe('when the other side does not answer', () => {
	test('what began and ended meanwhile is one message that tells both', async () => {
		const one = alertingEngine();
		one.side.answer = () => unreachable;
		one.set('memory.used', 10);
		await one.engine.start();
		one.set('memory.used', 99);
		await one.run(300);
		one.set('memory.used', 10);
		await one.run(300);
		expect(one.tries.length).toBeGreaterThan(3);
		one.side.answer = () => ({kind: 'accepted', response: '' as never});
		await one.run(300);
		expect(one.told()).toEqual(['Memory both']);
		expect(one.sent[0]?.message.items[0]).toMatchObject({isFiring: false, severity: 'critical'});
		await one.run(3600);
		expect(one.sent).toHaveLength(1);
	});

	test('it is asked less and less, and never hammered', async () => {
		const one = alertingEngine();
		one.side.answer = () => unreachable;
		one.set('memory.used', 99);
		await one.engine.start();
		await one.run(3600);
		expect(one.tries.length).toBeGreaterThan(10);
		expect(one.tries.length).toBeLessThan(25);
		expect(new Set(one.tries.map(({message}) => message.id)).size).toBe(1);
	});

	test('what may have arrived is told again as it was, and its end apart', async () => {
		const one = alertingEngine();
		one.side.answer = () => ({...unreachable, isUndecided: true}) as never;
		one.set('memory.used', 99);
		await one.engine.start();
		await one.run(3);
		one.set('memory.used', 10);
		await one.run(2);
		one.side.answer = () => ({kind: 'accepted', response: '' as never});
		await one.run(60);
		expect(one.told()).toEqual(['Memory firing', 'Memory resolved']);
		expect(one.sent.map(({message}) => message.mayRepeat)).toEqual([true, false]);
		expect(one.sent[1]?.message.threadId).toBe(one.sent[0]?.message.id);
		expect(one.sent[0]?.message.items[0]?.isFiring).toBe(true);
	});

	test('whom it will never have is not asked again, and hears of no end', async () => {
		const one = alertingEngine();
		one.side.answer = () => ({kind: 'refused', reason: '550' as never});
		one.set('memory.used', 99);
		await one.engine.start();
		await one.run(60);
		one.set('memory.used', 10);
		await one.run(600);
		expect(one.tries).toHaveLength(1);
		expect(one.rows()).toMatchObject([{told: {sent: 0, waiting: 0, refused: 1}}]);
	});
});

test('nothing is seen or told before it is on disk', async () => {
	const one = alertingEngine();
	let release = () => {};
	one.set('memory.used', 10);
	await one.engine.start();
	await one.run(2);
	one.side.keep = () =>
		new Promise(resolve => {
			release = resolve;
		});
	one.set('memory.used', 99);
	await one.run(3);
	expect(one.rows()).toEqual([]);
	expect(one.tries).toEqual([]);
	one.side.keep = () => Promise.resolve();
	release();
	await one.run(2);
	expect(one.rows()).toMatchObject([{phase: 'firing'}]);
	expect(one.told()).toEqual(['Memory firing']);
});

test('a disk that hangs or refuses keeps nobody from being told, and is said', async () => {
	const one = alertingEngine();
	one.set('memory.used', 10);
	await one.engine.start();
	one.side.keep = () => Promise.reject(new Error('ENOSPC'));
	one.set('memory.used', 99);
	await one.run(10);
	expect(one.told()).toEqual(['Memory firing']);
	expect(one.engine.store.snapshot?.series.get('self.unkept')).toBe(1);
	expect(one.unkept.length).toBeGreaterThan(0);
});
