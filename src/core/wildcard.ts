/**
 * Whether the whole of a text is what a pattern with wildcards describes: `*` any characters, `?` one. Takes at most the product of both
 * lengths, whatever they are.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
	let [p, t] = [0, 0];
	/** Where to go on when what follows the last star does not fit. */
	let [afterStar, from] = [-1, 0];

	while (t < text.length) {
		if (pattern[p] === '*') {
			p += 1;
			[afterStar, from] = [p, t];
		} else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
			p += 1;
			t += 1;
		} else if (afterStar >= 0) {
			from += 1;
			[p, t] = [afterStar, from];
		} else {
			return false;
		}
	}

	while (pattern[p] === '*') {
		p += 1;
	}

	return p === pattern.length;
}
