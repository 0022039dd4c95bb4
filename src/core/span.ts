const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** What graphs can show at once, shortest first. `readings`: one reading a value, as far back as there is room for. */
export const spanNames = ['readings', '5m', '15m', '1h', '6h', '24h', '7d', '30d', '90d'] as const;

export type SpanName = (typeof spanNames)[number];

/** How long a span is, and how far one key press moves in it, ms. */
export type Span = {readonly ms: number; readonly move: number};

export const spans: Readonly<Record<Exclude<SpanName, 'readings'>, Span>> = {
	'5m': {ms: 5 * minute, move: 5000},
	'15m': {ms: 15 * minute, move: 15_000},
	'1h': {ms: hour, move: minute},
	'6h': {ms: 6 * hour, move: 5 * minute},
	'24h': {ms: day, move: 15 * minute},
	'7d': {ms: 7 * day, move: 2 * hour},
	'30d': {ms: 30 * day, move: 6 * hour},
	'90d': {ms: 90 * day, move: day},
};

/** The span so many longer, or, negative, shorter; the last one there is where there is none. */
export function neighbourSpan(name: SpanName, steps: number): SpanName {
	const index = Math.max(0, Math.min(spanNames.length - 1, spanNames.indexOf(name) + steps));
	return spanNames[index] ?? name;
}
