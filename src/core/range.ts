import {parseAmount} from './amount.js';
import type {MeasureUnit} from './check.js';

/** A Nagios range (https://nagios-plugins.org/doc/guidelines.html#THRESHOLDFORMAT): values outside it alarm, with `@` those inside. */
export type Range = {readonly least: number; readonly most: number; readonly isInside: boolean};

/** `10`, `10:`, `~:10`, `10:20`, `@10:20`; sizes and durations where the unit is one. Undefined for what is none. */
export function parseRange(text: string, unit: MeasureUnit): Range | undefined {
	const [, inside = '', first, hasColon, second = ''] = /^(@?)([^:@\s]*)(:?)([^:@\s]*)$/.exec(text.trim()) ?? [];

	if (first === undefined || (first === '' && second === '')) {
		return undefined;
	}

	const [low, high] = hasColon === '' ? ['', first] : [first, second];
	const least = low === '~' ? Number.NEGATIVE_INFINITY : low === '' ? 0 : parseAmount(low, unit);
	const most = high === '' ? Number.POSITIVE_INFINITY : parseAmount(high, unit);
	return least === undefined || most === undefined || least > most
		? undefined
		: {least, most, isInside: inside === '@'};
}

/** Whether a value alarms. */
export function isAlarming(value: number, {least, most, isInside}: Range): boolean {
	const isWithin = value >= least && value <= most;
	return isInside ? isWithin : !isWithin;
}
