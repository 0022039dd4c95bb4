import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fileOf, headerOf, mostRecordBytes, recordLine, replay} from '../../src/journal/format.js';
import {records} from './records.js';

const file = fileOf(1, records);

/** True when `some` are `all` without at most `most`, in their order. */
function lacksAtMost(most: number, some: readonly unknown[], all: readonly unknown[]): boolean {
	const texts = some.map(one => JSON.stringify(one));
	const left = all.map(one => JSON.stringify(one)).filter(one => one === texts[0] && texts.shift() !== undefined);
	return texts.length === 0 && all.length - left.length <= most;
}

function flipped(bytes: Buffer, bit: number): Buffer {
	const copy = Buffer.from(bytes);
	copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return copy;
}

test('byte by byte as it is documented', () => {
	expect(fileOf(1, [{a: 'é'}]).toString()).toBe('healthtop-journal 1 9ea991b6\n10 20f000a5 {"a":"é"}\n');
});

test('what was written is read', () => {
	expect(replay(file)).toEqual({records, version: 1, badBytes: 0, isWhole: true});
});

test('of a file cut at every byte all records before it are there', () => {
	const ends = records.map((_, index) => fileOf(1, records.slice(0, index + 1)).length);

	for (let length = 0; length < file.length; length++) {
		const {isWhole, ...found} = replay(file.subarray(0, length));
		// A record that lacks no more than the end of its line is right.
		const whole = ends.filter(end => end - 1 <= length).length;
		expect(found.records, `cut at ${length}`).toEqual(records.slice(0, whole));
		expect(isWhole, `cut at ${length}`).toBe(length === headerOf(1).length || ends.includes(length));
	}
});

test('every bit flipped costs one record at most, and is seen', () => {
	for (let bit = 0; bit < file.length * 8; bit++) {
		const found = replay(flipped(file, bit));
		expect(lacksAtMost(1, found.records, records), `bit ${bit}`).toBe(true);
		expect(found.isWhole, `bit ${bit}`).toBe(false);
		expect(found.version ?? 1, `bit ${bit}`).toBe(1);
	}
});

test('10,000 random flips of 64 KiB cost what they hit, and nothing else', () => {
	type Numbered = {readonly number: number; readonly text: string};
	const many = Array.from({length: 120}, (_, number): Numbered => ({number, text: 'x'.repeat(400 + 3 * number)}));
	const large = fileOf(1, many);
	expect(large.length).toBeGreaterThan(1 << 16);
	fc.assert(
		fc.property(fc.array(fc.nat(large.length * 8 - 1), {minLength: 1, maxLength: 4}), bits => {
			const distinct = [...new Set(bits)];
			const found = replay(distinct.reduce(flipped, large));
			const accepted = found.records as readonly Numbered[];
			const areRight = accepted.every(({number, text}, index) => {
				return text === many[number]?.text && number > (accepted[index - 1]?.number ?? -1);
			});
			return !found.isWhole && areRight && many.length - accepted.length <= distinct.length;
		}),
		{numRuns: 10_000, seed: 1},
	);
});

const line = (record: unknown) => recordLine(record).toString();

const odd: Record<string, [text: string, found: readonly unknown[], badBytes: number]> = {
	nothing: ['', [], 0],
	'only NUL': ['\0'.repeat(4096), [], 4096],
	'a BOM': [`\ufeff${headerOf(1)}${line(1)}`, [1], 3 + headerOf(1).length],
	'no header': [line(1) + line(2), [1, 2], 0],
	'a header of version 0': [`healthtop-journal 0 ${'0'.repeat(8)}\n`, [], 29],
	'a header that is no number': [headerOf(Number.NaN).toString() + line(1), [1], headerOf(Number.NaN).length],
	'a hole of NUL': [`${headerOf(1)}${line(1)}\0\0\0\0\n${line(2)}`, [1, 2], 5],
	'an empty line': [`${headerOf(1)}\n${line(1)}`, [1], 1],
	'a line end of Windows': [`${headerOf(1)}${line(1).replace('\n', '\r\n')}`, [1], 2],
	'a length with a zero in front': [`${headerOf(1)}0${line(1)}`, [], 14],
	'a checksum in capitals': [`${headerOf(1)}${line('a').toUpperCase()}`, [], line('a').length],
	'a length beyond the end': [`${headerOf(1)}9999999 00000000 1\n${line(2)}`, [2], 19],
	'a checksum of what is no JSON': [`${headerOf(1)}0 00000000 \n${line(2)}`, [2], 12],
	'two headers': [`${headerOf(1)}${headerOf(1)}${line(1)}`, [1], headerOf(1).length],
};

describe('what nobody wrote', () => {
	test.each(Object.entries(odd))('%s', (_, [text, found, badBytes]) => {
		expect(replay(Buffer.from(text))).toMatchObject({records: found, badBytes, isWhole: false});
	});

	test('is never a record', () => {
		fc.assert(
			fc.property(fc.uint8Array({maxLength: 2000}), bytes => {
				const found = replay(Buffer.concat([headerOf(1), bytes]));
				return found.records.length === 0 && found.badBytes === bytes.length;
			}),
		);
	});

	test('is read in linear time', () => {
		const frames = Buffer.from('1048576 00000000 \n'.repeat(400_000));
		const stuck = Buffer.from(line(1).replace('\n', 'x').repeat(400_000));
		const begin = performance.now();
		expect(replay(frames).badBytes).toBe(frames.length);
		expect(replay(stuck).records).toHaveLength(400_000);
		expect(performance.now() - begin).toBeLessThan(20_000);
	});
});

describe('a record that is refused', () => {
	test.each([undefined, () => {}, Symbol('s'), 1n])('is no JSON: %s', record => {
		expect(() => recordLine(record)).toThrow(TypeError);
	});

	test('is longer than 1 MiB', () => {
		const most = 'x'.repeat(mostRecordBytes - 2);
		expect(replay(fileOf(1, [most])).records).toEqual([most]);
		expect(() => recordLine(`${most}x`)).toThrow(expect.objectContaining({code: 'TOO_LONG'}));
	});
});
