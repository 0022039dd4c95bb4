import {describe, expect, onTestFinished, test} from 'vitest';
import type {Answer, Ask} from '../../src/core/check.js';
import {parseCondition} from '../../src/core/condition.js';
import {safe} from '../../src/core/safe.js';
import {CheckAll} from '../../src/engine/check-all.js';
import type {PlannedCheck} from '../../src/engine/planned-check.js';
import {Scheduler} from '../../src/engine/scheduler.js';
import {bad, hanging, planned, refused, well} from '../helpers/fake-checks.js';
import {fakeHost} from '../helpers/fake-host.js';
import {handClock, wallAtZero} from '../helpers/hand-clock.js';

const usual = {sockets: 100, commands: 8};

/** Checks under a clock that stands at 0, started. */
function started(checks: readonly PlannedCheck[], concurrency = usual) {
	const clock = handClock();
	const scheduler = new Scheduler(clock);
	const all = new CheckAll({checks, concurrency}, {host: fakeHost({}), clock, scheduler});
	all.start(0);
	onTestFinished(() => all.stop());
	return {all, clock, row: (index = 0) => all.tables.checks[index], series: () => Object.fromEntries(all.series())};
}

/** Answers these in turn, and then the last one for ever; and when it was asked. */
function answering(clock: () => number, ...answers: readonly Answer[]) {
	const asked: number[] = [];
	const ask: Ask = async () => {
		asked.push(clock());
		return answers[Math.min(asked.length, answers.length) - 1] ?? well;
	};
	return {asked, ask};
}

describe('one check', () => {
	test('waits, and is what its first result says', async () => {
		const {clock, row, series} = started([planned('shop', async () => well)]);
		expect(row()).toMatchObject({status: 'waiting', recent: '', changes: []});
		expect(series()).toEqual({});
		await clock.advance(100);
		expect(row()).toMatchObject({
			name: 'shop',
			type: 'fake',
			status: 'ok',
			recent: 'o',
			result: {status: 'ok', text: '200', ms: 42, at: wallAtZero},
			dueAt: wallAtZero + 30_000,
			changes: [{at: wallAtZero, status: 'ok'}],
		});
		expect(series()).toEqual({'check.up:shop': 1, 'check.time:shop': 42, 'file.size:shop': 7});
	});

	test('is asked again sooner until a failure is certain, and until it is over', async () => {
		const now = () => clock.now();
		const {asked, ask} = answering(now, well, bad, bad, bad, bad, well, well);
		const {clock, row} = started([planned('shop', ask)]);
		await clock.advance(45_000);
		expect(row()).toMatchObject({status: 'ok', attempt: {count: 2, of: 3}, result: {reason: '[STATUS] (500) == 200'}});
		await clock.advance(15_000);
		expect(row()).toMatchObject({status: 'critical', since: wallAtZero + 30_000});
		expect(row()?.attempt).toBeUndefined();
		await clock.advance(70_000);
		expect(row()).toMatchObject({status: 'ok', since: wallAtZero + 120_000, recent: 'occccoo'});
		expect(asked).toEqual([0, 30_000, 40_000, 50_000, 90_000, 120_000, 130_000]);
		expect(row()?.changes.map(({status, reason}) => [status, reason])).toEqual([
			['ok', undefined],
			['critical', '[STATUS] (500) == 200'],
			['ok', undefined],
		]);
	});

	test('is ended at its deadline', async () => {
		const {clock, row, series} = started([planned('shop', hanging, {timeout: 700})]);
		await clock.advance(699);
		expect(row()?.result).toBeUndefined();
		await clock.advance(2);
		expect(row()?.result).toMatchObject({status: 'critical', reason: 'no answer in 700 ms'});
		expect(series()).toEqual({'check.up:shop': 0});
	});

	test('that does not end when it is told to is given up, and never asked twice at once', async () => {
		let asked = 0;
		const ask: Ask = () => {
			asked += 1;
			return new Promise(() => {});
		};
		const {clock, row, series} = started([planned('shop', ask, {timeout: 700, every: 2000})]);
		await clock.advance(960);
		expect(row()?.result).toMatchObject({status: 'unknown', reason: expect.stringContaining('did not end')});
		await clock.advance(60_000);
		expect(asked).toBe(1);
		expect(series()).toEqual({});
	});

	test('that throws is our bug, and unknown', async () => {
		const ask: Ask = async () => {
			throw new Error('oh \x1b[2J');
		};
		const {clock, row} = started([planned('shop', ask)]);
		await clock.advance(10);
		expect(row()?.result).toMatchObject({
			status: 'unknown',
			reason: 'this check failed, which is a bug of healthtop: oh \\x1b[2J',
		});
	});

	test('whose failure is only a warning was not there all the same', async () => {
		const criteria = {...planned('', hanging).criteria, severity: 'warning' as const};
		const {clock, row, series} = started([planned('shop', async () => refused, {criteria, failAfter: 1})]);
		await clock.advance(10);
		expect(row()).toMatchObject({status: 'warning', uptime: {percent: 0}});
		expect(series()).toEqual({'check.up:shop': 0});
	});

	test('that finds no descriptor left is not our bug', async () => {
		const ask: Ask = async () => {
			throw Object.assign(new Error('open'), {code: 'EMFILE'});
		};
		const {clock, row} = started([planned('shop', ask)]);
		await clock.advance(10);
		expect(row()?.result?.reason).toBe('not asked: no file descriptor is left to healthtop (EMFILE)');
	});

	test('says nothing of what must not be said', async () => {
		const answer: Answer = {...refused, failure: {status: 'critical', reason: safe`no hunter2`}};
		const hide = () => safe`[secret]`;
		const {clock, row} = started([planned('shop', async () => answer, {hide, failAfter: 1})]);
		await clock.advance(10);
		expect(row()?.result?.reason).toBe('[secret]');
		expect(row()?.changes[0]?.reason).toBe('[secret]');
	});
});

describe('while we stand still', () => {
	test('what came late is unknown, and nobody is asked twice for what was missed', async () => {
		const {asked, ask} = answering(() => clock.now(), well);
		const {clock, row} = started([
			planned('silent', hanging, {timeout: 2000, every: 5000}),
			planned('other', ask, {every: 2000}),
		]);
		await clock.advance(1500);
		clock.pass(60_000);
		await clock.advance(600);
		expect(row(0)?.result).toMatchObject({status: 'unknown'});
		expect(row(0)?.recent).toBe('u');
		await clock.advance(5000);
		expect(asked.filter(at => at > 60_000).length).toBeGreaterThanOrEqual(2);
		expect(asked.filter(at => at > 60_000).length).toBeLessThanOrEqual(3);
		expect(row(1)?.recent).toMatch(/^o+$/);
	});

	test('a time that is measured across it says nothing, also where nothing was due in it', async () => {
		let answer = (_: Answer) => {};
		const ask: Ask = () => new Promise(resolve => (answer = resolve));
		const criteria = {
			conditions: [parseCondition('[RESPONSE_TIME] < 900', ['RESPONSE_TIME'])],
			levels: new Map(),
			measures: {},
			severity: 'critical' as const,
			hide: (text: string) => text,
		};
		const {clock, row} = started([planned('shop', ask, {timeout: 10_000, criteria})]);
		await clock.advance(100);
		clock.pass(2000);
		await clock.advance(10);
		answer({...well, ms: 2100});
		await clock.advance(1);
		expect(row()?.result).toMatchObject({
			status: 'unknown',
			reason: 'not judged: healthtop stood still ([RESPONSE_TIME] (2100) < 900)',
		});
	});

	test('an answer that lies there unread is read', async () => {
		let answer = (_: Answer) => {};
		const ask: Ask = ({signal}) =>
			new Promise(resolve => {
				answer = resolve;
				signal.addEventListener('abort', () => resolve(refused));
			});
		const {clock, row} = started([planned('shop', ask, {timeout: 2000})]);
		await clock.advance(1000);
		clock.pass(3000);
		await clock.advance(100);
		answer(well);
		await clock.advance(1);
		expect(row()?.result?.status).toBe('ok');
	});
});

describe('many', () => {
	test('are spread in time, the first look within five seconds', async () => {
		const asked: number[] = [];
		const ask: Ask = async () => {
			asked.push(clock.now());
			return well;
		};
		const {clock} = started(Array.from({length: 10}, (_, index) => planned(`c${index}`, ask)));
		await clock.advance(5000);
		expect(asked).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500]);
		await clock.advance(55_000);
		const beats = asked.slice(10, 20);
		expect(Math.max(...beats.map((at, index) => (beats[index + 1] ?? at) - at))).toBeLessThanOrEqual(3000);
	});

	test('are asked so many at a time, and time spent waiting is not the time they have', async () => {
		const checks = Array.from({length: 3}, (_, index) =>
			planned(`c${index}`, hanging, {timeout: 1000, every: 1000, uses: 'command'}),
		);
		const {clock, row} = started(checks, {sockets: 100, commands: 1});
		await clock.advance(2500);
		expect(row(0)?.result?.reason).toBe('no answer in 1000 ms');
		expect(row(1)?.result?.reason).toBe('no answer in 1000 ms');
		expect(row(2)?.result).toBeUndefined();
		await clock.advance(600);
		expect(row(2)?.result?.reason).toBe('no answer in 1000 ms');
	});

	test('that hang hold up nobody else', async () => {
		const phases = new Map<string, Set<number>>();
		const quick =
			(name: string): Ask =>
			async () => {
				// The first round comes sooner than its beat.
				if (clock.now() > 10_000) {
					phases.set(name, (phases.get(name) ?? new Set()).add(clock.now() % 4000));
				}

				return well;
			};
		const checks = Array.from({length: 20}, (_, index) => [
			planned(`slow${index}`, hanging, {timeout: 4000, every: 4000}),
			planned(`quick${index}`, quick(`quick${index}`), {every: 4000}),
		]).flat();
		const {clock} = started(checks, {sockets: 20, commands: 8});
		await clock.advance(60_000);
		expect(Array.from({length: 20}, (_, index) => [...(phases.get(`quick${index}`) ?? [])])).toEqual(
			Array.from({length: 20}, (_, index) => [(2 * index + 1) * 100]),
		);
	});
});

describe('dependencies', () => {
	test('a failed one is named by those that are not well', async () => {
		const {clock, row} = started([
			planned('db', async () => refused, {failAfter: 1}),
			planned('shop', async () => bad, {failAfter: 1, dependsOn: ['db']}),
			planned('page', async () => well, {dependsOn: ['db']}),
		]);
		await clock.advance(5000);
		expect(row(0)?.blockedBy).toBeUndefined();
		expect(row(1)).toMatchObject({status: 'critical', blockedBy: 'db'});
		expect(row(2)).toMatchObject({status: 'ok'});
		expect(row(2)?.blockedBy).toBeUndefined();
		expect(row(1)).toBe(row(1));
	});
});

test('rows are the same objects until something changes', async () => {
	const {clock, all} = started([planned('a', async () => well), planned('b', async () => well)]);
	await clock.advance(20_000);
	const before = all.tables.checks;
	await clock.advance(5000);
	expect(all.tables.checks).toBe(before);
	await clock.advance(8000);
	expect(all.tables.checks).not.toBe(before);
});

describe('another configuration', () => {
	test('leaves what is the same as it is, gives up what is gone, and asks what is new', async () => {
		const asked: string[] = [];
		const ask =
			(name: string): Ask =>
			async () => {
				asked.push(name);
				return well;
			};
		const {clock, all, row} = started([planned('a', ask('a')), planned('b', hanging)]);
		await clock.advance(4000);
		all.configure({checks: [planned('c', ask('c')), planned('a', ask('other'))], concurrency: usual});
		expect(row(1)).toMatchObject({name: 'a', status: 'ok'});
		await clock.advance(40_000);
		expect(asked).toEqual(['a', 'c', 'a', 'c']);
		expect(all.tables.checks.map(({name}) => name)).toEqual(['c', 'a']);
	});
});

test('says when failures may be its own', async () => {
	const far =
		(target: string): Ask =>
		async () => ({
			...refused,
			reach: {isLoopback: false, hasConnected: false, target},
		});
	const here: Ask = async () => ({...well, reach: {isLoopback: true, hasConnected: true, target: 'here'}});
	const {clock, all} = started([...['a', 'b', 'c'].map(target => planned(target, far(target))), planned('here', here)]);
	await clock.advance(1000);
	expect(all.tables.impaired).toBeUndefined();
	await clock.advance(4000);
	expect(all.tables.impaired).toBe('3 of 3 other hosts cannot be reached from here');
});
