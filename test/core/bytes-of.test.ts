import fc from 'fast-check';
import {expect, test} from 'vitest';
import {bytesOf} from '../../src/core/bytes-of.js';

test('a character of two bytes is two', () => {
	expect(bytesOf('/sørv')).toBe('/s\xc3\xb8rv');
});

test('the same as in a Buffer, whatever the text', () => {
	fc.assert(fc.property(fc.string({unit: 'binary'}), text => bytesOf(text) === Buffer.from(text).toString('latin1')));
});
