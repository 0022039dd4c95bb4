import type {MeasureUnit} from './check.js';
import {parseDurationMs} from './duration-ms.js';

/** A Nagios range (https://nagios-plugins.org/doc/guidelines.html#THRESHOLDFORMAT): values outside it alarm, with `@` those inside. */
export type Range = {readonly least: number; readonly most: number; readonly isInside: boolean};

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

/** `10`, `10:`, `~:10`, `10:20`, `@10:20`; sizes and durations where the unit is one. Undefined for what is none. */
export function parseRange(text: string, unit: MeasureUnit): Range | undefined {
	const [, inside = '', first, hasColon, second = ''] = /^(@?)([^:@\s]*)(:?)([^:@\s]*)$/.exec(text.trim()) ?? [];

	if (first === undefined || (first === '' && second === '')) {
		return undefined;
	}

	const [low, high] = hasColon === '' ? ['', first] : [first, second];
	const least = low === '~' ? Number.NEGATIVE_INFINITY : low === '' ? 0 : numberOf(low, unit);
	const most = high === '' ? Number.POSITIVE_INFINITY : numberOf(high, unit);
	return least === undefined || most === undefined || least > most
		? undefined
		: {least, most, isInside: inside === '@'};
}

/** Whether a value alarms. */
export function isAlarming(value: number, {least, most, isInside}: Range): boolean {
	const isWithin = value >= least && value <= most;
	return isInside ? isWithin : !isWithin;
}

function numberOf(text: string, unit: MeasureUnit): number | undefined {
	const number = Number(text);

	if (Number.isFinite(number)) {
		return number;
	}

	if (unit === 'seconds' || unit === 'ms') {
		const ms = parseDurationMs(text);
		return ms === undefined ? undefined : unit === 'ms' ? ms : ms / 1000;
	}

	const [, count, size = ''] = /^(-?\d+(?:\.\d+)?)([KMGT]iB|[kMGT]?B)$/.exec(text) ?? [];
	const isSize = unit === 'bytes' || unit === 'bytes/s';
	const factor = isSize ? sizes[size] : undefined;

	if (unit === 'percent' && /^\d+(?:\.\d+)?%$/.test(text)) {
		return Number(text.slice(0, -1));
	}

	return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}
