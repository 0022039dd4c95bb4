import {describe, expect, test} from 'vitest';
import {instancesOf, isSeries} from '../../../src/config/series-names.js';
import {type BuiltInRule, builtInRules} from '../../../src/core/alerts/built-in-rules.js';
import type {RuleLevel} from '../../../src/core/alerts/rule.js';

const levelsOf = ({levels}: BuiltInRule): readonly RuleLevel[] => Object.values(levels);

test('names are there once each, since people write them', () => {
	const names = builtInRules.map(({name}) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(names.filter(name => !/^[A-Za-z][A-Za-z -]+$/.test(name))).toEqual([]);
});

test('only the machine, its services and healthtop itself are looked at, never the CPU alone', () => {
	expect(builtInRules.map(({series}) => series).filter(series => series.startsWith('cpu.'))).toEqual([]);
	expect(builtInRules.length).toBeGreaterThan(15);
});

describe.each(builtInRules.map(rule => [rule.name, rule] as const))('%s', (_, rule) => {
	test('looks at series that there are', () => {
		expect(isSeries(rule.series)).toBe(true);

		for (const level of levelsOf(rule)) {
			const guard = 'guard' in level ? level.guard : undefined;
			expect(guard === undefined || isSeries(guard.series)).toBe(true);
			const instances = guard && instancesOf(guard.series);
			expect([undefined, instancesOf(rule.series)]).toContain(instances);
		}
	});

	test('has a level, and is over only when it is clearly well again', () => {
		expect(levelsOf(rule).length).toBeGreaterThan(0);

		for (const level of levelsOf(rule)) {
			if (level.kind === 'above' || level.kind === 'below') {
				const room = level.kind === 'above' ? level.trigger - level.clear : level.clear - level.trigger;
				// The uptime only grows.
				expect(room > 0 || (room === 0 && (rule.keepFiringFor > 0 || rule.series === 'uptime'))).toBe(true);
			}
		}
	});

	test('is no warning where it is critical', () => {
		const {warning, critical} = rule.levels;
		const isBoth = warning !== undefined && critical !== undefined;

		if (isBoth && warning.kind === 'above' && critical.kind === 'above') {
			expect(warning.trigger).toBeLessThan(critical.trigger);
		} else if (isBoth) {
			expect([warning.kind, critical.kind]).toEqual(['below', 'below']);
			expect('trigger' in warning && 'trigger' in critical && warning.trigger > critical.trigger).toBe(true);
		}
	});

	test('does not fire for a moment, but for what is one', () => {
		const isEvent = ['Out of memory', 'Machine restarted', 'healthtop cannot tell', 'healthtop impaired'];
		const times = levelsOf(rule).map(level => level.for);
		expect(times.every(time => time >= 60_000) || isEvent.includes(rule.name)).toBe(true);
	});
});

test('only what may have been so from the beginning needs to have been well', () => {
	expect(builtInRules.filter(({needsClear}) => needsClear).map(({name}) => name)).toEqual(['File system read-only']);
});
