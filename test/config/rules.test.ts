import {describe, expect, test} from 'vitest';
import type {RuleConfig} from '../../src/config/config.js';
import {parse, refusal} from './given.js';

const rules = (...all: readonly unknown[]) => JSON.stringify({rules: all});
const full = {name: 'Full', series: 'disk.used', warning: {above: 90}};

async function ruleOf(rule: object): Promise<RuleConfig | undefined> {
	return (await parse(rules(rule))).config.rules[0];
}

test('a rule has what is usual where nothing is said', async () => {
	expect(await ruleOf(full)).toEqual({...full, for: 0, keepFiringFor: 0, notify: []});
});

test.each<[name: string, rule: object]>([
	[
		'that of the handbook',
		{...full, only: ['/', '/data'], warning: {above: 85, clear: 80}, critical: {above: 95, clear: 90}},
	],
	['units', {name: 'a', series: 'memory.available', warning: {below: '512MiB', clear: '1GiB'}}],
	['units of a rate', {name: 'a', series: 'io.read', info: {above: '10MB/s'}}],
	['days', {name: 'a', series: 'check.certificate_days', critical: {below: '3d'}, warning: {below: 14}}],
	['a percentage with its sign', {...full, warning: {above: '90%'}}],
	['its own clear', {...full, warning: {above: 90, clear: 90}}],
	['one instance', {...full, series: 'disk.used:/data'}],
	['no data', {name: 'a', series: 'check.up:db', critical: {absent: true, for: '5m'}}],
	['no data, for as long as the rule says', {name: 'a', series: 'cpu.used', for: '1m', info: {absent: true}}],
	['a growth', {name: 'a', series: 'memory.oom_kills', warning: {rises: '1 per 10m'}, critical: {rises: '9 per 10m'}}],
	[
		'growths in other times',
		{name: 'a', series: 'memory.oom_kills', warning: {rises: '9 per 1h'}, critical: {rises: '3 per 1m'}},
	],
	['a growth in bytes', {name: 'a', series: 'file.size', warning: {rises: '1GiB per 1h'}}],
	['another series', {...full, warning: {above: 90, while: {series: 'disk.full_in', below: '1d'}}}],
	['another series without instances', {...full, warning: {above: 90, while: {series: 'load.1', above: 1}}}],
	['one value, and a longer time', {...full, warning: {above: 90}, critical: {above: 90, for: '1h'}}],
	['one value, and another series', {...full, critical: {above: 90, while: {series: 'load.1', above: 1}}}],
	['three levels', {...full, info: {above: 80}, critical: {above: 95}}],
	['a runbook', {...full, runbook: 'https://wiki.example.com/disk'}],
])('is a rule: %s', async (_, rule) => {
	expect((await ruleOf(rule))?.name).toBe((rule as {name: string}).name);
});

const kinds = 'must have one of "above", "below", "rises" and "absent", and only one';
const rises = 'must be such as "10 per 10m": more than 0 in its unit (count), per "10s" to "24h"';
const instance = 'must name one instance behind the colon; without a colon it stands for all of them';

/** What a rule that is otherwise good is with these keys, and what is said of it: without the line and `rules[0]`. */
const wrong: Record<string, [rule: object, ...problems: string[]]> = {
	'no name': [{name: undefined}, '.name: is missing'],
	'a name over two lines': [
		{name: 'a\nb'},
		'.name: must be a name of at most 64 letters, digits, spaces and . _ @ + - that begins with a letter or a digit, got "a\\nb"',
	],
	'no series': [{series: undefined}, '.series: is missing'],
	'a series misspelt': [
		{series: 'disk.usde:/data'},
		'.series: must be a series such as "disk.used" or "disk.used:/data", got "disk.usde:/data"; did you mean "disk.used"?',
	],
	'an instance without a name': [{series: 'disk.used:'}, `.series: ${instance}, got "disk.used:"`],
	'a key misspelt': [{warnig: {}}, ": unknown key 'warnig'; did you mean 'warning'?"],
	'a key of a level misspelt': [{warning: {abvoe: 1}}, ".warning: unknown key 'abvoe'; did you mean 'above'?"],
	'no level': [
		{warning: undefined},
		': must have a level: "warning", "critical" or "info", got {"name":"Full","series":"disk.used"}',
	],
	'a level that is a number': [{warning: 90}, '.warning: must be an object, got 90'],
	'a level without a condition': [{warning: {for: '5m'}}, `.warning: ${kinds}, got {"for":"5m"}`],
	'a level with two': [{warning: {above: 9, below: 1}}, `.warning: ${kinds}, got {"above":9,"below":1}`],
	'a value that is none': [
		{warning: {above: true}},
		'.warning.above: must be a number, or one with its unit such as "512MiB" or "7d", got true',
	],
	'a number that JSON cannot hold': [
		{warning: {above: 'Infinity'}},
		'.warning.above: must be a number in percent such as 90 or "90%", got "Infinity"',
	],
	'a unit of something else': [
		{warning: {above: '90GB'}},
		'.warning.above: must be a number in percent such as 90 or "90%", got "90GB"',
	],
	'a unit of something else, to clear': [
		{warning: {above: 90, clear: '80MB'}},
		'.warning.clear: must be a number in percent such as 90 or "90%", got "80MB"',
	],
	'a clear on the wrong side': [
		{warning: {above: 90, clear: 91}},
		'.warning.clear: must be below the value that it fires at or that value, never above, got 91',
	],
	'a clear on the wrong side, below': [
		{warning: {below: '10%', clear: '5%'}},
		'.warning.clear: must be above the value that it fires at or that value, never below, got "5%"',
	],
	'a clear of a growth': [
		{warning: {rises: '10 per 10m', clear: 3}},
		'.warning.clear: belongs to a level with "above" or "below", got 3',
	],
	'a growth of nothing': [
		{series: 'process.zombies', warning: {rises: '0 per 10m'}},
		`.warning.rises: ${rises}, got "0 per 10m"`,
	],
	'a growth without a time': [
		{series: 'process.zombies', warning: {rises: '10'}},
		`.warning.rises: ${rises}, got "10"`,
	],
	'a growth in too short a time': [
		{series: 'process.zombies', warning: {rises: '10 per 1s'}},
		`.warning.rises: ${rises}, got "10 per 1s"`,
	],
	'no data of all instances': [
		{warning: {absent: true, for: '5m'}},
		'.warning.absent: needs a series with its instance: of those that there are none is absent, got true',
	],
	'no data for no time': [
		{series: 'cpu.used', warning: {absent: true}},
		'.warning: needs a "for": so long there must be no value, got {"absent":true}',
	],
	'no data, denied': [{warning: {absent: false}}, '.warning.absent: must be true, got false'],
	'a time too long': [{for: '8d'}, '.for: must be between "0s" and "7d", got "8d"'],
	'a warning above critical': [
		{warning: {above: 96}, critical: {above: '95%'}},
		'.warning.above: must be below that of critical (95), got 96',
	],
	'a warning that is critical': [
		{warning: {above: 95}, critical: {above: 95}},
		'.warning.above: must be below that of critical (95), got 95',
	],
	'a warning below critical': [
		{warning: {below: 5}, critical: {below: 10}},
		'.warning.below: must be above that of critical (10), got 5',
	],
	'information above a warning': [{info: {above: 91}}, '.info.above: must be below that of warning (90), got 91'],
	'above and below': [
		{critical: {below: 5}},
		'.warning: must be a level with "below", as critical is, got {"above":90}',
	],
	'a growth and a level': [
		{critical: {rises: '5% per 10m'}},
		'.warning: must be a level with "rises", as critical is, got {"above":90}',
	],
	'a warning that grows faster': [
		{warning: {rises: '20 per 10m'}, critical: {rises: '10 per 10m'}},
		'.warning.rises: must be less than that of critical (10), got "20 per 10m"',
	],
	'no data that is critical first': [
		{series: 'cpu.used', warning: {absent: true, for: '5m'}, critical: {absent: true, for: '1m'}},
		'.warning: must be for a shorter time than that of critical, got {"absent":true,"for":"5m"}',
	],
	'another series misspelt': [
		{warning: {above: 9, while: {series: 'laod.1', above: 1}}},
		'.warning.while.series: must be a series such as "disk.used" or "disk.used:/data", got "laod.1"; did you mean "load.1"?',
	],
	'another series with other instances': [
		{warning: {above: 9, while: {series: 'io.busy', above: 1}}},
		'.warning.while.series: must be a series without instances, or with the same ones as disk.used, got "io.busy"',
	],
	'another series with an instance': [
		{warning: {above: 9, while: {series: 'disk.free:/', below: '1GiB'}}},
		'.warning.while.series: must be named without an instance: it is that of the rule, got "disk.free:/"',
	],
	'another series without a condition': [
		{warning: {above: 9, while: {series: 'load.1'}}},
		'.warning.while: must have one of "above" and "below", and only one, got {"series":"load.1"}',
	],
	'another series with another unit': [
		{warning: {above: 9, while: {series: 'disk.free', below: '7d'}}},
		'.warning.while.below: must be a number in bytes, or a size such as "512MiB", got "7d"',
	],
	'some of what has no instances': [
		{series: 'cpu.used', only: ['0']},
		'.only: is for a series with instances, and cpu.used has none, got ["0"]',
	],
	'some of one instance': [
		{series: 'disk.used:/', except: ['/boot']},
		'.except: is for all instances of a series: leave it out, or the instance behind the colon, got ["/boot"]',
	],
	'none at all': [{only: []}, '.only: must have at least 1 entry, got []'],
	'a star': [{except: ['/mnt/*']}, '.except[0]: must be a whole name, a star stands for nothing here, got "/mnt/*"'],
	'a runbook over two lines': [
		{runbook: 'a\nb'},
		'.runbook: must be one line of at most 1000 characters such as "https://wiki.example.com/disk", got "a\\nb"',
	],
	'a notifier that there is not': [
		{notify: ['ops']},
		'.notify[0]: must be the name of a notifier of this configuration, below "notify", got "ops"',
	],
	'several at once': [
		{warning: {above: '1s'}, critical: {below: 1, clear: 0}, only: ['/'], series: 'disk.used:/'},
		'.warning.above: must be a number in percent such as 90 or "90%", got "1s"',
		'.critical.clear: must be above the value that it fires at or that value, never below, got 0',
		'.only: is for all instances of a series: leave it out, or the instance behind the colon, got ["/"]',
	],
};

describe('is refused, at its line:', () => {
	test.each(Object.entries(wrong))('%s', async (_, [rule, ...problems]) => {
		const text = `{"rules": [\n${JSON.stringify({...full, ...rule})}\n]}`;
		const [head, ...lines] = (await refusal(() => parse(text))).split('\n');
		expect(lines.toSorted()).toEqual(problems.map(problem => `  line 2, rules[0]${problem}`).toSorted());
		expect(head).toContain(`${problems.length} problem`);
	});

	test('a name twice', async () => {
		expect(await refusal(() => parse(rules(full, {...full, name: 'b'}, full)))).toContain(
			'rules[2].name: must be another name than those of the rules before it, got "Full"',
		);
	});

	test('more than a thousand', async () => {
		const many = Array.from({length: 1001}, (_, index) => ({...full, name: `r${index}`}));
		expect(await refusal(() => parse(rules(...many)))).toContain('must have at most 1000 entries, got 1001');
	});
});

test('a thousand rules are read in a moment', async () => {
	const many = Array.from({length: 1000}, (_, index) => ({...full, name: `r${index}`, critical: {above: 95}}));
	expect((await parse(rules(...many))).config.rules).toHaveLength(1000);
});
