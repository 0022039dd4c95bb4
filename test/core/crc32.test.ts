import {crc32 as ofZlib} from 'node:zlib';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {crc32} from '../../src/core/crc32.js';

test('the check value of the CRC catalogue', () => {
	expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
});

test('the same as in zlib', () => {
	fc.assert(fc.property(fc.uint8Array({max: 255, maxLength: 300}), bytes => crc32(bytes) === ofZlib(bytes)));
});
