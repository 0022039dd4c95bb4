/** A series' name with its instance after the first colon: `disk.used:/data`. */
export function seriesName(base: string, instance: string): string {
	return `${base}:${instance}`;
}

/** `area.measure` of a series' name, without the instance. */
export function baseOf(series: string): string {
	const colon = series.indexOf(':');
	return colon < 0 ? series : series.slice(0, colon);
}

/** Two values together: undefined when the first is not known, while the second counts as nothing then. */
export function sumOf(series: ReadonlyMap<string, number>, first: string, second: string): number | undefined {
	const value = series.get(first);
	return value === undefined ? undefined : value + (series.get(second) ?? 0);
}
