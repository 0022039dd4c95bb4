import type {CheckFact, Finding} from '../core/check.js';
import {bytesShort, nearTime, percentTenths, span} from '../core/format.js';
import {joinSafe, safe, trimSafe} from '../core/safe.js';
import type {Found} from './attempt.js';
import type {Sight} from './process-search.js';

/** So many pids are shown. */
const mostPids = 8;

/** What is looked at when it has been found. `cpu`: percent of one core; undefined: not known yet. `at`: wall clock, ms. */
export type Look = Sight & {readonly cpu: number | undefined; readonly at: number};

/** How many there should be. */
export type Limits = {readonly atLeast: number; readonly atMost: number | undefined};

export function processFound(look: Look, limits: Limits): Found {
	const {running, cpu} = look;
	const count = running.length;
	const memory = running.reduce((sum, {memoryBytes}) => sum + memoryBytes, 0);
	const age = count > 0 ? Math.max(...running.map(process => process.age)) : undefined;
	const measures = {count, ...(cpu !== undefined && {cpu}), memory, ...(age !== undefined && {age})};
	const usage = cpu === undefined ? [bytesShort(memory)] : [trimSafe(percentTenths(cpu)), bytesShort(memory)];
	return {
		text: joinSafe([safe`${count} running`, ...(count > 0 ? usage : [])], safe`  `),
		measures,
		values: {BODY: JSON.stringify(measures)},
		findings: findingsOf(look, limits),
		facts: factsOf(look, age),
		...(cpu === undefined && {isFirst: true}),
	};
}

function findingsOf(sight: Sight, {atLeast, atMost}: Limits): readonly Finding[] {
	const count = sight.running.length;

	if (count < atLeast) {
		return [tooFew(sight, atLeast)];
	}

	return atMost !== undefined && count > atMost
		? [{status: 'critical', reason: safe`${count} running, at most ${atMost} wanted`}]
		: [];
}

function tooFew({running, zombies, unread, reason, isHiding}: Sight, atLeast: number): Finding {
	if (isHiding) {
		return {status: 'unknown', reason: safe`healthtop may not see the processes of others (hidepid)`};
	}

	if (running.length + unread >= atLeast && unread > 0) {
		return {status: 'unknown', reason: safe`command lines of ${unread} that wait for a disk cannot be read`};
	}

	const dead = zombies > 0 ? safe`; ${zombies} ${zombies === 1 ? safe`zombie` : safe`zombies`}` : safe``;
	return {status: 'critical', reason: reason ?? safe`${running.length} running, at least ${atLeast} wanted${dead}`};
}

function factsOf({running, user, at}: Look, age: number | undefined): readonly CheckFact[] {
	if (age === undefined) {
		return [];
	}

	const pids = running.map(({pid}) => safe`${pid}`);
	const more = pids.length > mostPids ? [safe`and ${pids.length - mostPids} more`] : [];
	const since = safe`${nearTime(at - age * 1000, at)} (${span(age)})`;
	return [
		{label: safe`pids`, value: joinSafe([...pids.slice(0, mostPids), ...more], safe` `)},
		...(user === undefined ? [] : [{label: safe`user`, value: user}]),
		{label: safe`oldest since`, value: since},
	];
}
