import {describe, expect, test} from 'vitest';
import {plannedNotifiers} from '../../src/commands/planned-notifiers.js';
import {plannedRules} from '../../src/commands/planned-rules.js';
import {builtIn} from '../../src/config/config.js';
import {builtInRules} from '../../src/core/alerts/built-in-rules.js';
import type {Rule} from '../../src/core/alerts/rule.js';
import {parse} from '../config/given.js';

async function planned(config: object): Promise<readonly Rule[]> {
	return plannedRules((await parse(JSON.stringify(config))).config);
}

const named = (rules: readonly Rule[], name: string) => rules.find(rule => rule.name === name);
const disk = {name: 'Disk', series: 'disk.used', warning: {above: '85%', clear: 80}, critical: {above: 95}, for: '5m'};

test('without a configuration there are those that are built in', () => {
	const rules = plannedRules(builtIn.config);
	expect(rules.map(({name}) => name)).toEqual(builtInRules.map(({name}) => name));
	expect(rules.every(({isBuiltIn, notify}) => isBuiltIn && notify.length === 0)).toBe(true);
	expect(named(rules, 'File system read-only')?.needsClear).toBe(true);
	expect(named(rules, 'Memory nearly used up')?.levels.critical).toEqual({
		kind: 'above',
		trigger: 95,
		clear: 92,
		for: 300_000,
		guard: {series: 'pressure.memory_full', kind: 'above', trigger: 5},
	});
});

test('a rule comes in its own unit, its time and names in bytes', async () => {
	const rules = await planned({
		notify: [{name: 'Bü', type: 'command', command: ['/bin/true']}],
		rules: [
			{
				...disk,
				name: 'Größe',
				only: ['/dätä'],
				critical: {above: 95, for: '0s', while: {series: 'disk.free', below: '1GiB'}},
				keepFiringFor: '1m',
				notify: ['Bü'],
				runbook: 'https://wiki/\u202edisk',
			},
		],
	});
	expect(rules.at(-1)).toMatchObject({
		id: 'Gr\u00c3\u00b6\u00c3\u009fe',
		name: 'Größe',
		series: 'disk.used',
		only: ['/d\u00c3\u00a4t\u00c3\u00a4'],
		levels: {
			warning: {kind: 'above', trigger: 85, clear: 80, for: 300_000},
			critical: {
				kind: 'above',
				trigger: 95,
				clear: 95,
				for: 0,
				guard: {series: 'disk.free', kind: 'below', trigger: 2 ** 30},
			},
		},
		keepFiringFor: 60_000,
		notify: ['B\u00c3\u00bc'],
		runbook: 'https://wiki/\ufffddisk',
	});
	expect(rules.at(-1)).not.toHaveProperty('isBuiltIn');
	expect(rules.at(-1)).not.toHaveProperty('isOpen');
});

test.each<[name: string, rule: object, level: object]>([
	[
		'a growth',
		{series: 'file.size', info: {rises: '1GiB per 1h'}},
		{info: {kind: 'rises', by: 2 ** 30, within: 3_600_000, for: 0}},
	],
	['no data', {series: 'check.up:dä', warning: {absent: true, for: '5m'}}, {warning: {kind: 'absent', for: 300_000}}],
	[
		'days',
		{series: 'check.certificate_days', critical: {below: '36h'}},
		{critical: {kind: 'below', trigger: 1.5, clear: 1.5, for: 0}},
	],
])('a level with %s', async (_, rule, levels) => {
	const own = (await planned({rules: [{name: 'a', ...rule}]})).at(-1);
	expect(own?.levels).toEqual(levels);
});

test('the instance in a series is in bytes', async () => {
	const rule = {name: 'a', series: 'disk.used:/dä', warning: {above: 1}};
	expect((await planned({rules: [rule]})).at(-1)?.series).toBe('disk.used:/d\u00c3\u00a4');
});

describe('of those that are built in', () => {
	test('some are not there', async () => {
		const rules = await planned({builtinRules: {'Load high': false, Swapping: false}});
		expect(builtInRules.map(({name}) => name).filter(name => !named(rules, name))).toEqual(['Swapping', 'Load high']);
	});

	test('one is another one', async () => {
		const change = {warning: {above: 80}, for: '1m', keepFiringFor: '2m', except: ['/boot'], runbook: 'x'};
		const rule = named(await planned({builtinRules: {'Disk nearly full': change}}), 'Disk nearly full');
		expect(rule).toMatchObject({
			levels: {
				warning: {kind: 'above', trigger: 80, clear: 80, for: 60_000},
				critical: {kind: 'above', trigger: 95, clear: 93, for: 60_000},
			},
			keepFiringFor: 120_000,
			except: ['/boot'],
			runbook: 'x',
		});
	});

	test('a changed level keeps the time of the one that it replaces, a new one has that of the others', async () => {
		const rules = await planned({
			builtinRules: {
				'Disk will be full': {warning: {below: '3d'}},
				'Memory nearly used up': {critical: {above: 97}},
				'Load high': {critical: {above: 8}},
			},
		});
		expect(named(rules, 'Memory nearly used up')?.levels.critical?.for).toBe(300_000);
		expect(named(rules, 'Disk will be full')?.levels.warning?.for).toBe(900_000);
		expect(named(rules, 'Load high')?.levels.critical?.for).toBe(900_000);
	});

	test('one may have the name of another rule', async () => {
		const rules = await planned({rules: [{...disk, name: 'Load high'}]});
		const ids = rules.filter(({name}) => name === 'Load high').map(({id}) => id);
		expect(ids).toEqual(['built-in/Load high', 'Load high']);
	});
});

test('ids are there once each', async () => {
	const rules = await planned({rules: builtInRules.map(({name}) => ({...disk, name}))});
	expect(new Set(rules.map(({id}) => id)).size).toBe(rules.length);
});

test('hours count', async () => {
	const when = {cron: '0 8 * * *', duration: '10h', timezone: 'UTC'};
	const rule = (await planned({rules: [{...disk, when}]})).at(-1);
	expect(['07:59', '08:00', '17:59', '18:00'].map(at => rule?.isOpen?.(Date.parse(`2026-12-01T${at}:00Z`)))).toEqual([
		false,
		true,
		true,
		false,
	]);
});

describe('a key', () => {
	const when = {cron: '0 8 * * *', duration: '10h'};

	test.each<[name: string, one: object, other: object, isSame: boolean]>([
		['of the same', disk, disk, true],
		['of the same, written otherwise', disk, {...disk, warning: {above: 85, clear: '80%', for: '300s'}}, true],
		['of another level', disk, {...disk, critical: {above: 96}}, false],
		['of another time', disk, {...disk, for: '6m'}, false],
		['of other instances', disk, {...disk, only: ['/']}, false],
		['of other hours', {...disk, when}, {...disk, when: {...when, cron: '0 9 * * *'}}, false],
		['of hours', disk, {...disk, when}, false],
		['of the same hours', {...disk, when}, {...disk, when}, true],
	])('%s', async (_, one, other, isSame) => {
		const [a, b] = [await planned({rules: [one]}), await planned({rules: [other]})];
		expect(a.at(-1)?.key === b.at(-1)?.key).toBe(isSame);
	});
});

test('notifiers come with what they are told', async () => {
	const text = JSON.stringify({
		notify: [{name: 'pägér', type: 'command', command: ['/bin/true', 'k4n4ry'], minimum: 'critical', timeout: '90s'}],
	});
	const [notifier, ...others] = plannedNotifiers((await parse(text)).config, ['k4n4ry']);
	expect(others).toEqual([]);
	expect(notifier).toMatchObject({
		id: 'p\u00c3\u00a4g\u00c3\u00a9r',
		name: 'pägér',
		recipients: ['/bin/true'],
		timeout: 90_000,
		minimum: 'critical',
	});
	expect(notifier?.hide('a k4n4ry')).toBe('a [secret]');
});
