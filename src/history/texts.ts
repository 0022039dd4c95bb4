import {type Safe, safeText} from '../core/safe.js';

/** Of a longer text the end is not kept, UTF-16 units: what comes from outside may be 4 KiB, and fills no screen. */
const longest = 240;

/** What a string costs beside its characters, and its place in the list, bytes. */
const perText = 24;

/** Texts that are each kept once, by their places in a list. */
export class Texts {
	readonly #list: Safe[] = [];
	readonly #places = new Map<Safe, number>();
	#bytes = 0;

	/** What they hold of memory, about. */
	get bytes(): number {
		return this.#bytes;
	}

	/** The text's place; 0 for none. */
	place(text: Safe | undefined): number {
		if (text === undefined) {
			return 0;
		}

		const known = this.#places.get(text);
		return known ?? this.#add(ownCopy(text));
	}

	/** The text at a place. */
	at(place: number): Safe | undefined {
		return this.#list[place - 1];
	}

	/** No text will be added any more: how they were found is forgotten. */
	close(): void {
		this.#places.clear();
	}

	#add(copy: Safe): number {
		const known = this.#places.get(copy);

		if (known !== undefined) {
			return known;
		}

		this.#list.push(copy);
		this.#places.set(copy, this.#list.length);
		this.#bytes += perText + copy.length * (isLatin1(copy) ? 1 : 2);
		return this.#list.length;
	}
}

/** A piece of a string keeps the whole of it in memory, and the pieces of four kilobytes would be kept for a day: so the bytes are copied. */
function ownCopy(text: Safe): Safe {
	return safeText(Buffer.from(text.slice(0, longest)).toString());
}

function isLatin1(text: string): boolean {
	return /^[\x20-\xff]*$/.test(text);
}
