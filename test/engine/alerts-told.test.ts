import {describe, expect, test} from 'vitest';
import type {CheckStatus} from '../../src/core/check.js';
import {safe} from '../../src/core/safe.js';
import {accepted, alertingEngine, aRule, unreachable} from '../helpers/alerting-engine.js';
import {planned, refused, well} from '../helpers/fake-checks.js';

const many = (count: number) =>
	Array.from({length: count}, (_, index) =>
		aRule({id: `rule ${index}`, name: safe`Rule ${index}`, series: `disk.used`, only: [`/${index}`]}),
	);

/** What is named in a rule and tells nothing would be an alert of its own. */
function setAll(one: ReturnType<typeof alertingEngine>, count: number): void {
	for (let index = 0; index < count; index++) {
		one.set(`disk.used:/${index}`, 10);
	}
}

describe('what is decided within a short time', () => {
	test('is one message, the worst first', async () => {
		const one = alertingEngine({rules: many(3), alerts: {groupWait: 30_000}});
		await one.engine.start();
		one.set('disk.used:/0', 92);
		await one.run(10);
		one.set('disk.used:/1', 93);
		await one.run(25);
		expect(one.told()).toEqual(['Rule 0 /0 firing, Rule 1 /1 firing']);
		one.set('disk.used:/2', 99);
		await one.run(15);
		expect(one.told()[1]).toBe('Rule 2 /2 firing');
		expect(one.sent[1]?.message.others.map(({title}) => title)).toEqual(['Rule 0 /0', 'Rule 1 /1']);
	});

	test('waits for the time between two messages, unless it is new and critical', async () => {
		const one = alertingEngine({rules: many(3), alerts: {groupWait: 0, groupInterval: 300_000}});
		await one.engine.start();
		one.set('disk.used:/0', 92);
		await one.run(10);
		one.set('disk.used:/1', 92);
		await one.run(100);
		expect(one.sent).toHaveLength(1);
		one.set('disk.used:/2', 99);
		await one.run(5);
		expect(one.told()).toEqual(['Rule 0 /0 firing', 'Rule 2 /2 firing, Rule 1 /1 firing']);
		one.set('disk.used:/0', 10);
		await one.run(200);
		expect(one.sent).toHaveLength(2);
		await one.run(110);
		expect(one.told()[2]).toBe('Rule 0 /0 resolved');
	});

	test('and is over by then is told once, with its end', async () => {
		const one = alertingEngine({alerts: {groupWait: 30_000}});
		await one.engine.start();
		one.set('memory.used', 92);
		await one.run(10);
		one.set('memory.used', 10);
		await one.run(60);
		expect(one.told()).toEqual(['Memory both']);
	});
});

describe('how often somebody is told', () => {
	test('again after a time, while it goes on', async () => {
		const one = alertingEngine({alerts: {repeatEvery: 3_600_000}});
		one.set('memory.used', 92);
		await one.engine.start();
		await one.run(2.5 * 3600);
		expect(one.told()).toEqual(['Memory firing', 'Memory reminder', 'Memory reminder']);
	});

	test('no more than so many in any hour, and nothing of a storm is lost', async () => {
		const one = alertingEngine({rules: many(200), every: 10_000, alerts: {perHour: 20}});
		setAll(one, 200);
		await one.engine.start();

		for (let index = 0; index < 200; index++) {
			one.set(`disk.used:/${index}`, 99);
			await one.run(30);
		}

		await one.run(3600);
		const times = one.sent.map(({at}) => at);
		const inHour = times.map(from => times.filter(at => at >= from && at < from + 3600).length);
		expect(Math.max(...inHour)).toBeLessThanOrEqual(20);
		const told = one.sent.flatMap(({message}) => message.items.map(({title}) => title));
		expect(told).toHaveLength(200);
		expect(new Set(told).size).toBe(200);
		// Nobody waits for long, even then.
		expect(Math.max(...times.map((at, index) => at - (times[index - 1] ?? at)))).toBeLessThan(600);
	});

	test('after a day without a mail server: all of it, once, and not in 200 messages', async () => {
		const one = alertingEngine({
			rules: many(200),
			every: 10_000,
			alerts: {groupWait: 30_000, groupInterval: 300_000},
		});
		one.side.answer = () => unreachable;
		setAll(one, 200);
		await one.engine.start();

		for (let index = 0; index < 200; index++) {
			one.set(`disk.used:/${index}`, 99);
			one.set(`disk.used:/${index - 5}`, 10);
			await one.run(432);
		}

		expect(one.engine.store.snapshot?.notifiers).toMatchObject([{state: 'waiting', reason: 'refused'}]);
		one.side.answer = () => accepted;
		await one.run(360);
		const told = one.sent.flatMap(({message}) => message.items.map(({incident}) => incident));
		expect(new Set(told).size).toBe(200);
		expect(told).toHaveLength(200);
		expect(one.sent.length).toBeLessThanOrEqual(21);
		const tells = one.sent.flatMap(({message}) => message.items.map(item => item.tells));
		expect(tells.filter(one => one === 'both')).toHaveLength(195);
	}, 60_000);

	test('each recipient by itself', async () => {
		const one = alertingEngine({recipients: ['a@example.com', 'b@example.com']});
		one.side.answer = (_, recipient) =>
			recipient.startsWith('a') ? accepted : ({...unreachable, scope: 'message', isUndecided: false} as never);
		one.set('memory.used', 92);
		await one.engine.start();
		await one.run(3);
		one.set('memory.used', 10);
		await one.run(3);
		one.side.answer = () => accepted;
		await one.run(60);
		expect(one.sent.map(({to, tells}) => `${to} ${tells}`)).toEqual([
			'a@example.com Memory firing',
			'a@example.com Memory resolved',
			'b@example.com Memory both',
		]);
	});

	test('nobody, where it is less than they want to know', async () => {
		const one = alertingEngine({minimum: 'critical'});
		one.set('memory.used', 92);
		await one.engine.start();
		await one.run(30);
		one.set('memory.used', 99);
		await one.run(30);
		one.set('memory.used', 10);
		await one.run(30);
		expect(one.told()).toEqual(['Memory firing', 'Memory resolved']);
	});
});

/** A check every 10 s whose answer is what the test says. */
function aCheck(name: string, changes: Parameters<typeof planned>[2] = {}) {
	const side = {status: 'ok' as CheckStatus};
	const check = planned(name, async () => (side.status === 'ok' ? well : refused), {
		every: 10_000,
		retryEvery: 10_000,
		failAfter: 1,
		recoverAfter: 1,
		...changes,
	});
	return {check, side};
}

describe('a check', () => {
	test('is told when it has failed, and when it is well again', async () => {
		const {check, side} = aCheck('orders-db', {failAfter: 3});
		const one = alertingEngine({rules: [], checks: [check]});
		await one.engine.start();
		await one.run(30);
		side.status = 'critical';
		await one.run(60);
		expect(one.rows()).toMatchObject([{title: 'orders-db', phase: 'firing', severity: 'critical', text: 'refused'}]);
		side.status = 'ok';
		await one.run(30);
		expect(one.told()).toEqual(['orders-db firing', 'orders-db resolved']);
		expect(one.sent[0]?.message.items[0]?.evidence?.check).toMatchObject({type: 'fake', reason: 'refused'});
	});

	test('that flaps is told as that, once, and its end, once', async () => {
		const {check, side} = aCheck('api', {every: 1000, retryEvery: 1000});
		const one = alertingEngine({rules: [], checks: [check], alerts: {groupWait: 30_000}});
		await one.engine.start();
		await one.run(10);

		for (let round = 0; round < 60; round++) {
			side.status = round % 2 === 0 ? 'critical' : 'ok';
			await one.run(1);
		}

		expect(one.told()).toEqual(['api flapping']);
		expect(one.rows()).toMatchObject([{isFlapping: true, mute: 'flapping'}]);
		side.status = 'ok';
		await one.run(600);
		expect(one.told()).toEqual(['api flapping', 'api steady']);
		expect(one.rows()).toMatchObject([{phase: 'resolved', isFlapping: false}]);
	});

	test('that depends on a failed one is not told, and is when it fails by itself', async () => {
		const [db, shop] = [aCheck('db'), aCheck('shop', {dependsOn: ['db']})];
		const one = alertingEngine({rules: [], checks: [db.check, shop.check], alerts: {groupWait: 30_000}});
		await one.engine.start();
		await one.run(20);
		db.side.status = 'critical';
		shop.side.status = 'critical';
		await one.run(120);
		expect(one.told()).toEqual(['db firing']);
		expect(one.rows().map(({title, mute}) => [title, mute])).toEqual([
			['db', undefined],
			['shop', 'held'],
		]);
		db.side.status = 'ok';
		await one.run(120);
		expect(one.told()).toEqual(['db firing', 'shop firing, db resolved']);
	});

	test('that was held from its beginning to its end is never told', async () => {
		const [db, shop] = [aCheck('db'), aCheck('shop', {dependsOn: ['db']})];
		const one = alertingEngine({rules: [], checks: [db.check, shop.check], alerts: {groupWait: 30_000}});
		await one.engine.start();
		await one.run(20);
		db.side.status = 'critical';
		await one.run(15);
		shop.side.status = 'critical';
		await one.run(60);
		db.side.status = 'ok';
		shop.side.status = 'ok';
		await one.run(300);
		expect(one.told()).toEqual(['db firing', 'db resolved']);
	});

	test('that cannot be judged for long is no failure, and no silence either', async () => {
		const check = planned(
			'api',
			async () => ({...refused, failure: {status: 'unknown', reason: safe`no descriptor`}}),
			{
				every: 10_000,
			},
		);
		const one = alertingEngine({rules: [], checks: [check]});
		await one.engine.start();
		await one.run(400);
		expect(one.told()).toEqual(['No data: api firing']);
		expect(one.sent[0]?.message.items[0]?.severity).toBe('warning');
	});
});
