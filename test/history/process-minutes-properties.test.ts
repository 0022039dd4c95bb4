import fc from 'fast-check';
import {expect, test} from 'vitest';
import {safeText} from '../../src/core/safe.js';
import type {ProcessMinute} from '../../src/core/snapshot.js';
import {start} from './points-table.js';
import {pushed, row} from './process-minutes-table.js';

const text = fc.oneof(fc.constantFrom('a', 'b'), fc.string({maxLength: 300})).map(safeText);
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, {nil: undefined});
const float = fc.float({min: 0, noNaN: true, noDefaultInfinity: true});
const anyRow = fc
	.record({
		pid: fc.integer({min: 1, max: 2 ** 22}),
		startTicks: fc.maxSafeNat(),
		parent: fc.nat(2 ** 22),
		state: fc.constantFrom(...'RSDZTtXI'),
		name: text,
		command: some(text),
		user: some(text),
		cpuPercent: some(float),
		memoryBytes: fc.maxSafeNat(),
		threads: fc.nat(2 ** 22),
		startedAt: fc.oneof(fc.maxSafeInteger(), fc.constant(Number.NaN)),
		disk: fc.oneof(fc.constantFrom(undefined, 'denied' as const), fc.record({read: float, written: float})),
	})
	.map(row);

/** Minutes one after another, with stalls, sleeps and clocks that are set. */
const history = fc
	.array(
		fc.tuple(
			fc.oneof({weight: 9, arbitrary: fc.constant(0)}, {weight: 1, arbitrary: fc.integer({min: -9000, max: 9000})}),
			fc.integer({min: 1, max: 200}),
			fc.array(anyRow, {maxLength: 3}),
		),
		{maxLength: 150},
	)
	.map(steps => {
		let end = start;
		const minutes = steps.map(([jump, length, processes]): ProcessMinute => {
			const begin = end + jump * 1000;
			end = begin + length * 1000;
			return {from: begin, to: end, processes};
		});
		// Twice at the same time it is the same minute.
		return minutes.filter(({from, to}, index) => from !== minutes[index - 1]?.from || to !== minutes[index - 1]?.to);
	});

/** As it is read: without the ends of long texts. */
const kept = (minute: ProcessMinute | undefined) =>
	minute && {
		...minute,
		processes: minute.processes.map(process => ({
			...process,
			name: wellFormed(process.name),
			command: process.command === undefined ? undefined : wellFormed(process.command),
			user: process.user === undefined ? undefined : wellFormed(process.user),
		})),
	};

/** 240 units, and of a pair that is cut in two a replacement. */
const wellFormed = (text: string) => text.slice(0, 240).replace(/[\ud800-\udbff]$/, '\ufffd');

test('whatever comes, what was pushed is read back: of those that cover a moment the last', () => {
	fc.assert(
		fc.property(history, fc.array(fc.nat(30_000), {maxLength: 20}), (minutes, seconds) => {
			const keeper = pushed(minutes);
			const moments = [
				...minutes.flatMap(({from, to}) => [from, to, (from + to) / 2]),
				...seconds.map(second => start + second * 1000),
			];

			for (const at of moments) {
				const expected = minutes.findLast(({from, to}) => from <= at && at <= to);
				expect(keeper.busiestAt(at)).toEqual(kept(expected));
			}
		}),
		{numRuns: 50},
	);
});

test('whatever comes, a copy stands still, and leaves the original alone', () => {
	fc.assert(
		fc.property(history, history, (before, after) => {
			const keeper = pushed(before);
			const copy = keeper.copy();
			const moments = [...before, ...after].flatMap(({from, to}) => [from, to]);
			const then = moments.map(at => keeper.busiestAt(at));
			pushed(after, keeper);
			expect(moments.map(at => copy.busiestAt(at))).toEqual(then);
			const whole = pushed([...before, ...after]);
			expect(moments.map(at => keeper.busiestAt(at))).toEqual(moments.map(at => whole.busiestAt(at)));
		}),
		{numRuns: 30},
	);
});
