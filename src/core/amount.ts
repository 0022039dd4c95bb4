import {parseDurationMs} from './duration-ms.js';
import type {Unit} from './series-table.js';

const sizes: Readonly<Record<string, number>> = {
	B: 1,
	KiB: 2 ** 10,
	MiB: 2 ** 20,
	GiB: 2 ** 30,
	TiB: 2 ** 40,
	kB: 1e3,
	MB: 1e6,
	GB: 1e9,
	TB: 1e12,
};

/** ms in one of the unit. */
const times: Readonly<Partial<Record<Unit, number>>> = {ms: 1, seconds: 1000, days: 86_400_000};

/**
 * A number in the unit, written as that or, where the unit is one of time, size or share, as a duration (`7d`), a size (`512MiB`, `10MB/s`)
 * or with its sign (`90%`). Undefined for what is none.
 */
export function parseAmount(text: string, unit: Unit): number | undefined {
	const number = text.trim() === '' ? Number.NaN : Number(text);

	if (Number.isFinite(number)) {
		return number;
	}

	const time = times[unit];

	if (time !== undefined) {
		const ms = parseDurationMs(text);
		return ms === undefined ? undefined : ms / time;
	}

	if (unit === 'percent') {
		return /^\d+(?:\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) : undefined;
	}

	const [, count, size = '', each] = /^(-?\d+(?:\.\d+)?)([KMGT]iB|[kMGT]?B)(\/s)?$/.exec(text) ?? [];
	const isSize = unit === 'bytes/s' || (unit === 'bytes' && each === undefined);
	const factor = isSize ? sizes[size] : undefined;
	return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}
