import {markdownTable} from './markdown.mjs';

/**
 * @import {Figures} from './measure.mjs'
 * @typedef {{readonly world: number, readonly size: string, readonly tool: string}} Place
 * @typedef {Place & Figures & {readonly spawnsPerSecond: number | undefined}} Row
 * @typedef {{readonly limit: string, readonly isKept: boolean | undefined, readonly value: string}} Verdict
 */

const megabyte = 2 ** 20;

/** @param {number} bytes */
const megabytes = bytes => (bytes / megabyte).toFixed(1);

/** @param {number | undefined} value */
const whole = value => (value === undefined ? '-' : String(Math.round(value)));

/**
 * The row of another tool in the same world and size.
 *
 * @param {readonly Row[]} rows
 * @param {Place} place
 * @param {string} tool
 */
function besides(rows, {world, size}, tool) {
	return rows.find(row => row.world === world && row.size === size && row.tool === tool);
}

/**
 * Every run in a line. In brackets: how many times htop's, of the same world and size.
 *
 * @param {readonly Row[]} rows
 */
export function figuresTable(rows) {
	const head = ['processes', 'size', 'program', 'CPU % of a core', 'bytes/s', 'RSS MB', 'peak RSS MB'];
	const more = ['first paint ms', 'spawns/s', 'seconds with a change', 'longest without output ms'];

	return markdownTable([
		[...head, ...more],
		...rows.map(row => {
			const htop = besides(rows, row, 'htop');
			/** @type {(text: string, value: number, base: number | undefined) => string} */
			const ratio = (text, value, base) =>
				base && row.tool !== 'htop' ? `${text} (${(value / base).toFixed(2)}x)` : text;

			return [
				String(row.processes),
				row.size,
				row.tool,
				ratio(row.cpuPercent.toFixed(2), row.cpuPercent, htop?.cpuPercent),
				ratio(whole(row.bytesPerSecond), row.bytesPerSecond, htop?.bytesPerSecond),
				ratio(megabytes(row.rssBytes), row.rssBytes, htop?.rssBytes),
				megabytes(row.peakRssBytes),
				whole(row.firstPaintMs),
				row.spawnsPerSecond?.toFixed(2) ?? '-',
				`${row.changedSeconds} of ${row.wholeSeconds}`,
				whole(row.stalenessMs),
			];
		}),
	]);
}

/**
 * What healthtop has promised, for one of its rows. Not known (`undefined`) is neither kept nor broken.
 *
 * @param {Row} row
 * @param {Row | undefined} htop
 * @returns {readonly Verdict[]}
 */
function verdictsOn(row, htop) {
	/** @type {(limit: string, value: number | undefined, most: number | undefined, text: string) => Verdict} */
	const atMost = (limit, value, most, text) => ({
		limit,
		isKept: value === undefined || most === undefined ? undefined : value <= most,
		value: text,
	});
	const {cpuPercent, spawnsPerSecond, changedSeconds, wholeSeconds} = row;
	const htopPercent = htop ? ` / ${htop.cpuPercent.toFixed(2)}` : '';

	return [
		atMost("CPU % <= htop's", cpuPercent, htop?.cpuPercent, cpuPercent.toFixed(2) + htopPercent),
		atMost('<= 1000 bytes/s', row.bytesPerSecond, 1000, whole(row.bytesPerSecond)),
		atMost('RSS <= 80 MB', row.rssBytes, 80 * megabyte, megabytes(row.rssBytes)),
		atMost('first paint <= 200 ms', row.firstPaintMs ?? Number.POSITIVE_INFINITY, 200, whole(row.firstPaintMs)),
		atMost('no spawns', spawnsPerSecond, 0, spawnsPerSecond?.toFixed(2) ?? '-'),
		atMost('a change each second', wholeSeconds - changedSeconds, 0, `${changedSeconds} of ${wholeSeconds}`),
		atMost('output within 1100 ms', row.stalenessMs, 1100, whole(row.stalenessMs)),
	];
}

/**
 * healthtop's budgets, or undefined when it was not measured. `isKept` is false when any is missed.
 *
 * @param {readonly Row[]} rows
 */
export function budgetsOf(rows) {
	const own = rows
		.filter(({tool}) => tool === 'healthtop')
		.map(row => ({row, verdicts: verdictsOn(row, besides(rows, row, 'htop'))}));
	const [first] = own;

	if (!first) {
		return undefined;
	}

	const words = {true: 'pass', false: '**miss**', undefined: 'not known'};
	const table = markdownTable([
		['processes', 'size', ...first.verdicts.map(({limit}) => limit)],
		...own.map(({row, verdicts}) => [
			String(row.processes),
			row.size,
			...verdicts.map(({isKept, value}) => `${words[`${isKept}`]}: ${value}`),
		]),
	]);

	return {table, isKept: own.every(({verdicts}) => verdicts.every(({isKept}) => isKept !== false))};
}
