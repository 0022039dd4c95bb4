import {describe, expect, test} from 'vitest';
import {entriesOf, partsOf, withEntry} from '../../src/core/alerts/alert-book.js';
import type {Rule} from '../../src/core/alerts/rule.js';
import type {Delivery} from '../../src/core/notifier.js';
import {safe} from '../../src/core/safe.js';
import {accepted, alertingEngine, aRule, unreachable} from '../helpers/alerting-engine.js';

const disks = aRule({id: 'Disk', name: safe`Disk`, series: 'disk.used'});
const many = Array.from({length: 400}, (_, index) => `disk.used:/${index}`);
const undecided: Delivery = {kind: 'later', reason: safe`dropped`, scope: 'message', isUndecided: true};

type Alerting = ReturnType<typeof alertingEngine>;

function setAll(one: Alerting, value: number): void {
	for (const name of many) {
		one.set(name, value);
	}
}

const itemsOf = (one: Alerting, tells: string) =>
	one.sent.flatMap(({message}) => message.items).filter(item => item.tells === tells);

describe('what may have arrived', () => {
	test('takes back nothing that was told since: the end is told once', async () => {
		const one = alertingEngine();
		one.side.answer = ({items}) => (items[0]?.tells === 'firing' ? undecided : accepted);
		one.set('memory.used', 92);
		await one.engine.start();
		await one.run(300);
		one.set('memory.used', 10);
		await one.run(6 * 3600);
		expect(one.told()).toEqual(['Memory resolved']);
	});

	test('is not overtaken by what came after it', async () => {
		const one = alertingEngine();
		one.side.answer = () => undecided;
		one.set('memory.used', 92);
		await one.engine.start();
		await one.run(2);
		one.set('memory.used', 99);
		await one.run(2);
		one.side.answer = () => accepted;
		await one.run(60);
		expect(one.told()).toEqual(['Memory firing', 'Memory raised']);
	});
});

describe('of more than are remembered', () => {
	test('all hear of the end', async () => {
		const one = alertingEngine({rules: [disks], alerts: {groupWait: 30_000, groupInterval: 300_000}});
		setAll(one, 92);
		await one.engine.start();
		await one.run(40);
		setAll(one, 10);
		await one.run(600);
		expect(itemsOf(one, 'firing')).toHaveLength(400);
		expect(itemsOf(one, 'resolved')).toHaveLength(400);
	});

	test('all that come again are told', async () => {
		const one = alertingEngine({rules: [disks], every: 5000});
		setAll(one, 92);
		await one.engine.start();
		await one.run(10);
		setAll(one, 10);
		await one.run(100);
		setAll(one, 99);
		await one.run(60);
		expect(itemsOf(one, 'again')).toHaveLength(400);
	});

	test('none is in a record that is too long, and none is left out', async () => {
		const one = alertingEngine({rules: [disks]});
		setAll(one, 92);
		await one.engine.start();
		await one.run(5);
		const parts = entriesOf(one.book);
		expect(parts.length).toBeGreaterThan(1);
		expect(Math.max(...parts.map(part => JSON.stringify(part).length))).toBeLessThan(1 << 19);
		const {book} = one;
		const empty = {...book, incidents: new Map(), outgoing: new Map(), pending: []};
		expect(parts.reduce(withEntry, empty)).toEqual(book);
		const pending = Array.from({length: 3000}, (_, index) => ({
			id: String(index),
			key: 'x'.repeat(300),
			state: {phase: 'pending', isStale: false, since: 0, at: 0, held: {}, reopened: 0} as const,
		}));
		const slices = partsOf({kind: 'alerts', t: 1, pending});
		expect(slices.length).toBeGreaterThan(1);
		expect(slices.reduce(withEntry, empty).pending).toEqual(pending);
	});
});

describe('one that cannot be told', () => {
	test('keeps no other recipient from being told', async () => {
		const one = alertingEngine({recipients: ['a@example.com', 'b@example.com']});
		one.side.answer = (_, recipient) => (recipient.startsWith('a') ? unreachable : accepted);
		one.set('memory.used', 99);
		await one.engine.start();
		await one.run(60);
		expect(one.sent.map(({to}) => to)).toEqual(['b@example.com']);
	});

	test('is told after three days, too, if it still fires', async () => {
		const one = alertingEngine({every: 60_000, alerts: {repeatEvery: 0}});
		one.side.answer = () => unreachable;
		one.set('memory.used', 99);
		await one.engine.start();
		await one.run(73 * 3600);
		one.side.answer = () => accepted;
		await one.run(900);
		expect(one.told()).toEqual(['Memory firing']);
	}, 30_000);

	test('goes at once when it becomes critical', async () => {
		const one = alertingEngine();
		const later: Delivery = {...unreachable, scope: 'message', isUndecided: false, reason: safe`450`, kind: 'later'};
		one.side.answer = () => later;
		one.set('memory.used', 92);
		await one.engine.start();
		await one.run(2100);
		one.side.answer = () => accepted;
		one.set('memory.used', 99);
		await one.run(15);
		expect(one.sent.map(({message}) => message.items[0]?.severity)).toEqual(['critical']);
	});
});

describe('with another configuration', () => {
	const told: string[] = [];

	function withTeam(one: Alerting, rules: readonly Rule[]): void {
		const [ops] = one.settings.notifiers;
		const team = ops && {
			...ops,
			id: 'team',
			name: safe`team`,
			key: 'team',
			async notify({items}: Parameters<typeof ops.notify>[0]) {
				told.push(...items.map(({tells}) => tells));
				return accepted;
			},
		};
		one.engine.configure({...one.settings, rules, notifiers: [...(ops ? [ops] : []), ...(team ? [team] : [])]});
	}

	test('others are told what still fires, and who was told before hears the end', async () => {
		const one = alertingEngine({rules: [aRule({notify: ['ops']})]});
		one.set('memory.used', 99);
		await one.engine.start();
		await one.run(5);
		withTeam(one, [aRule({notify: ['team'], key: 'other'})]);
		await one.run(30);
		expect(told).toEqual(['firing']);
		one.set('memory.used', 10);
		await one.run(30);
		expect(told).toEqual(['firing', 'resolved']);
		expect(one.told()).toEqual(['Memory firing', 'Memory resolved']);
	});

	test('a counter that has risen is not over because another rule has changed, or the program began again', async () => {
		const rise = aRule({
			series: 'memory.oom_kills',
			levels: {warning: {kind: 'rises', by: 1, within: 600_000, for: 0}},
		});
		const first = alertingEngine({rules: [rise]});
		first.set('memory.oom_kills', 3);
		await first.engine.start();
		await first.run(5);
		first.set('memory.oom_kills', 4);
		await first.run(5);
		first.engine.configure({...first.settings, rules: [rise, disks]});
		await first.run(60);
		expect(first.told()).toEqual(['Memory firing']);
		const second = alertingEngine({rules: [rise], after: {book: first.book, now: 1000}});
		second.set('memory.oom_kills', 4);
		await second.engine.start();
		await second.run(300);
		expect(second.sent).toEqual([]);
		await second.run(400);
		expect(second.told()).toEqual(['Memory resolved']);
	});
});

test('that there is no data goes on when the program begins again', async () => {
	const first = alertingEngine();
	first.set('memory.used', 50);
	await first.engine.start();
	await first.run(5);
	first.set('memory.used', undefined);
	await first.run(300);
	expect(first.told()).toEqual(['No data: Memory firing']);
	const second = alertingEngine({after: {book: first.book, now: 1000}});
	await second.engine.start();
	await second.run(600);
	expect(second.sent).toEqual([]);
});

test('a clock that was set back does not bring back what was over', async () => {
	const first = alertingEngine();
	first.set('memory.used', 99);
	await first.engine.start();
	await first.run(5);
	first.set('memory.used', 10);
	await first.run(1300);
	first.clock.setWall(-7_200_000);
	first.set('memory.used', 99);
	await first.run(10);
	const second = alertingEngine({after: {book: first.book, now: 1000}});
	second.set('memory.used', 99);
	await second.engine.start();
	await second.run(30);
	expect(second.sent).toEqual([]);
	second.set('memory.used', 10);
	await second.run(6 * 3600);
	expect(second.told()).toEqual(['Memory resolved']);
});

test('what comes again is told with its own time and evidence', async () => {
	const one = alertingEngine();
	one.set('memory.used', 99);
	await one.engine.start();
	await one.run(60);
	one.set('memory.used', 10);
	await one.run(60);
	one.set('memory.used', 98);
	await one.run(60);
	const [firing, , again] = one.sent.map(({message}) => message.items[0]);
	expect(again).toMatchObject({tells: 'again', incident: firing?.incident, firedText: '98%, above 95%'});
	expect((again?.startedAt ?? 0) - (firing?.startedAt ?? 0)).toBeGreaterThan(100_000);
	expect(again?.evidence?.at).toBe(again?.firedAt);
});
