import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Query} from '../../src/core/query.js';
import {matches} from '../../src/core/query-match.js';
import {parseQuery} from '../../src/core/query-parse.js';
import {safeText} from '../../src/core/safe.js';
import type {Process} from '../../src/core/snapshot.js';
import {and, compile, context, is, not, number, or, processOf, text, word} from './query-built.js';

/** A filter as it may be written, and what it means. */
type Written = {readonly typed: string; readonly query: Query};

const letters = fc.string({unit: fc.constantFrom(...'abWn 1*"\\/=~!(<é🦀\x1b'), maxLength: 8});
const quoted = (inside: string) => `"${inside.replace(/["\\]/g, '\\$&')}"`;
const comparable = (typed: string) => safeText(typed).toLowerCase();
const spaced = (...parts: readonly string[]) => fc.constantFrom('', ' ').map(space => parts.join(space));

const words = letters.map((inside): Written => ({typed: quoted(inside), query: word(comparable(inside))}));

const patterns = fc.constantFrom('a', '^n.*x', 'a/b', '\\d\\\\').map(
	(source): Written => ({
		typed: `/${source.replaceAll('/', '\\/')}/`,
		query: {kind: 'pattern', pattern: compile(source)},
	}),
);

const textTerms = fc
	.tuple(fc.constantFrom('user', 'name', 'command', 'state'), fc.constantFrom('=', '!=', '~', '!~'), letters)
	.chain(([field, operator, inside]) => {
		const plain = comparable(inside);
		const meant = operator.endsWith('~') ? ({kind: 'contains', text: plain} as const) : is(...plain.split('*'));
		return spaced(field, operator, quoted(inside)).map(
			(typed): Written => ({typed, query: text(field, operator, meant)}),
		);
	});

const numberTerms = fc
	.tuple(
		fc.constantFrom(
			...([
				['pid', 'pid', '', 1],
				['cpu', 'cpu', '%', 1],
				['mem', 'mem', 'KiB', 1024],
				['mem', 'mem%', '%', 1],
				['files', 'files', '', 1],
				['write', 'write', 'kB', 1000],
				['age', 'age', 'm', 60_000],
			] as const),
		),
		fc.constantFrom('=', '!=', '>', '>=', '<', '<='),
		fc.nat(2000),
	)
	.chain(([[field, measure, unit, worth], operator, value]) =>
		spaced(field, operator, `${value}${unit}`).map(
			(typed): Written => ({typed, query: number(measure, operator, value * worth)}),
		),
	);

const {written} = fc.letrec<{written: Written}>(tie => {
	const several = fc.array(tie('written'), {minLength: 2, maxLength: 3});
	return {
		written: fc.oneof(
			{maxDepth: 4, withCrossShrink: true},
			fc.oneof(words, patterns, textTerms, numberTerms),
			tie('written').map(({typed, query}) => ({typed: `not ${bracketed(typed)}`, query: not(query)})),
			fc.tuple(several, fc.constantFrom(' ', ' and ')).map(([all, between]) => ({
				typed: all.map(({typed}) => bracketed(typed)).join(between),
				query: and(...all.map(({query}) => query)),
			})),
			several.map(all => ({
				typed: all.map(({typed}) => bracketed(typed)).join(' or '),
				query: or(...all.map(({query}) => query)),
			})),
		),
	};
});

function bracketed(typed: string): string {
	return `(${typed})`;
}

const processes: fc.Arbitrary<Process> = fc
	.record({
		pid: fc.nat(2000),
		parent: fc.nat(2000),
		name: letters,
		command: fc.option(letters),
		user: fc.option(letters),
		state: fc.constantFrom('R', 'S', 'D', 'a'),
		cpuPercent: fc.option(fc.nat(2000), {nil: undefined}),
		memoryBytes: fc.nat(2000 * 1024),
		openFiles: fc.option(fc.nat(2000), {nil: 'denied' as const}),
		disk: fc.constantFrom(undefined, 'denied' as const, {read: 0, written: 5e5}),
		startedAt: fc.oneof(fc.constant(Number.NaN), fc.constant(context.now - 600_000)),
	})
	.map(processOf);

const typedByCats = fc.oneof(
	fc.string({unit: 'binary', maxLength: 1200, size: 'max'}),
	fc
		.array(
			fc.constantFrom(
				...[
					'cpu',
					'user',
					'>',
					'=',
					'~',
					'!',
					'"',
					'/',
					'\\',
					'(',
					')',
					'not',
					'and',
					'or',
					' ',
					'5',
					'%',
					'MiB',
					'*',
					'[',
				],
			),
			{maxLength: 300, size: 'max'},
		)
		.map(parts => parts.join('')),
);

test('whatever is typed, nothing throws; what is wrong stands within it and may be shown', () => {
	fc.assert(
		fc.property(typedByCats, processes, (typed, row) => {
			const parsed = parseQuery(typed, compile);

			if (parsed.ok) {
				expect(matches(parsed.query, row, context)).toBeTypeOf('boolean');
			} else {
				expect(parsed.at).toBeGreaterThanOrEqual(0);
				expect(parsed.at).toBeLessThanOrEqual(typed.length);
				expect(parsed.problem).toBe(safeText(parsed.problem));
				expect(parsed.problem).toMatch(/^\S/);
			}
		}),
		{numRuns: 2000},
	);
});

test('what is written is what is understood', () => {
	fc.assert(
		fc.property(written, ({typed, query}) => {
			fc.pre(typed.length <= 1000);
			expect(parseQuery(typed, compile)).toEqual({ok: true, query});
		}),
		{numRuns: 1000},
	);
});

describe('for any process', () => {
	const laws: Record<string, (a: Query, b: Query) => [Query, Query]> = {
		'not not a is a': a => [not(not(a)), a],
		'not (a and b) is not a or not b': (a, b) => [not(and(a, b)), or(not(a), not(b))],
		'not (a or b) is not a and not b': (a, b) => [not(or(a, b)), and(not(a), not(b))],
		'a or not a is everything': a => [or(a, not(a)), and()],
		'a and b is b and a': (a, b) => [and(a, b), and(b, a)],
	};

	test.each(Object.entries(laws))('%s', (_, law) => {
		fc.assert(
			fc.property(written, written, processes, (a, b, row) => {
				const [left, right] = law(a.query, b.query);
				expect(matches(left, row, context)).toBe(matches(right, row, context));
			}),
		);
	});

	test.each([
		['=', '!='],
		['~', '!~'],
	])('%s is the opposite of %s of what is known, and neither matches what is not', (is, isNot) => {
		fc.assert(
			fc.property(letters, processes, (inside, row) => {
				const found = [is, isNot].filter(operator => {
					const parsed = parseQuery(`user ${operator} ${quoted(inside)}`, compile);
					return parsed.ok && matches(parsed.query, row, context);
				});
				expect(found).toHaveLength(row.user === undefined ? 0 : 1);
			}),
		);
	});
});

test('a filter as long as may be is read at once, whatever it is made of', {timeout: 3000}, () => {
	for (const part of ['a ', '"', '""', '/', '/a/ ', '\\', '"\\', '(', 'not ', '!', '*', 'cpu>5 ', 'name=*a*', '>']) {
		const typed = part.repeat(1000).slice(0, 1000);

		for (let turn = 0; turn < 20; turn++) {
			parseQuery(typed, compile);
		}
	}
});
