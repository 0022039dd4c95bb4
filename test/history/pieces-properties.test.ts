import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Process, ProcessMinute} from '../../src/core/snapshot.js';
import {answers, Pair, type Step} from './pieces-table.js';
import {start} from './points-table.js';
import {row} from './process-minutes-table.js';

const names = [
	'cpu.used',
	'load.1',
	'disk.used:/',
	'__proto__',
	'constructor',
	...Array.from({length: 60}, (_, index) => `network.sent:veth${index}`),
	...Array.from({length: 50}, (_, index) => `disk.used:/m${index}`),
];

/** Beats of one kind in a row. */
type Run = {
	readonly beats: number;
	/** Seconds between two of them, as the wall clock has it. */
	readonly stride: number;
	readonly missed: number;
	/** The series that are there: so many, from one on. */
	readonly first: number;
	readonly count: number;
	readonly processes: number;
	readonly event: boolean;
};

const run: fc.Arbitrary<Run> = fc.record({
	beats: fc.oneof(
		{weight: 6, arbitrary: fc.integer({min: 1, max: 30})},
		{arbitrary: fc.integer({min: 60, max: 150}), weight: 1},
	),
	stride: fc.oneof(
		{weight: 3, arbitrary: fc.constantFrom(1, 10, 60, 61)},
		{weight: 1, arbitrary: fc.constantFrom(900, -3600, -1, 0, 86_400)},
	),
	missed: fc.oneof(
		{weight: 8, arbitrary: fc.constant(0)},
		{weight: 1, arbitrary: fc.constantFrom(1, 5, 400, 870, 899, 900, 901, 5000)},
	),
	first: fc.nat(names.length - 1),
	count: fc.oneof({weight: 4, arbitrary: fc.nat(6)}, {weight: 1, arbitrary: fc.nat(names.length)}),
	processes: fc.nat(5),
	event: fc.boolean(),
});

const odd = [Number.NaN, -0, Number.POSITIVE_INFINITY, 1e-310, 1e300, Number.MAX_VALUE, 0.1];

/** The beats of runs, one after another. A row of a process changes at each third beat. */
function stepsOf(runs: readonly Run[]): readonly Step[] {
	const steps: Step[] = [];
	const rows = new Map<number, Process>();
	let second = 0;
	let minute: ProcessMinute | undefined;

	for (const {beats, stride, missed, first, count, processes, event} of runs) {
		for (let beat = 0; beat < beats; beat++) {
			const total = steps.length;
			second += stride;
			const at = start + second * 1000;
			const there = names.slice(first, first + count);
			const value = (index: number) => odd[(total * 7 + index * 3) % 40] ?? Math.sin(total * 31 + index) * 1e3;
			const shown = Array.from({length: processes}, (_, pid) => {
				const same = (total + pid) % 3 > 0 ? rows.get(pid) : undefined;
				const one = same ?? row({pid, cpuPercent: total / 3, startedAt: pid === 1 ? Number.NaN : at});
				rows.set(pid, one);
				return one;
			});
			// A minute is over at each fourth beat, and stays until the next.
			minute = total % 4 === 0 ? {from: at - 60_000, to: at, processes: shown} : minute;
			steps.push({
				snapshot: {
					at,
					intervalMs: Math.abs(stride) * 1000,
					series: new Map(there.map((name, index) => [name, value(index)])),
					processes: shown,
					...(minute && total % 11 > 0 && {minute}),
					...(event && beat === 0 && {timeEvent: {kind: 'clock-set', ms: stride}}),
				},
				missed: beat === 0 ? missed : 0,
			});
		}
	}

	return steps;
}

const runs = (maxLength: number) => fc.array(run, {minLength: 1, maxLength});

/** Both answers, where they are not the same. */
function differences(pair: Pair, moments: readonly number[]): readonly unknown[] {
	const expected = answers(pair.engine, names, moments);
	return [pair.viewer, pair.viewer.copy()].flatMap(past =>
		answers(past, names, moments).flatMap((answer, index) =>
			answer === expected[index] ? [] : [{answer, expected: expected[index]}],
		),
	);
}

test('whatever comes before and meanwhile, both give the same answers in the end', () => {
	const turns = fc.array(fc.nat(3), {maxLength: 30});
	fc.assert(
		fc.property(runs(12), runs(6), turns, fc.nat(9), (before, after, turns, beats) => {
			const pair = new Pair();
			const all = stepsOf([...before, ...after]);
			const meanwhile = [...all];
			pair.push(
				...meanwhile.splice(
					0,
					before.reduce((sum, {beats}) => sum + beats, 0),
				),
			);
			pair.attach();

			for (const pieces of turns) {
				pair.send(pieces);
				pair.push(...meanwhile.splice(0, beats));
			}

			pair.send();
			const ats = all.map(({snapshot}) => snapshot.at);
			const moments = ats.filter((_, index) => index % 9 === 0 || index > ats.length - 5);
			expect(differences(pair, moments)).toEqual([]);
			pair.push(...meanwhile);
			expect(differences(pair, moments)).toEqual([]);
			expect(pair.viewer.refused).toBe(pair.engine.refused);
			expect(pair.sent.at(-1)?.[0]).toBe('end');
		}),
		{numRuns: 40, interruptAfterTimeLimit: 20_000},
	);
}, 60_000);
