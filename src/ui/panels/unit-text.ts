import {responseTime} from '../../core/check-words.js';
import {bytesPerSecond, bytesShort, span, tenths} from '../../core/format.js';
import {type Safe, safe, safeText, trimSafe} from '../../core/safe.js';
import {baseOf} from '../../core/series.js';
import {seriesTable, type Unit} from '../../core/series-table.js';

const units = new Map(seriesTable.map(({name, unit}) => [baseOf(name), unit]));

/** The unit of a series; of one that nobody knows it is a count. */
export function unitOf(series: string): Unit {
	return units.get(baseOf(series)) ?? 'count';
}

/** A value with its unit: `96.2%`, `3.1 GiB`, `42 ms`, `5h 12m`. */
export function valueText(value: number, unit: Unit): Safe {
	switch (unit) {
		case 'percent':
			return safe`${shortNumber(value)}%`;
		case 'bytes':
			return bytesShort(value);
		case 'bytes/s':
			return trimSafe(bytesPerSecond(value));
		case 'seconds':
			return span(value);
		case 'ms':
			return responseTime(value);
		case 'per second':
			return safe`${shortNumber(value)}/s`;
		case 'bits/s':
			return safe`${shortNumber(value / 1e6)} Mbit/s`;
		case 'MHz':
		case 'cores':
		case 'days':
			return safe`${shortNumber(value)} ${safeText(unit)}`;
		case 'degrees C':
			return safe`${shortNumber(value)} °C`;
		case 'count':
		case '0 or 1':
			return shortNumber(value);
	}
}

function shortNumber(value: number): Safe {
	return Number.isInteger(value) ? safe`${value}` : trimSafe(tenths(value));
}
