import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {MouseEvent} from '../../../src/ui/screen/mouse.js';
import {decoder, sequences} from '../../helpers/decoder.js';

/** The event of a report; none where it is none of ours. */
const reports: Record<string, [bytes: string, event?: MouseEvent]> = {
	'the left button': ['\x1b[<0;3;4M', {kind: 'press', x: 2, y: 3}],
	'let go': ['\x1b[<0;3;4m', {kind: 'release', x: 2, y: 3}],
	'the upper left cell': ['\x1b[<0;1;1M', {kind: 'press', x: 0, y: 0}],
	'beyond every screen': ['\x1b[<0;99999;99999M', {kind: 'press', x: 99_998, y: 99_998}],
	'the wheel, up': ['\x1b[<64;80;24M', {kind: 'wheel-up', x: 79, y: 23}],
	'the wheel, down': ['\x1b[<65;80;24M', {kind: 'wheel-down', x: 79, y: 23}],
	'the wheel let go': ['\x1b[<64;80;24m'],
	'the wheel, sideways': ['\x1b[<66;80;24M'],
	'the middle button': ['\x1b[<1;3;4M'],
	'the right button': ['\x1b[<2;3;4M'],
	'shift and the left button': ['\x1b[<4;3;4M'],
	'ctrl and the wheel': ['\x1b[<80;3;4M'],
	motion: ['\x1b[<35;3;4M'],
	dragging: ['\x1b[<32;3;4M'],
	'a column before the first': ['\x1b[<0;0;4M'],
	'a row before the first': ['\x1b[<0;3;0M'],
	'no column': ['\x1b[<0;;4M'],
	'a number too few': ['\x1b[<0;3M'],
	'a number too many': ['\x1b[<0;3;4;5M'],
	'numbers that nobody sends': [`\x1b[<0;${'9'.repeat(400)};4M`],
	'another end': ['\x1b[<0;3;4A'],
	'the form of rxvt': ['\x1b[32;3;4M'],
};

describe('a mouse report', () => {
	test.each(Object.entries(reports))('of %s', (_, [bytes, event]) => {
		const one = decoder();
		one.feed(`${bytes}x`);
		expect(one.all).toEqual(event ? [event, 'x'] : ['x']);
	});

	test('in a paste is none', () => {
		const one = decoder();
		one.feed('\x1b[200~\x1b[<0;3;4M\x1b[201~x');
		expect(one.all).toEqual(['x']);
	});
});

test('keys and mouse reports are the same however the bytes are cut', () => {
	const texts = [...Object.keys(sequences), ...Object.values(reports).map(([bytes]) => bytes), '\x1b[M !!'];
	const joined = fc.array(fc.constantFrom(...texts), {maxLength: 12}).map(parts => Buffer.from(parts.join('')));
	fc.assert(
		fc.property(joined, fc.array(fc.nat(200), {maxLength: 12}), (bytes, cuts) => {
			const [whole, cut] = [decoder(), decoder()];
			whole.feed(bytes);
			const ends = [...cuts.filter(at => at < bytes.length).toSorted((a, b) => a - b), bytes.length];

			for (const [index, end] of ends.entries()) {
				cut.feed(bytes.subarray(ends[index - 1] ?? 0, end));
			}

			expect(cut.all).toEqual(whole.all);
		}),
		{numRuns: 1000},
	);
});
