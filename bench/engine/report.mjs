import {markdownTable} from '../markdown.mjs';

/**
 * @import {AttachRow} from './attach.mjs'
 * @import {CrowdRow} from './crowd.mjs'
 * @import {WatchedRow, Window} from './watched.mjs'
 * @typedef {{
 *   readonly world: number,
 *   readonly rows: readonly WatchedRow[],
 *   readonly htop: Window | undefined,
 *   readonly spawns: number | undefined,
 * }} Watched
 * @typedef {{readonly watched: readonly Watched[], readonly attach: readonly AttachRow[], readonly crowd: readonly CrowdRow[]}} Figures
 * @typedef {{readonly goal: string, readonly where: string, readonly value: number, readonly most: number, readonly digits: number}} Goal
 */

const megabyte = 2 ** 20;

/** @param {number} bytes */
const megabytes = bytes => (bytes / megabyte).toFixed(1);

/** @param {number} count */
const screensText = count => (count === 1 ? '1 screen' : `${count} screens`);

/**
 * The nearest rank.
 *
 * @param {readonly number[]} values
 * @param {number} share
 */
export const quantile = (values, share) =>
	values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;

/** @param {readonly Watched[]} watched */
function aloneTable(watched) {
	const line = (
		/** @type {string} */ processes,
		/** @type {string} */ who,
		/** @type {Window} */ window,
		/** @type {number | undefined} */ spawns,
	) => [
		processes,
		who,
		window.cpu.toFixed(2),
		...[window.rssBytes, window.peakRssBytes, window.privateBytes].map(megabytes),
		...[window.descriptors, window.threads, window.switches].map(Math.round).map(String),
		spawns?.toFixed(2) ?? '-',
	];

	return markdownTable([
		[
			'processes',
			'program',
			'CPU % of a core',
			'RSS MB',
			'peak RSS MB',
			'private MB',
			'descriptors',
			'threads',
			'context switches/s',
			'spawns/s',
		],
		...watched.flatMap(({rows: [first], htop, spawns}) =>
			first
				? [
						line(String(first.processes), 'healthtop run', first.engine, spawns),
						...(htop ? [line(String(first.processes), 'htop at 80x24', htop, undefined)] : []),
					]
				: [],
		),
	]);
}

/**
 * How much more the engine took than by itself, before and after the screens of that size, for each of them.
 *
 * @param {readonly WatchedRow[]} rows
 * @param {number} index
 */
export function addedTo(rows, index) {
	const row = rows[index];
	const before = rows.slice(0, index).findLast(({screens}) => screens === 0)?.engine;
	const after = rows.slice(index).find(({screens}) => screens === 0)?.engine;

	if (!row || row.screens === 0 || !before || !after) {
		return undefined;
	}

	const {screens, engine} = row;
	return {
		cpu: (engine.cpu - (before.cpu + after.cpu) / 2) / screens,
		rssBytes: (engine.rssBytes - before.rssBytes) / screens,
	};
}

/** @param {readonly Watched[]} watched */
function watchedTable(watched) {
	return markdownTable([
		[
			'processes',
			'screens',
			'engine: CPU %',
			'RSS MB',
			'added by each: CPU %',
			'RSS MB',
			'each screen: CPU %',
			'RSS MB',
			'private MB',
		],
		...watched.flatMap(({rows}) =>
			rows.map(({processes, size, screens, engine, each}, index) => {
				const added = addedTo(rows, index);
				return [
					String(processes),
					screens === 0 ? 'none' : `${screens} at ${size}`,
					engine.cpu.toFixed(2),
					megabytes(engine.rssBytes),
					...(added ? [added.cpu.toFixed(2), megabytes(added.rssBytes)] : ['', '']),
					...(each ? [each.cpu.toFixed(2), megabytes(each.rssBytes), megabytes(each.privateBytes)] : ['', '', '']),
				];
			}),
		),
	]);
}

/** @param {readonly AttachRow[]} rows */
function attachTable(rows) {
	const times = (/** @type {readonly number[]} */ ms) =>
		[quantile(ms, 0.5), Math.max(...ms)].map(value => value.toFixed(0));

	return markdownTable([
		[
			'about processes',
			'past of the engine',
			'size',
			'starts',
			'first picture ms, p50',
			'largest',
			'`node -e 0` ms, p50',
			'largest',
		],
		...rows.map(({world, past, size, attached, bare}) => [
			String(world),
			past,
			size,
			String(attached.length),
			...times(attached),
			...times(bare),
		]),
	]);
}

/** @param {readonly CrowdRow[]} rows */
function crowdTable(rows) {
	return markdownTable([
		[
			'processes',
			'who looks on',
			'engine: CPU %',
			'RSS MB',
			'peak RSS MB',
			'readings',
			'missed',
			'late ms, p50',
			'p99',
			'largest',
		],
		...rows.map(({processes, who, engine, beats}) => {
			const lags = beats.map(({lag}) => lag);
			return [
				String(processes),
				who,
				engine?.cpu.toFixed(2) ?? '',
				...[engine?.rssBytes, engine?.peakRssBytes].map(bytes => (bytes === undefined ? '' : megabytes(bytes))),
				String(beats.length),
				String(beats.reduce((sum, {missed}) => sum + missed, 0)),
				...[0.5, 0.99, 1].map(share => quantile(lags, share).toFixed(1)),
			];
		}),
	]);
}

/**
 * What was promised, and what it is.
 *
 * @param {Figures} figures
 * @returns {readonly Goal[]}
 */
export function goalsOf({watched, attach}) {
	return [
		...watched.flatMap(({rows: [first]}) => {
			const where = `${first?.processes} processes`;
			return first
				? [
						{goal: 'the engine by itself: CPU % of a core', where, value: first.engine.cpu, most: 0.3, digits: 2},
						{goal: 'the engine by itself: RSS MB', where, value: first.engine.rssBytes / megabyte, most: 60, digits: 1},
					]
				: [];
		}),
		...watched.flatMap(({rows}) =>
			rows.flatMap(({processes, size, screens}, index) => {
				const added = addedTo(rows, index);
				const where = `${processes} processes, ${screensText(screens)} at ${size}`;
				return added
					? [{goal: 'each screen adds to the engine: CPU % of a core', where, value: added.cpu, most: 0.2, digits: 2}]
					: [];
			}),
		),
		...attach.map(({world, past, size, attached}) => ({
			goal: 'first picture of an attached screen: p50 ms',
			where: `about ${world} processes, ${size}, past: ${past}`,
			...{value: quantile(attached, 0.5), most: 250, digits: 0},
		})),
	];
}

/**
 * @param {readonly Goal[]} goals
 */
function goalsTable(goals) {
	return markdownTable([
		['goal', 'at most', 'where', '', 'is'],
		...goals.map(({goal, where, value, most, digits}) => [
			goal,
			String(most),
			where,
			value <= most ? 'pass' : '**miss**',
			value.toFixed(digits),
		]),
	]);
}

/** @param {Figures} figures */
export function engineReport(figures) {
	const {watched, attach, crowd} = figures;
	const goals = goalsOf(figures);

	return [
		...(watched.length > 0 ? ['By itself, beside htop at the same time:', aloneTable(watched)] : []),
		...(watched.length > 0 ? [watchedNote, watchedTable(watched)] : []),
		...(attach.length > 0 ? [attachNote, attachTable(attach)] : []),
		...(crowd.length > 0 ? [crowdNote, crowdTable(crowd)] : []),
		...(goals.length > 0 ? ['Goals:', goalsTable(goals)] : []),
	].join('\n\n');
}

const watchedNote = [
	'With screens, one engine from the top to the bottom. CPU added: more than the mean of what it took by itself before and after, per',
	'screen; RSS added: more than before. 1 MB is 2^20 bytes.',
].join('\n');

const attachNote = [
	'From the start of `healthtop` to its first picture on an emulated screen, and bare Node in turn with it. The past was made of a',
	'reading each 200 ms, and that engine goes on reading so often:',
].join('\n');

const crowdNote = [
	'With many screens at 120x36, and one more client that reads of each reading how late it began (`self.lag`):',
].join('\n');
