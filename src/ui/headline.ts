import {type CheckState, checkReason, checkState, knownSince} from '../core/check-state.js';
import {attemptText} from '../core/check-words.js';
import {diskUse, levelOfDisk, levelOfInodes} from '../core/disk-level.js';
import {percent, span} from '../core/format.js';
import {type Level, levelOf} from '../core/levels.js';
import {joinSafe, type Safe, safe, safeText, trimSafe} from '../core/safe.js';
import type {Check, Filesystem, Snapshot} from '../core/snapshot.js';
import {cut} from '../core/width.js';
import type {Standing} from '../engine/store.js';
import {alertTroubles, notifierTroubles, type ToldByAlerts, toldByAlerts} from './alert-troubles.js';
import {servicesOf} from './panels/service-rows.js';

/** One thing that is wrong. */
export type Trouble = {
	readonly level: Exclude<Level, 'ok'>;
	readonly text: Safe;
	/** The same with all there is to say, for the one that has the line to itself. */
	readonly whole?: Safe;
	/** Behind others it is worth its place with so many columns of its text; absent: with all of it only. */
	readonly least?: number;
	/** One of the configuration: somebody waits for what it was to change, whatever else is wrong. */
	readonly isConfiguration?: true;
};

/**
 * What is wrong now, worst first: ways to tell people, alerts, and what no alert tells: services, space, memory, and what could not be read.
 * Empty when all is well.
 */
export function troublesOf(snapshot: Snapshot): readonly Trouble[] {
	// What gave no answer is among the problems.
	const answered = snapshot.filesystems.filter(({usage}) => usage);
	const told = toldByAlerts(snapshot);
	const memory = snapshot.series.get('memory.used');
	const found: (Omit<Trouble, 'level'> & {readonly level: Level})[] = [
		...notifierTroubles(snapshot),
		...alertTroubles(snapshot),
		...serviceTroubles(snapshot, told),
		...answered
			.filter(filesystem => !told.disk(filesystem, measureOf(filesystem)))
			.map(filesystem => ({
				level: levelOfDisk(filesystem),
				text: safe`${filesystem.name} ${diskUse(filesystem)}`,
			})),
		...(told.memory ? [] : [{level: levelOf('memory.used', memory), text: safe`memory ${trimSafe(percent(memory))}`}]),
	];
	found.push(
		...snapshot.problems
			.filter(({isNote}) => !isNote)
			.map(({area, source, reason}) => ({
				level: 'warning' as const,
				text: safe`${source}: ${reason}`,
				...(area === 'configuration' && {isConfiguration: true as const}),
			})),
	);
	const troubles = found.filter((one): one is Trouble => one.level !== 'ok');
	return troubles.toSorted((a, b) => Number(b.level === 'critical') - Number(a.level === 'critical'));
}

/** Of which measure `diskUse` tells. */
function measureOf({usage}: Filesystem): 'disk.used' | 'disk.inodes_used' {
	const isSpace = !usage || levelOf('disk.used', usage.usedPercent) !== 'ok' || levelOfInodes(usage) === 'ok';
	return isSpace ? 'disk.used' : 'disk.inodes_used';
}

/** Columns of a reason that are worth it where it is not the first: others are to fit behind it, too. */
const reasonColumns = 32;

/** Those that are blocked are left out: what blocks them is there. Of the past nobody needs to know what could not be judged. */
function serviceTroubles(snapshot: Snapshot, told: ToldByAlerts): readonly Trouble[] {
	const {checks, impaired, past} = snapshot;
	const isImpaired =
		impaired === undefined ? [] : [{level: 'warning' as const, text: safe`monitor impaired: ${impaired}`}];
	const troubles = servicesOf(snapshot).counts;

	if (troubles.critical + troubles.warning + troubles.unknown === 0) {
		return isImpaired;
	}

	const inState = (state: CheckState) => checks.filter(check => checkState(check) === state && !told.check(check));
	const failed = (level: Trouble['level']) =>
		inState(level).map(check => {
			const [reason, since] = [checkReason(check) ?? safeText(level), sinceText(check, snapshot)];
			return {
				level,
				text: safe`${check.name} ${cut(reason, reasonColumns)}${since}`,
				whole: safe`${check.name} ${reason}${since}`,
			};
		});
	const unknown = past ? [] : inState('unknown');
	return [
		...failed('critical'),
		...failed('warning'),
		...isImpaired,
		...unknown.map(check => {
			const reason = checkReason(check) ?? safe`-`;
			return {
				level: 'warning' as const,
				text: safe`${check.name} unknown: ${cut(reason, reasonColumns + 8)}`,
				whole: safe`${check.name} unknown: ${reason}`,
			};
		}),
	];
}

function sinceText(check: Check, snapshot: Snapshot): Safe {
	const since = knownSince(check, snapshot);
	return since === undefined ? safe`` : safe` ${span((snapshot.at - since) / 1000)}`;
}

/** What is wrong between the screen and its engine: worse than all else, since all else may be over. */
export function standingTroubles({trouble, problem}: Standing): readonly Trouble[] {
	return [
		...(trouble === undefined ? [] : [{level: 'critical', text: trouble} as const]),
		...(problem === undefined ? [] : [{level: 'warning', text: problem, isConfiguration: true} as const]),
	];
}

/** In their order. The same trouble of screen and engine (they have one configuration) is one; it comes right behind the first. */
export function joinedTroubles(own: readonly Trouble[], others: readonly Trouble[]): readonly Trouble[] {
	const all = [...own, ...others.filter(({text}) => own.every(trouble => trouble.text !== text))];
	const [first, ...rest] = all.toSorted((a, b) => Number(b.level === 'critical') - Number(a.level === 'critical'));
	return first ? [first, ...rest.filter(one => one.isConfiguration), ...rest.filter(one => !one.isConfiguration)] : [];
}

/**
 * What to say when there is no trouble. `isWell`: it goes on after the words that all is well, which it is not always. `isTold`: there is
 * somebody who is told when that changes, or nobody knows.
 */
export function quietText(
	snapshot: Snapshot,
	dot: Safe,
	isTold = snapshot.notifiers.length > 0 || snapshot.past !== undefined,
): {readonly isWell: boolean; readonly text: Safe} {
	const {length} = snapshot.checks;
	const {failing, waiting} = servicesOf(snapshot).counts;
	const seconds = snapshot.series.get('uptime');
	const up = seconds === undefined ? [] : [safe`up ${span(seconds)}`];
	const nobodyTold = isTold ? [] : [safe`alerts: screen only`];
	const count = length === 1 ? safe`1 service` : safe`${length} services`;

	if (failing > 0) {
		return {isWell: false, text: failingText(snapshot, dot)};
	}

	if (length > 0 && waiting === length) {
		const text = safe`${count}, ${length === 1 ? safe`no result` : safe`no results`} yet`;
		return {isWell: false, text: joinSafe([text, ...up], safe` ${dot} `)};
	}

	const services = length === 0 ? [] : [waiting > 0 ? safe`${count}, ${waiting} waiting` : count];
	return {isWell: true, text: joinSafe([safe``, ...services, ...up, ...nobodyTold], safe` ${dot} `)};
}

/** `1 failing, not certain yet: shop refused on 127.0.0.1:80 1/3`. */
function failingText({checks}: Snapshot, dot: Safe): Safe {
	const failing = checks.filter(check => checkState(check) === 'failing');
	const texts = failing.map(check =>
		joinSafe(
			[check.name, checkReason(check) ?? safe``, attemptText(check)].filter(part => part !== ''),
			safe` `,
		),
	);
	return safe`${failing.length} failing, not certain yet: ${joinSafe(texts, safe` ${dot} `)}`;
}
