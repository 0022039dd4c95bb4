import {messageOf} from '../core/errors.js';
import type {Compile, Query} from '../core/query.js';
import {parseQuery} from '../core/query-parse.js';
import {type FilterField, type Filtering, noFilter} from './filter-field.js';

/** The beginning of `and`, `or` or `not` at the end of a text, or one of them with nothing behind it. */
const operatorBegun = /(?:\s+(?:an?d?|or?|no?t?))+\s*$/i;

/** Reads the filter as it is typed. What cannot be understood yet leaves the last one that could in force. */
export class FilterReader {
	readonly #load: () => Promise<Compile>;
	readonly #onLoaded: () => void;
	#compile: Compile | undefined;
	#isLoading = false;
	#filtering: Filtering = {...noFilter, query: undefined, problem: undefined};

	/** `onLoaded` is called when what was not understood for want of regular expressions may be now. */
	constructor(load: () => Promise<Compile>, onLoaded: () => void) {
		this.#load = load;
		this.#onLoaded = onLoaded;
	}

	get current(): Filtering {
		return this.#filtering;
	}

	get isUnderstood(): boolean {
		return this.#filtering.problem === undefined;
	}

	/** The field has changed, perhaps. */
	show(field: FilterField): void {
		if (field.text === this.#filtering.text && field.before === this.#filtering.before) {
			return;
		}

		this.#read(field);
	}

	#read(field: FilterField): void {
		if (field.text.trim() === '') {
			this.#filtering = {...field, query: undefined, problem: undefined};
			return;
		}

		const parsed = this.#parse(field.text);
		const problem = parsed.ok ? undefined : parsed.problem;
		this.#filtering = {...field, query: this.#inForce(field, parsed), problem};
	}

	/**
	 * While somebody types, what stands before a word that is not complete goes on to count: one that is not understood, or the beginning
	 * of an operator, which would be a word to look for.
	 */
	#inForce({text, before}: FilterField, parsed: ReturnType<typeof parseQuery>): Query | undefined {
		const begun = before === undefined ? null : (operatorBegun.exec(text) ?? (parsed.ok ? null : /\S+\s*$/.exec(text)));

		if (!begun) {
			return parsed.ok ? parsed.query : this.#filtering.query;
		}

		const rest = text.slice(0, begun.index);
		const complete = this.#parse(rest);
		return rest.trim() === '' ? undefined : complete.ok ? complete.query : this.#filtering.query;
	}

	#parse(text: string) {
		return parseQuery(text, pattern => this.#patterns()(pattern));
	}

	/** @throws Error as long as they are being loaded. */
	#patterns(): Compile {
		if (this.#compile) {
			return this.#compile;
		}

		if (!this.#isLoading) {
			this.#isLoading = true;
			this.#load().then(
				compile => this.#loaded(compile),
				error =>
					this.#loaded(() => {
						throw new Error(messageOf(error));
					}),
			);
		}

		throw new Error('patterns are being loaded');
	}

	#loaded(compile: Compile): void {
		this.#compile = compile;
		this.#read(this.#filtering);
		this.#onLoaded();
	}
}
