import type {Guard, RuleLevel} from '../core/alerts/rule.js';
import {parseAmount} from '../core/amount.js';
import type {Unit} from '../core/series-table.js';
import type {Amount, RuleLevelConfig} from './config.js';
import {parseDuration} from './parse-duration.js';
import {unitOf} from './series-names.js';

/** What the levels of a rule are judged with. `series` is known; `for` is the one of levels without their own, ms. */
export type LevelPlace = {readonly series: string; readonly for: number};

/** So much has risen within at most this time, which the engine has to remember, ms. */
const rises = {least: 10_000, most: 86_400_000} as const;

/** A level as the engine has it. It must be without problems. */
export function ruleLevelOf(level: RuleLevelConfig, {series, for: usual}: LevelPlace): RuleLevel {
	const unit = unitOf(series);
	const time = level.for ?? usual;

	if (level.absent) {
		return {kind: 'absent', for: time};
	}

	if (level.rises !== undefined) {
		return {
			kind: 'rises',
			...(riseOf(level.rises, unit) ?? {by: Number.POSITIVE_INFINITY, within: rises.most}),
			for: time,
		};
	}

	const kind = level.above === undefined ? 'below' : 'above';
	const trigger = amountIn(level[kind], unit) ?? Number.NaN;
	const clear = amountIn(level.clear, unit) ?? trigger;
	return {kind, trigger, clear, for: time, ...(level.while && {guard: guardOf(level.while)})};
}

function guardOf({series, above, below}: NonNullable<RuleLevelConfig['while']>): Guard {
	const kind = above === undefined ? 'below' : 'above';
	return {series, kind, trigger: amountIn(above ?? below, unitOf(series)) ?? Number.NaN};
}

/** `10 per 10m`: how much, in the unit of the series, in how many ms; undefined where it is not written so. */
export function riseOf(text: string, unit: Unit): {readonly by: number; readonly within: number} | undefined {
	const [, amount = '', time = ''] = /^(\S+) per (\S+)$/.exec(text) ?? [];
	const [by, within] = [parseAmount(amount, unit), parseDuration(time)];
	const isGood = by !== undefined && by > 0 && within !== undefined && within >= rises.least && within <= rises.most;
	return isGood ? {by, within} : undefined;
}

/** A written amount in the unit of its series; undefined where it is none. */
export function amountIn(written: Amount | undefined, unit: Unit): number | undefined {
	return typeof written === 'string' ? parseAmount(written, unit) : written;
}
