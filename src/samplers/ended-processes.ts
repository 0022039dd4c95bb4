import {busiest} from './busiest.js';
import type {Ended} from './ended-traffic.js';
import type {ProcessEntry} from './process-entry.js';
import {bytesSince, type MinuteStart, settle, ticksSince} from './process-minute-rows.js';

/** Of those that began and ended within the minute so many are remembered, the first by CPU and by disk: twice as many as there are rows. */
const mostBrief = 40;

/** And the parents of so many: on a machine that starts hundreds a second, what of it is on which parent's account is not worth more memory. */
const mostParents = 10_000;

/** Remembers who ended within the minute. */
export type EndedProcesses = {
	/** It was missing at `at` (monotonic, ms). */
	add(entry: ProcessEntry, start: MinuteStart, at: number): void;
	/** To be called after each pass, so that they do not become many. */
	trim(): void;
	all(): Ended;
	/** Another minute begins. */
	clear(): void;
};

export function endedProcesses(): EndedProcesses {
	/** Who was there when the minute began: not more than there were then. */
	let old: ProcessEntry[] = [];
	let brief: ProcessEntry[] = [];
	let parents = new Map<number, number>();

	return {
		add(entry, start, at) {
			const isBrief = !entry.base;
			const {pid, parent} = entry.row;
			entry.endedAt = at;
			settle(entry, start);

			if (entry.base) {
				(isBrief ? brief : old).push(entry);
			}

			if (parents.size < mostParents) {
				parents.set(pid, parent);
			}
		},

		trim() {
			brief = busiest(brief, [ticksSince, bytesSince], mostBrief);
		},

		all() {
			const entries = [...old, ...brief].sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
			return {entries, parents};
		},

		clear() {
			[old, brief, parents] = [[], [], new Map()];
		},
	};
}
