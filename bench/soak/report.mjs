import {markdownTable} from '../markdown.mjs';
import {slopeOf} from './slope.mjs';

/**
 * @import {Sample} from './samples.mjs'
 * @typedef {{readonly reloads: number, readonly visits: number, readonly failures: readonly string[]}} Events
 */

const megabyte = 2 ** 20;

/** @type {readonly (readonly [head: string, of: (sample: Sample) => number, digits: number])[]} */
const columns = [
	['RSS MB', ({rssBytes}) => rssBytes / megabyte, 1],
	['RssAnon MB', ({anonymousBytes}) => anonymousBytes / megabyte, 1],
	['private MB', ({privateBytes}) => privateBytes / megabyte, 1],
	['descriptors', ({descriptors}) => descriptors, 0],
	['not of /proc/PID', ({ownDescriptors}) => ownDescriptors, 0],
	['threads', ({threads}) => threads, 0],
	['CPU % of a core', ({cpu}) => cpu, 2],
	['journal kB', ({journalBytes}) => journalBytes / 1024, 1],
	['log kB', ({logBytes}) => logBytes / 1024, 1],
	['RSS MB of the screen', ({screenBytes}) => screenBytes / megabyte, 1],
];

/** What must not grow: per hour. @type {readonly (readonly [name: string, of: (sample: Sample) => number])[]} */
const trends = [
	['RSS, MB', ({rssBytes}) => rssBytes / megabyte],
	['RssAnon, MB', ({anonymousBytes}) => anonymousBytes / megabyte],
	['private memory, MB', ({privateBytes}) => privateBytes / megabyte],
	['descriptors', ({descriptors}) => descriptors],
	['descriptors not of /proc/PID', ({ownDescriptors}) => ownDescriptors],
	['threads', ({threads}) => threads],
	['CPU, % of a core', ({cpu}) => cpu],
	['RSS of the screen, MB', ({screenBytes}) => screenBytes / megabyte],
];

export const heads = ['minutes', ...columns.map(([head]) => head)];

/**
 * A row of the table: the middle of some samples, and the lowest and highest where they differ.
 *
 * @param {readonly Sample[]} samples
 */
export function rowOf(samples) {
	const minutes = ((samples.at(-1)?.hours ?? 0) * 60).toFixed(0);

	return [
		minutes,
		...columns.map(([, of, digits]) => {
			const sorted = samples.map(of).sort((a, b) => a - b);
			const [low = '', middle = '', high = ''] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map(index =>
				sorted[index]?.toFixed(digits),
			);
			return low === high ? middle : `${middle} (${low} to ${high})`;
		}),
	];
}

/**
 * Where the last two thirds go. It grows when all of the interval is above 0.
 *
 * @param {readonly Sample[]} samples
 */
export function trendsOf(samples) {
	const last = samples.slice(Math.floor(samples.length / 3));

	return trends.map(([name, of]) => {
		const {slope, halfWidth} = slopeOf(last.map(sample => ({at: sample.hours, value: of(sample)})));
		return {name, slope, halfWidth, grows: halfWidth !== undefined && slope - halfWidth > 1e-9};
	});
}

/**
 * @param {readonly (readonly string[])[]} rows
 * @param {ReturnType<typeof trendsOf>} found
 * @param {Events} events
 */
export function soakReport(rows, found, {reloads, visits, failures}) {
	const verdict = (/** @type {(typeof found)[number]} */ {grows, halfWidth}) => {
		if (halfWidth === undefined) {
			return 'too few samples';
		}

		return grows ? '**grows**' : 'does not grow';
	};

	return [
		markdownTable([heads, ...rows]),
		'The median of each row, in brackets the lowest and the highest sample; 1 MB is 2^20 bytes.',
		markdownTable([
			['of the last two thirds', 'per hour', '95 % interval', ''],
			...found.map(trend => [
				trend.name,
				trend.slope.toFixed(2),
				trend.halfWidth === undefined
					? '-'
					: `${(trend.slope - trend.halfWidth).toFixed(2)} to ${(trend.slope + trend.halfWidth).toFixed(2)}`,
				verdict(trend),
			]),
		]),
		`One screen stayed, another came and went ${visits} times; the configuration was read again ${reloads} times.`,
		...(failures.length === 0 ? ['Nothing failed.'] : failures.map(failure => `**Failed**: ${failure}.`)),
	].join('\n\n');
}
