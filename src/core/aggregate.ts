/** What some values of a series amount to. Added to in place: there are a hundred of them, every second. */
export type Total = {count: number; sum: number; min: number; max: number};

/** By series. One without values is absent. */
export type Totals = Map<string, Total>;

/** Totals that are only read. */
export type SomeTotals = ReadonlyMap<string, Readonly<Total>>;

/** Adds one value. What is not a finite number is a gap, and leaves no trace. */
export function addValue(totals: Totals, series: string, value: number): void {
	if (!Number.isFinite(value)) {
		return;
	}

	const total = totals.get(series);

	if (total) {
		total.count += 1;
		total.sum += value;
		total.min = value < total.min ? value : total.min;
		total.max = value > total.max ? value : total.max;
	} else {
		totals.set(series, {count: 1, sum: value, min: value, max: value});
	}
}

/** Adds all the values that `more` was made of. */
export function addTotals(totals: Totals, more: SomeTotals): void {
	for (const [series, total] of more) {
		totals.set(series, joined(totals.get(series), total));
	}
}

/** The total of the values of both. */
export function joined(a: Readonly<Total> | undefined, b: Readonly<Total>): Total {
	return a
		? {count: a.count + b.count, sum: a.sum + b.sum, min: Math.min(a.min, b.min), max: Math.max(a.max, b.max)}
		: {...b};
}

export function averageOf({count, sum}: Readonly<Total>): number {
	return sum / count;
}

/** How many values it is made of, as 16 bits can say it. */
export function countOf({count}: Readonly<Total>): number {
	return Math.min(65_535, count);
}
