import {bytesPerSecond, bytesShort, span} from './format.js';
import {type Safe, safe, safeText, trimSafe} from './safe.js';
import type {Unit} from './series-table.js';

/** A value of a series in a few characters, with its unit: `96.2%`, `1.2 GiB`, `42 ms`, `5h 12m`, `yes`. */
export function valueText(value: number, unit: Unit): Safe {
	switch (unit) {
		case 'percent':
			return safe`${numberText(value)}%`;
		case 'bytes':
			return bytesShort(value);
		case 'bytes/s':
			return trimSafe(bytesPerSecond(value));
		case 'bits/s':
			return bitsText(value);
		case 'per second':
			return safe`${numberText(value)}/s`;
		case 'seconds':
			return value < 0 ? safe`-${span(-value)}` : span(value);
		case 'ms':
			return Math.abs(value) < 10_000 ? safe`${numberText(value)} ms` : span(value / 1000);
		case 'degrees C':
			return safe`${numberText(value)} °C`;
		case 'days':
		case 'MHz':
		case 'cores':
			return safe`${numberText(value)} ${safeText(unit)}`;
		case '0 or 1':
			return value === 0 ? safe`no` : safe`yes`;
		case 'count':
			return numberText(value);
	}
}

const bitUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'];

function bitsText(value: number): Safe {
	const power = Math.min(bitUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
	return safe`${numberText(value / 1000 ** power)} ${safeText(bitUnits[power] ?? '')}`;
}

/** Three digits say enough, and no zeros behind the point: `0.42`, `96.2`, `1250`. */
function numberText(value: number): Safe {
	const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
	return safeText(String(Number(value.toFixed(digits))));
}
