import type {Failure} from '../core/check.js';

/** Ends a question early, with what there is to say of it. Caught by `asking`. */
export class Failed extends Error {
	readonly failure: Failure;

	constructor(failure: Failure) {
		super(failure.reason);
		this.failure = failure;
	}
}
