import {describe, expect, test} from 'vitest';
import {parse, refusal} from './given.js';

const changes = (all: unknown) => JSON.stringify({builtinRules: all});

test('rules are switched off and changed by name', async () => {
	const all = {
		'Load high': false,
		'Disk nearly full': {
			warning: {above: 80, clear: 75, for: '1m'},
			for: '10m',
			keepFiringFor: '1m',
			except: ['/boot'],
			runbook: 'x',
			notify: ['ops'],
		},
	};
	const notify = [{name: 'ops', type: 'command', command: ['/bin/true']}];
	const {config} = await parse(JSON.stringify({builtinRules: all, notify}));
	expect(config.builtinRules).toEqual({
		'Load high': false,
		'Disk nearly full': {
			...all['Disk nearly full'],
			warning: {above: 80, clear: 75, for: 60_000},
			for: 600_000,
			keepFiringFor: 60_000,
		},
	});
});

/** What is said of it, without the line. */
const wrong: Record<string, [all: unknown, ...problems: string[]]> = {
	'a name misspelt': [{'Lod high': false}, "builtinRules: unknown key 'Lod high'; did you mean 'Load high'?"],
	'a name in small letters': [
		{'disk nearly full': false},
		"builtinRules: unknown key 'disk nearly full'; did you mean 'Disk nearly full'?",
	],
	true: [{'Load high': true}, 'builtinRules.Load high: must be false, or an object of what is to be other, got true'],
	'a number': [{'Load high': 7}, 'builtinRules.Load high: must be false, or an object of what is to be other, got 7'],
	'a key misspelt': [
		{'Load high': {warnign: {above: 1}}},
		"builtinRules.Load high: unknown key 'warnign'; did you mean 'warning'?",
	],
	'another series': [
		{'Load high': {series: 'load.1'}},
		"builtinRules.Load high: unknown key 'series'; known here: info, warning, critical, for, keepFiringFor, only, except, notify, runbook",
	],
	'a level inside misspelt': [
		{'Load high': {warning: {over: 1}}},
		"builtinRules.Load high.warning: unknown key 'over'; known here: above, below, clear, rises, absent, for, while",
	],
	'a number inside': [{'Load high': {for: 7}}, 'builtinRules.Load high.for: must be a string, got 7'],
	'a warning above what is critical': [
		{'Disk nearly full': {warning: {above: 96}}},
		'builtinRules.Disk nearly full.warning.above: must be below that of critical (95), got 96',
	],
	'critical below what is a warning': [
		{'Disk nearly full': {critical: {above: '85%'}}},
		'builtinRules.Disk nearly full.critical.above: must be above that of warning (90), got "85%"',
	],
	'another kind of level': [
		{'Disk nearly full': {critical: {below: 3}}},
		'builtinRules.Disk nearly full.critical: must be a level with "above", as warning is, got {"below":3}',
	],
	'a clear on the wrong side': [
		{'Certificate expires': {warning: {below: '30d', clear: '7d'}}},
		'builtinRules.Certificate expires.warning.clear: must be above the value that it fires at or that value, never below, got "7d"',
	],
	'some of what has no instances': [
		{'Load high': {only: ['x']}},
		'builtinRules.Load high.only: is for a series with instances, and load.per_core has none, got ["x"]',
	],
	'a notifier that there is not': [
		{'Load high': {notify: ['opps']}},
		'builtinRules.Load high.notify[0]: must be the name of a notifier of this configuration, below "notify", got "opps"; did you mean "ops"?',
	],
};

describe('is refused:', () => {
	test.each(Object.entries(wrong))('%s', async (_, [all, ...problems]) => {
		const notify = [{name: 'ops', type: 'command', command: ['/bin/true']}];
		const text = `{\n"builtinRules": ${JSON.stringify(all)},\n"notify": ${JSON.stringify(notify)}}`;
		const [, ...lines] = (await refusal(() => parse(text))).split('\n');
		expect(lines).toEqual(problems.map(problem => `  line 2, ${problem}`));
	});

	test('a list', async () => {
		expect(await refusal(() => parse(changes([])))).toContain('builtinRules: must be an object, got []');
	});
});
