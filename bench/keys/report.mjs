import {markdownTable} from '../markdown.mjs';

/**
 * @import {Outcome} from './answers.mjs'
 * @import {Figures} from './pressing.mjs'
 * @typedef {Figures & {readonly size: string, readonly tool: string}} Row
 */

/** A key is on the screen within so many ms, 99 times of 100. */
const budgetMs = 50;

/**
 * Nearest rank: the smallest value that so many percent are not above. A press without an answer is above all.
 *
 * @param {readonly number[]} values
 * @param {number} percent
 */
export function percentile(values, percent) {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.POSITIVE_INFINITY;
}

/** @param {number} ms */
const milliseconds = ms => (Number.isFinite(ms) ? ms.toFixed(1) : 'late');

/**
 * @param {readonly Outcome[]} outcomes
 * @param {'firstMs' | 'endMs'} moment
 */
const times = (outcomes, moment) => outcomes.map(({answer}) => answer?.[moment] ?? Number.POSITIVE_INFINITY);

/**
 * @param {Row} row
 * @returns {readonly (readonly [string, readonly Outcome[]])[]}
 */
function exercisesOf({outcomes}) {
	const names = [...new Set(outcomes.map(({name}) => name))];
	return names.map(name => [name, outcomes.filter(outcome => outcome.name === name)]);
}

/**
 * Every exercise of every run in a line.
 *
 * @param {readonly Row[]} rows
 */
export function answersTable(rows) {
	const of = (/** @type {readonly number[]} */ values) =>
		[percentile(values, 50), percentile(values, 99), percentile(values, 100)].map(milliseconds);

	return markdownTable([
		[
			...['processes', 'size', 'program', 'press', 'presses'],
			...['first byte ms p50', 'p99', 'largest', 'end of frame ms p50', 'p99', 'largest', 'bytes p50', 'late'],
		],
		...rows.flatMap(row =>
			exercisesOf(row).map(([name, outcomes]) => {
				const answers = outcomes.flatMap(({answer}) => answer ?? []);
				const bytes = answers.map(answer => answer.bytes);
				return [
					...[String(row.processes), row.size, row.tool, name, String(outcomes.length)],
					...of(times(outcomes, 'firstMs')),
					...of(times(outcomes, 'endMs')),
					answers.length > 0 ? String(percentile(bytes, 50)) : '-',
					String(outcomes.length - answers.length),
				];
			}),
		),
	]);
}

/**
 * What it costs to hold an arrow, beside doing nothing.
 *
 * @param {readonly Row[]} rows
 */
export function heldTable(rows) {
	return markdownTable([
		[
			...['processes', 'size', 'program', 'CPU % of a core, at rest', 'arrow held'],
			...['bytes/s, at rest', 'arrow held'],
		],
		...rows.map(({processes, size, tool, rest, held}) => [
			...[String(processes), size, tool, rest.cpuPercent.toFixed(2), held.cpuPercent.toFixed(2)],
			...[rest, held].map(({bytesPerSecond}) => String(Math.round(bytesPerSecond))),
		]),
	]);
}

/**
 * Whether healthtop's answers are all within the budget, as a sentence; undefined when it was not measured.
 *
 * @param {readonly Row[]} rows
 */
export function verdictOn(rows) {
	const own = rows
		.filter(({tool}) => tool === 'healthtop')
		.flatMap(row =>
			exercisesOf(row).map(([name, outcomes]) => ({
				place: `${name} at ${row.size} beside ${row.processes}`,
				ms: percentile(times(outcomes, 'endMs'), 99),
			})),
		);
	const missed = own.filter(({ms}) => ms > budgetMs);

	if (own.length === 0) {
		return undefined;
	}

	const text = missed.map(({place, ms}) => `${place} (${milliseconds(ms)})`).join(', ');
	const words = missed.length === 0 ? 'pass' : `**miss**: ${text}`;
	return {
		isKept: missed.length === 0,
		sentence: `healthtop's budget, the end of the frame within ${budgetMs} ms at p99: ${words}.`,
	};
}
