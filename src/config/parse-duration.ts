/** Units of time in ms, smallest first. */
export const units: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/** What a duration looks like. */
export const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** `"200ms"`, `"1.5s"`, `"5m"`, `"48h"`, `"90d"` in ms, exact to a microsecond; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
	const [, number, unit = ''] = durationPattern.exec(text) ?? [];
	return number === undefined ? undefined : Math.round(Number(number) * (units[unit] ?? Number.NaN) * 1000) / 1000;
}
