import {quantile} from '../engine/report.mjs';
import {slopeOf} from '../soak/slope.mjs';

/**
 * @import {Standing} from '../engine/standing.mjs'
 * @import {Watched} from './watch.mjs'
 * @typedef {{readonly goal: string, readonly value: number, readonly most: number, readonly digits: number}} Goal
 */

/** Who has promised something. */
export const healthtop = 'healthtop run';

/** Who keeps no beat: its next round begins so long after the end of the one before. */
export const monit = 'Monit';

export const megabyte = 2 ** 20;

/** What must not grow: per hour. @type {readonly (readonly [name: string, of: (standing: Standing) => number])[]} */
const trends = [
	['RSS, MB', ({rssBytes}) => rssBytes / megabyte],
	['own descriptors', ({ownDescriptors}) => ownDescriptors],
	['threads', ({threads}) => threads],
];

/** @param {Watched} watched */
export function cpuOf({looks}) {
	const [first, last] = [looks[0], looks.at(-1)];
	return first && last ? ((last.cpuNs - first.cpuNs) / 1e6 / (last.at - first.at)) * 100 : Number.NaN;
}

/** Of who is there all the time. @param {Watched} watched */
export const standingsOf = ({looks}) => looks.flatMap(({standing}) => standing ?? []);

/** Per hour, by all looks. @param {Watched} watched */
export function trendsOf(watched) {
	const standings = standingsOf(watched);
	return trends.map(([name, of]) => {
		const {slope, halfWidth} = slopeOf(standings.map(standing => ({at: standing.at / 3_600_000, value: of(standing)})));
		return {name, slope, halfWidth};
	});
}

/**
 * What was promised, and what it is.
 *
 * @param {readonly Watched[]} figures
 * @returns {readonly Goal[]}
 */
export function goalsOf(figures) {
	const watched = figures.find(({who}) => who === healthtop);

	if (!watched) {
		return [];
	}

	const checks = [...watched.starts.http, ...watched.starts.tcp];
	const late = checks.flatMap(check => check.late);
	const missed = checks.reduce((sum, check) => sum + check.missed, 0);
	const peak = Number(standingsOf(watched).at(-1)?.peakRssBytes) / megabyte;
	return [
		{goal: 'CPU % of a core', value: cpuOf(watched), most: 25, digits: 2},
		{goal: 'peak RSS MB', value: peak, most: 250, digits: 1},
		{goal: 'starts late, p99 ms', value: quantile(late, 0.99), most: 250, digits: 0},
		{goal: 'starts missed', value: missed, most: 0, digits: 0},
		{goal: 'results not well', value: watched.failed.count, most: 0, digits: 0},
		...trendsOf(watched).map(({name, slope, halfWidth = Number.NaN}) => ({
			goal: `growth of ${name} per hour, lower end`,
			value: Math.max(0, slope - halfWidth),
			most: 1e-9,
			digits: 2,
		})),
	];
}

/** @param {Goal} goal */
export const isKept = ({value, most}) => value <= most;
