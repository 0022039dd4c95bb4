import {type Safe, safe, safeText} from './safe.js';

/** A mistake in a filter. Never leaves `parseQuery`. */
export class QueryError extends Error {
	override name = 'QueryError';

	readonly at: number;
	readonly problem: Safe;

	constructor(at: number, problem: Safe) {
		super(problem);
		this.at = at;
		this.problem = problem;
	}
}

/** As much of what was typed as a line has room for. */
export function shortOf(typed: string): Safe {
	return typed.length > 20 ? safe`${safeText(typed.slice(0, 20))}...` : safeText(typed);
}
