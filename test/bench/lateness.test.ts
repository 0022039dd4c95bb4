import {expect, test} from 'vitest';
import {startsOf} from '../../bench/checks/lateness.mjs';

const every = 10_000;
const span = {from: 100_000, to: 130_000};

const rows: readonly (readonly [
	what: string,
	arrivals: readonly number[],
	late: readonly number[],
	due: number,
	missed: number,
	again: number,
])[] = [
	['each on its beat', [103_000, 113_000, 123_000], [0, 0, 0], 3, 0, 0],
	['the earliest is in time, wherever it is', [103_040, 113_000, 123_250], [40, 0, 250], 3, 0, 0],
	['one that is late by much is late, not the next one early', [103_000, 117_000, 123_000], [0, 4000, 0], 3, 0, 0],
	['a beat without a start is missed', [103_000, 123_010], [0, 10], 3, 1, 0],
	['so are those after the last start, and before the first', [113_000], [0], 3, 2, 0],
	['late by more than half a beat is the next one, early', [104_000, 120_000, 124_000], [4000, 0, 4000], 3, 1, 1],
	['one more in a beat is no beat that was kept', [103_000, 103_900, 123_000], [0, 900, 0], 3, 1, 1],
	['a beat just before the end may be started after it', [109_999, 119_999, 130_020], [0, 0, 21], 3, 0, 0],
	['one just before the beginning is of no beat within', [99_990, 110_030, 119_990], [40, 0], 3, 1, 0],
	['on the edge it belongs to what it begins', [100_000, 110_000, 120_000, 130_000], [0, 0, 0], 3, 0, 0],
	['nothing was seen', [], [], 3, 3, 0],
];

for (const [what, arrivals, late, due, missed, again] of rows) {
	test(`lateness against its own beat: ${what}`, () => {
		expect(startsOf(arrivals, every, span)).toMatchObject({late, due, missed, again});
	});
}

test('what is between two starts is told of those within the measurement', () => {
	expect(startsOf([93_000, 103_000, 113_100, 123_000, 133_000], every, span).apart).toEqual([10_100, 9900]);
});
