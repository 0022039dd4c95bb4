import {setTimeout as sleep} from 'node:timers/promises';
import {startsOf} from './lateness.mjs';
import {everyMs} from './targets.mjs';

/**
 * @import {Standing} from '../engine/standing.mjs'
 * @import {Span} from './lateness.mjs'
 * @import {MariaDb, Served} from './mariadb.mjs'
 * @import {Nginx, Request} from './nginx.mjs'
 * @import {Options} from './options.mjs'
 * @import {Kind, Target} from './targets.mjs'
 * @import {Arrival, TcpPorts} from './tcp-ports.mjs'
 * @typedef {{readonly http: Nginx, readonly tcp: TcpPorts, readonly mysql: MariaDb | undefined}} Servers
 * @typedef {{readonly at: number, readonly cpuNs: number, readonly standing?: Standing}} Look `standing`: of who is there all the time.
 * @typedef {{readonly count: number, readonly words: readonly string[]}} Failed results that were not well, and what was said of some
 * @typedef {{
 *   look(): Look,
 *   failed(): Promise<Failed>,
 *   rounds?(span: Span): readonly number[],
 *   end(): Promise<unknown>,
 * }} Checker `rounds`: how long each took that ended then, ms, where that is told.
 * @typedef {Awaited<ReturnType<typeof watch>>} Watched
 */

/** Between two looks: no part of the beat of the checks, so that each look falls on another moment of it, ms. */
const lookMs = 1700;

/** A start of a beat within the measurement may come so long after it, ms. */
const graceMs = everyMs / 2;

/**
 * What somebody takes who checks, and when those who are checked see it.
 *
 * @param {string} who
 * @param {readonly Target[]} targets
 * @param {Servers} servers
 * @param {Checker} checker at work already
 * @param {Options} options
 */
export async function watch(who, targets, {http, tcp, mysql}, checker, {warmUpMs, windowMs}) {
	console.error(`${who}: ${targets.length} checks`);
	await sleep(warmUpMs);
	const clockBefore = clockAgainstMonotonic();
	const servedBefore = await mysql?.served();
	await tcp.beginIdle();
	const from = Date.now();
	const looks = await looksFor(windowMs, checker);
	const span = {from, to: Date.now()};
	const idle = await tcp.endIdle();
	const served = await mysql?.served();
	const clockMovedMs = clockAgainstMonotonic() - clockBefore;
	await sleep(graceMs);
	const failed = await checker.failed();
	await checker.end();
	const near = {from: span.from - graceMs, to: span.to + graceMs};
	const [requests, arrivals] = [http.requests(near), await tcp.arrivals(near)];

	return {
		...{who, checks: targets.length, looks, failed, idle, clockMovedMs},
		starts: startsSeen(targets, requests, arrivals, span),
		rounds: checker.rounds?.(span) ?? [],
		notAnswered: requests.filter(({status}) => status !== '200').length,
		logins: served && servedBefore && loginsOf(served, servedBefore, (span.to - span.from) / 1000),
	};
}

/**
 * @param {number} windowMs
 * @param {Checker} checker
 */
async function looksFor(windowMs, checker) {
	const looks = [checker.look()];
	const end = performance.now() + windowMs;

	for (let left = windowMs; left > 0; left = end - performance.now()) {
		await sleep(Math.min(lookMs, left));
		looks.push(checker.look());
	}

	return looks;
}

/**
 * @param {readonly Target[]} targets
 * @param {readonly Request[]} requests
 * @param {readonly Arrival[]} arrivals
 * @param {Span} span
 */
function startsSeen(targets, requests, arrivals, span) {
	const names = new Map(targets.flatMap(({kind, name, port}) => (kind === 'tcp' ? [[port, name]] : [])));
	const tcp = arrivals.map(({port, at}) => ({name: names.get(port) ?? '', at}));
	const all = [...requests, ...tcp].sort((a, b) => a.at - b.at);
	const timesOf = (/** @type {string} */ wanted) => all.flatMap(({name, at}) => (name === wanted ? [at] : []));
	const ofKind = (/** @type {Kind} */ wanted) =>
		targets.filter(({kind}) => kind === wanted).map(({name}) => startsOf(timesOf(name), everyMs, span));
	return {http: ofKind('http'), tcp: ofKind('tcp')};
}

/**
 * @param {Served} after
 * @param {Served} before
 * @param {number} seconds
 */
function loginsOf(after, before, seconds) {
	return {perSecond: (after.logins - before.logins) / seconds, refused: after.refused - before.refused};
}

/** Starts are seen by the wall clock, and made by the monotonic one: ms between both. */
const clockAgainstMonotonic = () => Date.now() - performance.now();
