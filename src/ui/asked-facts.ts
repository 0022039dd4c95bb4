import type {Facts} from '../core/facts.js';

/** What the machine is: asked once, when somebody wants to see it for the first time. */
export class AskedFacts {
	readonly #ask: () => Promise<Facts | undefined>;
	readonly #onFacts: () => void;
	#hasAsked = false;
	#facts: Facts | undefined;

	/** `onFacts` is called when there is more to show. */
	constructor(ask: () => Promise<Facts | undefined>, onFacts: () => void) {
		this.#ask = ask;
		this.#onFacts = onFacts;
	}

	/** Undefined until the machine has told. */
	get facts(): Facts | undefined {
		return this.#facts;
	}

	want(): void {
		if (!this.#hasAsked) {
			this.#hasAsked = true;
			this.#ask().then(facts => {
				this.#facts = facts;
				this.#onFacts();
			});
		}
	}
}
