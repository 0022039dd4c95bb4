import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {seriesNames} from '../../src/config/series-names.js';
import {didYouMean} from '../../src/core/did-you-mean.js';

const keys = ['every', 'sampling', 'mounts', 'devices', 'interfaces', 'screen', 'log', 'io'];

describe('what was meant by', () => {
	test.each<[text: string, meant: string | undefined, why: string]>([
		['every', 'every', 'itself'],
		['evry', 'every', 'a letter left out'],
		['everry', 'every', 'a letter put in'],
		['evexy', 'every', 'a letter changed'],
		['evrey', 'every', 'two letters swapped'],
		['evxxry', 'every', 'two mistakes'],
		['mont', 'mounts', 'two mistakes in a short word'],
		['exxxy', undefined, 'three mistakes in a short word'],
		['inturfacex', 'interfaces', 'two mistakes'],
		['entorfices', 'interfaces', 'three mistakes in a long word'],
		['entorficas', undefined, 'four mistakes'],
		['LOG', 'log', 'capitals'],
		['oi', 'io', 'swapped, with the right letters'],
		['ab', undefined, 'as long as the choice, with no right letter'],
		['a', undefined, 'one letter'],
		['', undefined, 'nothing'],
		['mount', 'mounts', 'the nearest of several'],
	])('%j: %s (%s)', (text, meant) => {
		expect(didYouMean(text, keys)).toBe(meant);
	});
});

test('of equally near ones the first', () => {
	expect(didYouMean('cat', ['car', 'cap'])).toBe('car');
	expect(didYouMean('cat', [])).toBe(undefined);
});

test('a key as long as a file takes no time', {timeout: 3000}, () => {
	const long = 'x'.repeat(1 << 20);
	expect(didYouMean(long, seriesNames)).toBe(undefined);
	expect(didYouMean('every', [long])).toBe(undefined);
});

test('a name with one mistake in it is found, or another one that is as near', () => {
	const mistakes = fc
		.tuple(fc.constantFrom(...seriesNames.filter(name => name.length > 4)), fc.nat(), fc.constantFrom('x', 'x.', ''))
		.map(([name, at, put]) => {
			const index = at % name.length;
			return name.slice(0, index) + put + name.slice(index + 1);
		});
	fc.assert(
		fc.property(mistakes, text => {
			expect(didYouMean(text, seriesNames)).toBeDefined();
		}),
	);
});
