import {span} from '../format.js';
import {joinSafe, type Safe, safe, safeText} from '../safe.js';
import type {Unit} from '../series-table.js';
import {valueText} from '../value-text.js';
import type {RuleLevel} from './rule.js';
import type {Severity} from './severity.js';

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
