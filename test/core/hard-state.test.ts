import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {CheckStatus} from '../../src/core/check.js';
import {attemptOf, hardState, noResults} from '../../src/core/hard-state.js';

const rules = {failAfter: 3, recoverAfter: 2};
const letters: Readonly<Record<string, CheckStatus>> = {o: 'ok', w: 'warning', c: 'critical', u: 'unknown'};
const words: Readonly<Record<string, string>> = {...letters, '-': 'waiting'};

/** States after each result, a letter each; the last one's attempt. */
function told(results: string, {failAfter, recoverAfter} = rules) {
	let state = noResults(0);
	const states = [...results].map((letter, index) => {
		state = hardState(state, letters[letter] ?? 'ok', index + 1, {failAfter, recoverAfter});
		return state.status;
	});
	return {states, since: state.since, attempt: attemptOf(state, {failAfter, recoverAfter})};
}

describe('results and the hard states after them', () => {
	test.each([
		['the first good one is believed', 'o', 'o'],
		['the first bad ones have to be seen again', 'ccc', '--c'],
		['a bad one in between is no failure', 'occocc', 'oooooo'],
		['so many in a row are', 'oocccc', 'oooocc'],
		['so many good ones end it', 'ocococcccoo', 'oooooooccco'],
		['one good one does not', 'cccoccoo', '--ccccco'],
		['what could not be judged counts neither way', 'occuuc', 'oooooc'],
		['it ends no failure', 'cccuuuu', '--ccccc'],
		['so many of them are unknown', 'ouuuu', 'ooouu'],
		['a good one ends that', 'ouuuo', 'ooouo'],
		['a bad one has to be seen again', 'ouuuccc', 'ooouuuc'],
		['from the start, too', 'uuuu', '--uu'],
		['warnings as failures', 'owww', 'ooow'],
		['some worse among them are warnings', 'owcc', 'ooow'],
		['worse ones in a row are worse', 'owcccc', 'ooowcc'],
		['less bad ones in a row are less bad', 'occcwwoo', 'oooccwwo'],
		['one less bad one is none', 'occcwcw', 'ooocccc'],
	])('%s', (_, results, states) => {
		expect(told(results).states).toEqual([...states].map(letter => words[letter]));
	});

	test('one result is enough where that is configured', () => {
		expect(told('ocowu', {failAfter: 1, recoverAfter: 1}).states).toEqual([
			'ok',
			'critical',
			'ok',
			'warning',
			'warning',
		]);
	});
});

test.each([
	['ooccc', 3, undefined],
	['ooccco', 3, {count: 1, of: 2}],
	['oocccoo', 6, undefined],
	['oocc', 1, {count: 2, of: 3}],
	['oow', 1, {count: 1, of: 3}],
	['ouu', 1, {count: 2, of: 3}],
	['ouuu', 2, undefined],
	['cccww', 4, undefined],
	['cccuuu', 1, undefined],
])('after %s it is so since %d, attempt %j', (results, since, attempt) => {
	expect(told(results)).toMatchObject({since, attempt});
});

test('a failure is told only after so many results that say it, and none of them good', () => {
	const results = fc.array(fc.constantFrom(...'owcu'), {maxLength: 40});
	fc.assert(
		fc.property(results, fc.integer({min: 1, max: 4}), fc.integer({min: 1, max: 4}), (all, failAfter, recoverAfter) => {
			const {states} = told(all.join(''), {failAfter, recoverAfter});
			const judged = all.filter(letter => letter !== 'u');

			for (const [index, state] of states.entries()) {
				if (state === 'critical' && states[index - 1] !== 'critical') {
					const last = all.slice(0, index + 1).filter(letter => letter !== 'u');
					expect(last.slice(-failAfter).join('')).toBe('c'.repeat(failAfter));
				}
			}

			if (judged.every(letter => letter === 'o')) {
				expect(states).not.toContain('critical');
				expect(states).not.toContain('warning');
			}
		}),
		{numRuns: 2000},
	);
});
