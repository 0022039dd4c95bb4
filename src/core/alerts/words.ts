import {bytesPerSecond, bytesShort, span} from '../format.js';
import {joinSafe, type Safe, safe, safeText, trimSafe} from '../safe.js';
import type {Unit} from '../series-table.js';
import type {RuleLevel} from './rule.js';
import type {Severity} from './severity.js';

/** A value of a series with its unit: `96.2%`, `3.1 GiB`, `4h 12m`. */
export function valueText(value: number, unit: Unit): Safe {
	switch (unit) {
		case 'percent':
			return safe`${rounded(value)}%`;
		case 'bytes':
			return bytesShort(value);
		case 'bytes/s':
			return trimSafe(bytesPerSecond(value));
		case 'bits/s':
			return safe`${rounded(value / 1e6)} Mbit/s`;
		case 'per second':
			return safe`${rounded(value)}/s`;
		case 'count':
			return rounded(value);
		case '0 or 1':
			return value === 0 ? safe`no` : safe`yes`;
		case 'seconds':
			return value < 0 ? safe`-${span(-value)}` : span(value);
		case 'ms':
			return Math.abs(value) < 10_000 ? safe`${rounded(value)} ms` : span(value / 1000);
		case 'MHz':
			return safe`${rounded(value)} MHz`;
		case 'cores':
			return safe`${rounded(value)} cores`;
		case 'days':
			return safe`${rounded(value)} days`;
		case 'degrees C':
			return safe`${rounded(value)} °C`;
	}
}

/** Three digits that mean something, without zeros behind them. */
function rounded(value: number): Safe {
	const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
	return safeText(String(Number(value.toFixed(digits))));
}

/** What is so when a level holds: `above 95%`, `rises by 10 in 10m0s`, `no value`. */
export function levelText(level: RuleLevel, unit: Unit): Safe {
	switch (level.kind) {
		case 'above':
		case 'below': {
			const {kind, trigger, guard} = level;
			const bound = unit === '0 or 1' ? safe`` : safe`${safeText(kind)} ${valueText(trigger, unit)}`;
			const also = guard ? safe`while ${safeText(guard.series)} is ${safeText(guard.kind)} ${guard.trigger}` : safe``;
			return joinSafe(
				[bound, also].filter(part => part !== ''),
				safe` `,
			);
		}
		case 'rises':
			return safe`at least ${valueText(level.by, unit)} in ${span(level.within / 1000)}`;
		case 'absent':
			return safe`no value`;
	}
}

/** The value against the level that holds: `96.2%, above 95%`. `rise`: how much a counter has risen, of a rule that is about that. */
export function firingText(value: number | undefined, level: RuleLevel, unit: Unit, rise?: number): Safe {
	if (level.kind === 'absent' || value === undefined) {
		return safe`no value`;
	}

	const seen = level.kind === 'rises' ? safe`rose by ${valueText(rise ?? 0, unit)}` : valueText(value, unit);
	const bound = levelText(level, unit);
	return bound === '' ? seen : safe`${seen}, ${bound}`;
}

/** The value when it was over: `83%, not above 93% any more`. */
export function overText(value: number | undefined, level: RuleLevel, unit: Unit): Safe {
	if (value === undefined) {
		return safe`no value`;
	}

	const seen = valueText(value, unit);
	const isPlain = (level.kind === 'above' || level.kind === 'below') && unit !== '0 or 1';
	return isPlain ? safe`${seen}, not ${safeText(level.kind)} ${valueText(level.clear, unit)} any more` : seen;
}

/** In capitals, as people look for it. */
export const severityWords: Readonly<Record<Severity, Safe>> = {
	critical: safe`CRITICAL`,
	warning: safe`WARNING`,
	info: safe`INFO`,
};
