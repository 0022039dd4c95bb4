/**
 * The choice that was most likely meant; undefined when none is near. Near is: at most two letters, or a third of them,
 * left out, put in, changed or swapped with their neighbour, and at least one of them right.
 */
export function didYouMean(text: string, choices: readonly string[]): string | undefined {
	const most = Math.max(2, Math.floor(text.length / 3));
	let nearest: {readonly choice: string; readonly distance: number} | undefined;

	for (const choice of choices) {
		const limit = Math.min(most, text.length - 1, choice.length - 1);
		const distance = distanceOf(text.toLowerCase(), choice.toLowerCase(), limit);

		if (distance <= limit && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) {
			nearest = {choice, distance};
		}
	}

	return nearest?.choice;
}

/** Damerau and Levenshtein's distance, of neighbours swapped once (optimal string alignment). Beyond `limit`: some number above it. */
function distanceOf(a: string, b: string, limit: number): number {
	// A key may be as long as a configuration: what cannot be near is not compared.
	if (Math.abs(a.length - b.length) > limit) {
		return limit + 1;
	}

	let [beforeLast, last]: [number[], number[]] = [[], Array.from({length: b.length + 1}, (_, column) => column)];

	for (let row = 1; row <= a.length; row++) {
		const current = [row];

		for (let column = 1; column <= b.length; column++) {
			const isSame = a[row - 1] === b[column - 1];
			const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			current.push(
				Math.min(
					at(last, column) + 1,
					at(current, column - 1) + 1,
					at(last, column - 1) + (isSame ? 0 : 1),
					isSwap ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
				),
			);
		}

		[beforeLast, last] = [last, current];
	}

	return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
	return row[column] ?? Number.POSITIVE_INFINITY;
}
