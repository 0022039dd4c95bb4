import {describe, expect, test} from 'vitest';
import {alertingEngine, aRule} from '../helpers/alerting-engine.js';

const slowRule = aRule({
	levels: {
		warning: {kind: 'above', trigger: 90, clear: 87, for: 60_000},
		critical: {kind: 'above', trigger: 95, clear: 93, for: 60_000},
	},
});

describe('a program that ends', () => {
	test('and begins again tells nobody twice, and of the end', async () => {
		const first = alertingEngine();
		first.set('memory.used', 99);
		await first.engine.start();
		await first.run(5);
		first.engine.stop();
		await first.engine.alerts.close();
		const second = alertingEngine({after: {book: first.book, now: 1000}});
		second.set('memory.used', 99);
		await second.engine.start();
		await second.run(30);
		expect(second.rows()).toMatchObject([{phase: 'firing', incident: first.rows()[0]?.incident}]);
		expect(second.sent).toEqual([]);
		second.set('memory.used', 10);
		await second.run(5);
		expect(second.told()).toEqual(['Memory resolved']);
		expect(second.sent[0]?.message.threadId).toBe(first.sent[0]?.message.id);
	});

	test('goes on with what was pending', async () => {
		const first = alertingEngine({rules: [slowRule]});
		first.set('memory.used', 92);
		await first.engine.start();
		await first.run(40);
		first.engine.stop();
		await first.engine.alerts.close();
		const second = alertingEngine({rules: [slowRule], after: {book: first.book, now: 9_000_000}});
		second.set('memory.used', 92);
		await second.engine.start();
		await second.run(5);
		expect(second.sent).toEqual([]);
		await second.run(20);
		expect(second.told()).toEqual(['Memory firing']);
	});

	test('without an order forgets what was pending and came to nothing', async () => {
		const first = alertingEngine({rules: [slowRule]});
		first.set('memory.used', 10);
		await first.engine.start();
		await first.run(10);
		first.set('memory.used', 92);
		await first.run(55);
		first.set('memory.used', 10);
		await first.run(10);
		first.engine.stop();
		const second = alertingEngine({rules: [slowRule], after: {book: first.book, now: 130_000}});
		second.set('memory.used', 92);
		await second.engine.start();
		await second.run(50);
		expect(second.sent).toEqual([]);
	});

	test('while something that was over is pending again tells nobody that it is back', async () => {
		const first = alertingEngine({rules: [slowRule]});
		first.set('memory.used', 92);
		await first.engine.start();
		await first.run(65);
		first.set('memory.used', 10);
		await first.run(5);
		first.set('memory.used', 92);
		await first.run(5);
		expect(first.told()).toEqual(['Memory firing', 'Memory resolved']);
		first.engine.stop();
		await first.engine.alerts.close();
		const second = alertingEngine({rules: [slowRule], after: {book: first.book, now: 130_000}});
		second.set('memory.used', 92);
		await second.engine.start();
		await second.run(10);
		expect(second.rows()).toMatchObject([{phase: 'resolved', incident: first.rows()[0]?.incident}]);
		expect(second.sent).toEqual([]);
		await second.run(60);
		expect(second.told()).toEqual(['Memory again']);
	});

	test('in the middle of telling tells it again, with the same id', async () => {
		const first = alertingEngine();
		first.side.answer = () => new Promise(() => {});
		first.set('memory.used', 99);
		await first.engine.start();
		await first.run(5);
		const second = alertingEngine({after: {book: first.book, now: 1000}});
		second.set('memory.used', 99);
		await second.engine.start();
		await second.run(30);
		expect(second.told()).toEqual(['Memory firing']);
		expect(second.sent[0]?.message).toMatchObject({id: first.tries[0]?.message.id, mayRepeat: true});
	});
});

test('after a kill a worse level must hold anew', async () => {
	const first = alertingEngine({rules: [slowRule]});
	first.set('memory.used', 92);
	await first.engine.start();
	await first.run(40);
	first.set('memory.used', 97);
	await first.run(40);
	expect(first.rows()).toMatchObject([{phase: 'firing', severity: 'warning'}]);
	const second = alertingEngine({rules: [slowRule], after: {book: first.book, now: 1000}});
	second.set('memory.used', 97);
	await second.engine.start();
	await second.run(50);
	expect(second.sent).toEqual([]);
	await second.run(20);
	expect(second.told()).toEqual(['Memory raised']);
});

test('what has not been looked at since is as it was, and that is no event', async () => {
	const first = alertingEngine();
	first.set('memory.used', 99);
	await first.engine.start();
	await first.run(5);
	const second = alertingEngine({after: {book: first.book, now: 1000}});
	await second.engine.start();
	await second.run(20);
	expect(second.rows()).toMatchObject([{phase: 'firing'}]);
	second.set('memory.used', 99);
	await second.run(10);
	expect(second.rows()).toMatchObject([{phase: 'firing', isStale: false}]);
	expect(second.rows()[0]?.timeline.map(({kind}) => kind)).toEqual(['fired', 'sent']);
});
