import {quantile} from '../engine/report.mjs';
import {markdownTable} from '../markdown.mjs';
import {asked} from './rounds.mjs';

/** @import {Told} from './rounds.mjs' */

/** What may be lost on the way from what was seen to a mail that was taken, ms. */
const graceMs = 2000;

/** Of all faults, so many must be told in time. */
const goal = 0.99;

/** @param {Pick<Told, 'groupWaitMs'>} told */
function boundOf({groupWaitMs}) {
	return asked.everyMs * asked.failAfter + asked.timeoutMs + groupWaitMs + graceMs;
}

/** @param {readonly Told[]} told */
const inTime = told => told.filter(one => one.ms <= boundOf(one)).length;

/** Whether the goal is reached. @param {readonly Told[]} told */
export function isKept(told) {
	return inTime(told) >= goal * told.length;
}

/** @param {readonly Told[]} told */
export function latencyTable(told) {
	const rows = [0, 2000].flatMap(groupWaitMs =>
		/** @type {const} */ (['refuses', 'hangs']).map(kind => {
			const own = told.filter(one => one.kind === kind && one.groupWaitMs === groupWaitMs);
			return [kind, `${groupWaitMs / 1000} s`, ...figuresOf(own), seconds(boundOf({groupWaitMs})), String(inTime(own))];
		}),
	);
	const share = ((100 * inTime(told)) / told.length).toFixed(1);
	return markdownTable([
		['a target that', 'groupWait', 'faults', 'p50 s', 'p95', 'p99', 'largest', 'at most s', 'within'],
		...rows,
		['all', '', ...figuresOf(told), '', `${inTime(told)} (${share} %)`],
	]);
}

/** @param {readonly Told[]} told */
function figuresOf(told) {
	const times = told.map(({ms}) => ms);
	const spread = [0.5, 0.95, 0.99, 1].map(share => (times.length === 0 ? '-' : seconds(quantile(times, share))));
	return [String(told.length), ...spread];
}

/** @param {number} ms */
function seconds(ms) {
	return Number.isFinite(ms) ? (ms / 1000).toFixed(2) : 'never';
}
