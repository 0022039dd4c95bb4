import type {Measure, Query} from './query.js';

/** What is read only of processes on the screen. */
const dear: ReadonlySet<Measure> = new Set(['files', 'read', 'write']);

/** True for a filter that asks for open files or disk traffic: to judge a process, that has to be read of all of them. */
export function needsDetails(query: Query): boolean {
	switch (query.kind) {
		case 'and':
		case 'or':
			return query.parts.some(needsDetails);
		case 'not':
			return needsDetails(query.part);
		case 'number':
			return dear.has(query.measure);
		default:
			return false;
	}
}
