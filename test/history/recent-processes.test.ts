import {describe, expect, test} from 'vitest';
import type {Process} from '../../src/core/snapshot.js';
import {RecentProcesses} from '../../src/history/recent-processes.js';
import {aSnapshot} from '../helpers/scene.js';

const [one] = aSnapshot().processes;
const rows = (count: number): readonly Process[] => Array.from({length: count}, () => one as Process);

/** Readings each second from 0 on, with so many processes each. */
function pushed(...counts: readonly number[]): RecentProcesses {
	const recent = new RecentProcesses();

	for (const [second, count] of counts.entries()) {
		recent.push(second * 1000, rows(count));
	}

	return recent;
}

const countAt = (recent: RecentProcesses, at: number) => recent.processesAt(at)?.processes.length;

describe('the processes of a reading', () => {
	test.each([
		[0, 1],
		[400, 1],
		[600, 2],
		[2000, 3],
		[2900, 3],
		[3100, undefined],
		[-600, undefined],
	])('at %i ms', (at, count) => {
		expect(countAt(pushed(1, 2, 3), at)).toBe(count);
	});

	test('say when they were read', () => {
		expect(pushed(1, 2, 3).processesAt(1100)).toMatchObject({from: 1000, to: 1000});
	});

	test('of a time that was twice are those of the second one', () => {
		const recent = pushed(1, 2, 3);
		recent.push(0, rows(7));
		expect([countAt(recent, 0), countAt(recent, 1000)]).toEqual([7, 7]);
	});
});

test('the last 75 are kept, and of many processes fewer', () => {
	const few = pushed(...Array.from({length: 100}, () => 10));
	expect([countAt(few, 24_000), countAt(few, 25_000)]).toEqual([undefined, 10]);
	const many = pushed(...Array.from({length: 20}, () => 10_000));
	expect([countAt(many, 12_000), countAt(many, 13_000)]).toEqual([undefined, 10_000]);
	const huge = pushed(10, 100_000);
	expect([countAt(huge, 0), countAt(huge, 1000)]).toEqual([undefined, 100_000]);
});

test('a copy stands still', () => {
	const recent = pushed(1, 2);
	const copy = recent.copy();
	recent.push(2000, rows(3));
	expect([countAt(copy, 2000), countAt(recent, 2000)]).toEqual([2, 3]);
});

describe('older readings', () => {
	const older = (at: number, count: number) => [{at, rows: new Uint32Array(count)}];

	test('come before the others', () => {
		const recent = new RecentProcesses();
		recent.push(2000, rows(3));
		recent.addOlder(rows(1), [...older(1000, 2), ...older(0, 1)]);
		expect([countAt(recent, 0), countAt(recent, 1000), countAt(recent, 2000)]).toEqual([1, 2, 3]);
	});

	test('are not taken where later ones were given up, though there is room', () => {
		const recent = pushed(50_000, 30_000);
		recent.addOlder(rows(1), older(-1000, 10));
		expect([countAt(recent, -1000), countAt(recent, 0), countAt(recent, 1000)]).toEqual([undefined, undefined, 30_000]);
		const other = pushed(30_000);
		other.addOlder(rows(1), [...older(-1000, 50_000), ...older(-2000, 10)]);
		expect([countAt(other, -2000), countAt(other, 0)]).toEqual([undefined, 30_000]);
	});
});
