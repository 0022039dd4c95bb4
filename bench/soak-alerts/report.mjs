import {markdownTable} from '../markdown.mjs';
import {slopeOf} from '../soak/slope.mjs';

/**
 * @import {Heard} from './hearing.mjs'
 * @typedef {ReturnType<typeof import('./judge.mjs').judged>} Judged
 */

const megabyte = 2 ** 20;
const day = 86_400_000;

/** What must not grow: per day. `most`: so much more a day is none, 1 MB and one of a hundred things. */
const trends = /** @type {const} */ ([
	['heap after a full collection, MB', 'heapUsed', megabyte, 1],
	['memory outside of it, MB', 'external', megabyte, 1],
	['timers', 'timers', 1, 0.1],
	['series', 'series', 1, 0.1],
	['rows of alerts', 'rows', 1, 1],
	['incidents remembered', 'incidents', 1, 1],
	['messages remembered', 'outgoing', 1, 1],
]);

/** @param {Heard['samples']} samples */
export function trendsOf(samples) {
	const last = samples.slice(Math.floor(samples.length / 3));

	return trends.map(([name, of, unit, most]) => {
		const values = last.map(sample => sample[of] / unit);
		const points = last.map((sample, index) => ({at: sample.at / day, value: values[index] ?? 0}));
		const {slope, halfWidth} = slopeOf(points);
		const grows = halfWidth !== undefined && slope - halfWidth > 1e-9 && slope > most;
		return {name, least: Math.min(...values), largest: Math.max(...values), slope, halfWidth, grows};
	});
}

/** @param {readonly number[]} sorted */
function seconds(sorted) {
	const at = (/** @type {number} */ part) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
	return sorted.length === 0 ? '-' : `${[at(0.5), at(0.99)].map(ms => (ms / 1000).toFixed(0)).join(' / ')}`;
}

/**
 * @param {Heard} heard
 * @param {Judged} found
 * @param {ReturnType<typeof trendsOf>} trendRows
 */
export function alertsReport(
	{end, faults, outages, restarts, chances, messages, failures, samples, days},
	found,
	trendRows,
) {
	const kinds = [...new Set(faults.map(({kind}) => kind))].map(
		kind => `${faults.filter(fault => fault.kind === kind).length} ${kind}`,
	);
	const kills = restarts.filter(({isKill}) => isKill).length;
	const journal = Math.max(...samples.map(({journalBytes}) => journalBytes));
	const problems = [
		['false', found.falseAlarms],
		['missed', found.missed],
		['doubled', found.doubled],
		['without a beginning', found.unheard],
		['without an end', found.open],
		['failed', failures],
	];
	const rows = [
		['ticks', String(end.ticks)],
		['questions of checks, lost', `${end.asked}, ${end.lost}`],
		['faults', `${faults.length} (${kinds.join(', ')}): ${found.expected} alerts`],
		['three answers lost in a row by chance', String(chances.length)],
		[
			'mail outages, hours',
			`${outages.length}, ${outages.map(({from, to}) => ((to - from) / 3_600_000).toFixed(1)).join(' ')}`,
		],
		['restarts, of which kills', `${restarts.length}, ${kills}`],
		['messages, of which the same again', `${messages.length}, ${found.copies}`],
		...problems.map(([name, of]) => [`**${name}**`, String(of?.length)]),
		['told after it fired, s: p50 / p99', seconds(found.delays)],
		['told after a mail outage, s: p50 / p99', `${seconds(found.away)} (${found.away.length})`],
		['entries that could not be kept', String(end.unkept)],
		['journal, largest at a sample, kB', (journal / 1024).toFixed(0)],
		[
			'journal, after a compaction at most, kB',
			`${(end.compactedBytes / 1024).toFixed(0)} (${end.compactions} compactions)`,
		],
	];
	const tells = messages.flatMap(({items}) => items.map(one => one.tells));
	const counted = [...new Set(tells)].map(one => `${tells.filter(other => other === one).length} ${one}`);
	return [
		markdownTable([[`${days} days`, ''], ...rows]),
		`Told: ${counted.join(', ')}.`,
		markdownTable([
			['of the last two thirds', 'least', 'largest', 'per day', '95 % interval', ''],
			...trendRows.map(({name, least, largest, slope, halfWidth = Number.NaN, grows}) => [
				...[name, least.toFixed(1), largest.toFixed(1), slope.toFixed(3)],
				...[
					`${(slope - halfWidth).toFixed(3)} to ${(slope + halfWidth).toFixed(3)}`,
					grows ? '**grows**' : 'does not grow',
				],
			]),
		]),
		...problems.flatMap(([name, of]) => [...(of ?? [])].slice(0, 20).map(one => `- ${name}: ${one}`)),
	].join('\n\n');
}
