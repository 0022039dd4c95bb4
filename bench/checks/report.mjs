import {quantile} from '../engine/report.mjs';
import {markdownTable} from '../markdown.mjs';
import {cpuOf, goalsOf, healthtop, isKept, megabyte, monit, standingsOf, trendsOf} from './goals.mjs';
import {everyMs} from './targets.mjs';

/**
 * @import {Starts} from './lateness.mjs'
 * @import {Watched} from './watch.mjs'
 * @import {Goal} from './goals.mjs'
 * @typedef {readonly Watched[]} Figures
 */

/** So many failures are told in words. */
const mostWords = 3;

/** @param {readonly number[]} values */
const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The lowest and the highest.
 *
 * @param {readonly number[]} values
 */
function rangeOf(values) {
	const [least, most] = [Math.min(...values), Math.max(...values)];
	return least === most ? String(least) : `${least} to ${most}`;
}

/**
 * @param {readonly number[]} values
 * @param {number} digits
 */
const spreadOf = (values, digits) =>
	values.length === 0 ? ['-', '-', '-'] : [0.5, 0.99, 1].map(share => quantile(values, share).toFixed(digits));

/** @param {Figures} figures */
function takenTable(figures) {
	return markdownTable([
		[
			'program',
			'checks',
			'CPU % of a core',
			'RSS MB, mean',
			'peak',
			'own descriptors',
			'threads',
			'children',
			'results not well',
		],
		...figures.map(watched => {
			const standings = standingsOf(watched);
			const columns = [
				mean(standings.map(({rssBytes}) => rssBytes / megabyte)).toFixed(1),
				(Number(standings.at(-1)?.peakRssBytes) / megabyte).toFixed(1),
				rangeOf(standings.map(({ownDescriptors}) => ownDescriptors)),
				rangeOf(standings.map(({threads}) => threads)),
				rangeOf(standings.map(({children}) => children)),
			];
			return [
				watched.who,
				String(watched.checks),
				cpuOf(watched).toFixed(2),
				...columns.map(text => (standings.length === 0 ? '-' : text)),
				String(watched.failed.count),
			];
		}),
	]);
}

/** @param {Figures} figures */
function startsTable(figures) {
	const sum = (/** @type {readonly Starts[]} */ checks, /** @type {'due' | 'missed' | 'again'} */ what) =>
		String(checks.reduce((total, check) => total + check[what], 0));
	const lines = figures.flatMap(({who, starts}) =>
		Object.entries(starts)
			.filter(([, checks]) => checks.length > 0)
			.map(([kind, checks]) => {
				const hasBeat = who !== monit;
				const [late, apart] = [checks.flatMap(check => check.late), checks.flatMap(check => check.apart)];
				return [
					who,
					kind,
					String(checks.length),
					sum(checks, 'due'),
					String(late.length),
					...(hasBeat ? [sum(checks, 'missed'), sum(checks, 'again')] : ['-', '-']),
					...spreadOf(hasBeat ? late : [], 0),
					...spreadOf(
						apart.map(ms => ms / 1000),
						2,
					),
				];
			}),
	);
	return markdownTable([
		[
			'program',
			'kind',
			'checks',
			'starts due',
			'seen',
			'missed',
			'twice',
			'late ms, p50',
			'p99',
			'largest',
			'between two, s: p50',
			'p99',
			'largest',
		],
		...lines,
	]);
}

/** @param {Figures} figures */
function besidesTable(figures) {
	return markdownTable([
		[
			'program',
			'rounds',
			's, p50',
			'largest',
			'http not 200',
			'logins to MariaDB/s',
			'refused',
			'idle timer late ms, p50',
			'p99',
			'largest',
			'wall clock moved ms',
		],
		...figures.map(watched => {
			const {who, notAnswered, logins, idle, clockMovedMs} = watched;
			return [
				who,
				...roundCells(roundsOf(watched)),
				String(notAnswered),
				...(logins ? [logins.perSecond.toFixed(2), String(logins.refused)] : ['-', '-']),
				...[idle.p50, idle.p99, idle.largest].map(ms => ms.toFixed(1)),
				clockMovedMs.toFixed(1),
			];
		}),
	]);
}

/**
 * How long those took who ask everything in rounds, ms.
 *
 * @param {Watched} watched
 */
function roundsOf({who, rounds, starts}) {
	return who === monit ? (starts.http[0]?.apart.map(ms => ms - everyMs) ?? []) : rounds;
}

/** @param {readonly number[]} rounds */
function roundCells(rounds) {
	const times = [0.5, 1].map(share => (quantile(rounds, share) / 1000).toFixed(2));
	return rounds.length === 0 ? ['-', '-', '-'] : [String(rounds.length), ...times];
}

/** @param {Watched} watched */
function trendsTable(watched) {
	return markdownTable([
		['healthtop run', 'per hour', '95 % interval'],
		...trendsOf(watched).map(({name, slope, halfWidth}) => [
			name,
			slope.toFixed(2),
			halfWidth === undefined
				? 'too few looks'
				: `${(slope - halfWidth).toFixed(2)} to ${(slope + halfWidth).toFixed(2)}`,
		]),
	]);
}

/** @param {readonly Goal[]} goals */
function goalsTable(goals) {
	return markdownTable([
		['goal of healthtop run', 'at most', '', 'is'],
		...goals.map(goal => [
			goal.goal,
			String(Math.floor(goal.most)),
			isKept(goal) ? 'pass' : '**miss**',
			goal.value.toFixed(goal.digits),
		]),
	]);
}

/** @param {Figures} figures */
function failures(figures) {
	return figures.flatMap(({who, failed: {count, words}}) =>
		count === 0 ? [] : [`${who}, not well: ${words.slice(0, mostWords).join('; ')}`],
	);
}

/** @param {Figures} figures */
export function checksReport(figures) {
	const engine = figures.find(({who}) => who === healthtop);
	const goals = goalsOf(figures);

	return [
		takenNote,
		takenTable(figures),
		...failures(figures),
		startsNote,
		startsTable(figures),
		besidesNote,
		besidesTable(figures),
		...(engine ? ['What must not grow:', trendsTable(engine)] : []),
		...(goals.length > 0 ? ['Goals:', goalsTable(goals)] : []),
	].join('\n\n');
}

const takenNote = [
	'The same checks every 10 s, of the same nginx, MariaDB and TCP ports, by one program after another; what those who are checked',
	'take does not count. Monit checks one after another and rests for 10 s after each round; it sends no query to MariaDB. The plug-ins',
	'are run by a loop on a beat of 10 s, up to 8 at once: of them the CPU of the plug-ins counts and of what they start, not of',
	'the loop; they send no query either. 1 MB is 2^20 bytes.',
].join('\n');

const startsNote = [
	'Starts as the servers saw them: the first byte of a request that names its check, the connection to a port of its own. Late: against',
	"the check's own beat; its phase is that of the earliest start within the measurement, so that a check is late against its own best.",
	'Missed: beats without a start within half a beat. Monit keeps no beat.',
].join('\n');

const besidesNote = [
	'A round is all checks once: of the plug-ins as their loop tells, of Monit the time between two starts less its rest of 10 s; healthtop',
	'has none, since it spreads its starts over the beat. Idle timer: of a Node beside it that has next to nothing to do, which is what this',
	'machine does to anybody. The wall clock, by which starts are seen, against the monotonic one.',
].join('\n');
