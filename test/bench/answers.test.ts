import {expect, test} from 'vitest';
import {outcomesOf} from '../../bench/keys/answers.mjs';
import {percentile} from '../../bench/keys/report.mjs';
import {sights} from '../../bench/keys/sights.mjs';

const size = {columns: 60, rows: 4};

/** A title with the rows that are shown, of so many. */
const title = (first: number, total: number) => `\x1b[1;1H╭6 Processes ─ by cpu · ${first}-${first + 9} of ${total} ╮`;
const frame = (content: string) => `\x1b[?2026h${content}\x1b[?2026l`;
const chunk = (at: number, text: string) => ({at, data: Buffer.from(text)});
const press = (at: number) => ({name: 'arrow', at, sight: sights.place});
const bytesOf = (text: string) => Buffer.byteLength(text);

test("a tick's frame just before the answer is not the answer", async () => {
	const answer = frame(title(2, 43));
	const chunks = [
		chunk(0, frame(title(1, 42))),
		chunk(101, frame(title(1, 43))),
		chunk(107, answer),
		chunk(1000, frame(title(2, 44))),
	];
	expect(await outcomesOf(chunks, size, [press(100)])).toEqual([
		{name: 'arrow', answer: {firstMs: 7, endMs: 7, bytes: bytesOf(answer)}},
	]);
});

test('an answer that is read together with a tick, and in two parts, counts from its own first byte to its own last', async () => {
	const answer = frame(title(2, 43));
	const [tick, begin, rest] = [frame(title(1, 43)), answer.slice(0, 20), answer.slice(20)];
	const chunks = [chunk(0, frame(title(1, 42))), chunk(104, tick + begin), chunk(109, rest + frame(title(2, 44)))];
	expect(await outcomesOf(chunks, size, [press(100)])).toEqual([
		{name: 'arrow', answer: {firstMs: 4, endMs: 9, bytes: bytesOf(answer)}},
	]);
});

test('without marks it ends when its burst does, and what came before the key is no part of it', async () => {
	const chunks = [
		chunk(0, title(1, 42)),
		chunk(99, title(1, 43)),
		chunk(102, title(2, 43)),
		chunk(104, 'more'),
		chunk(120, 'x'),
	];
	expect(await outcomesOf(chunks, size, [press(100)])).toEqual([
		{name: 'arrow', answer: {firstMs: 2, endMs: 4, bytes: bytesOf(title(2, 43)) + 4}},
	]);
});

test('no answer before the next key is late, and that next key is not counted', async () => {
	const chunks = [chunk(0, frame(title(1, 42))), chunk(310, frame(title(2, 42))), chunk(505, frame(title(1, 42)))];
	const outcomes = await outcomesOf(chunks, size, [press(100), press(300), press(500)]);
	expect(outcomes.map(({answer}) => answer?.firstMs)).toEqual([undefined, 5]);
});

test('a selected row is seen by its background', async () => {
	const bar = (y: number, colour: number) => `\x1b[${y};1H\x1b[${colour}m${' '.repeat(50)}\x1b[0m`;
	const chunks = [chunk(0, bar(2, 46)), chunk(50, '\x1b[1;1Htick'), chunk(103, bar(2, 49) + bar(3, 46))];
	const [outcome] = await outcomesOf(chunks, size, [{name: 'arrow', at: 40, sight: sights.bar}]);
	expect(outcome?.answer?.firstMs).toBe(63);
});

test('a percentile is a value that was measured, and a missing answer is above all', () => {
	const values = Array.from({length: 100}, (_, index) => 100 - index);
	expect([50, 99, 100].map(percent => percentile(values, percent))).toEqual([50, 99, 100]);
	expect(percentile([1, Number.POSITIVE_INFINITY, 2], 99)).toBe(Number.POSITIVE_INFINITY);
});
