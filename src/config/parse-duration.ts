const units: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/** `"200ms"`, `"1.5s"`, `"5m"`, `"48h"`, `"90d"` in ms; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
	const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
	return number === undefined ? undefined : Number(number) * (units[unit] ?? Number.NaN);
}
