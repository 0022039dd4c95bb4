/** What a candidate is measured by: it takes part in an order only with more than 0. */
type Measure<T> = (one: T) => number;

/**
 * At most `most` of all: the first of each order in turn, then the second of each, and so on. Who is chosen already takes no turn, and where an
 * order has come to its end the others go on.
 */
export function busiest<T extends object>(all: readonly T[], measures: readonly Measure<T>[], most: number): T[] {
	const orders = measures.map(measure => largest(all, measure, most));
	const chosen = new Set<T>();

	for (let turn = 0, idle = 0; chosen.size < most && idle < orders.length; turn++) {
		const next = orders[turn % orders.length]?.find(one => !chosen.has(one));
		idle = next ? 0 : idle + 1;

		if (next) {
			chosen.add(next);
		}
	}

	return [...chosen];
}

/** Those with most, in one go: sorting thousands for a few of them would take ten times as long. Of equals the first ones. */
function largest<T>(all: readonly T[], measure: Measure<T>, most: number): T[] {
	const top: {readonly one: T; readonly value: number}[] = [];

	for (const one of all) {
		const value = measure(one);

		if (value > 0 && (top.length < most || value > (top.at(-1)?.value ?? 0))) {
			const place = top.findIndex(other => other.value < value);
			top.splice(place < 0 ? top.length : place, 0, {one, value});
			top.splice(most);
		}
	}

	return top.map(({one}) => one);
}
