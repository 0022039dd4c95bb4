import * as z from 'zod';
import type {Unit} from '../core/series-table.js';
import type {RuleLevelConfig} from './config.js';
import {durationOption} from './duration-option.js';
import {below, type FoundProblem} from './found-problem.js';
import {amountIn, type LevelPlace, riseOf} from './rule-level-of.js';
import {instancesOf, unitOf} from './series-names.js';
import {seriesOption} from './series-option.js';

/** A level's ways to hold: it has one of them. */
const kinds = ['above', 'below', 'rises', 'absent'] as const;

const amount = z
	.union([z.number(), z.string()], {error: 'must be a number, or one with its unit such as "512MiB" or "7d"'})
	.optional();

const guard = z
	.strictObject({
		series: seriesOption.meta({description: 'Another series; of the same instance, where it has instances.'}),
		above: amount.meta({description: 'It must be above this.'}),
		below: amount.meta({description: 'It must be below this.'}),
	})
	.optional();

/** One level as it is written; what its series demands of it is not looked at here. */
export const ruleLevel = z
	.strictObject({
		above: amount.meta({
			description:
				'Holds while the value is above this. May be written with its unit where the series has one: "512MiB", "10MB/s", "7d", "90%".',
		}),
		below: amount.meta({description: 'Holds while the value is below this.'}),
		clear: amount.meta({
			description: 'Where it does not hold any more, on the good side of `above` or `below`. Default: there.',
		}),
		rises: z
			.string()
			.optional()
			.meta({description: 'Holds while the value has risen by so much in so long: "10 per 10m"; "10s" to "24h".'}),
		absent: z.literal(true).optional().meta({description: 'Holds while there is no value. Needs a `for`.'}),
		for: durationOption('0s', '7d')
			.optional()
			.meta({description: 'How long it must hold, at most "7d". Default: that of the rule.'}),
		while: guard.meta({
			description:
				'Counts only while another series is above or below something: {"series": "disk.used", "above": 70}.',
		}),
	})
	.meta({id: 'level', description: 'When a level of a rule holds.'});

/** What is wrong with one level of a rule. */
export function levelProblems(level: RuleLevelConfig, place: LevelPlace): readonly FoundProblem[] {
	const [kind, ...others] = kinds.filter(one => level[one] !== undefined);

	if (kind === undefined || others.length > 0) {
		return [{message: 'must have one of "above", "below", "rises" and "absent", and only one', path: []}];
	}

	if (kind === 'above' || kind === 'below') {
		return [...thresholdProblems(level, kind, unitOf(place.series)), ...guardProblems(level, place)];
	}

	const stray = (['clear', 'while'] as const).filter(key => level[key] !== undefined);
	return [
		...stray.map(key => ({message: 'belongs to a level with "above" or "below"', path: [key]})),
		...(kind === 'rises' ? risesProblems(level, place) : absentProblems(level, place)),
	];
}

function thresholdProblems(level: RuleLevelConfig, kind: 'above' | 'below', unit: Unit): readonly FoundProblem[] {
	const [trigger, clear] = [amountIn(level[kind], unit), amountIn(level.clear ?? level[kind], unit)];

	if (trigger === undefined || clear === undefined) {
		const path = [trigger === undefined ? kind : 'clear'];
		return [{message: `must be a number in ${unitText(unit)}`, path}];
	}

	const isBad = kind === 'above' ? clear > trigger : clear < trigger;
	const [side, wrong] = kind === 'above' ? ['below', 'above'] : ['above', 'below'];
	const message = `must be ${side} the value that it fires at or that value, never ${wrong}`;
	return isBad ? [{message, path: ['clear']}] : [];
}

function guardProblems({while: guard}: RuleLevelConfig, {series}: LevelPlace): readonly FoundProblem[] {
	if (!guard) {
		return [];
	}

	const instances = instancesOf(guard.series);

	if (guard.series.includes(':')) {
		return [{message: 'must be named without an instance: it is that of the rule', path: ['while', 'series']}];
	}

	if (instances !== undefined && instances !== instancesOf(series)) {
		const message = `must be a series without instances, or with the same ones as ${series.split(':')[0]}`;
		return [{message, path: ['while', 'series']}];
	}

	const [kind, ...others] = (['above', 'below'] as const).filter(one => guard[one] !== undefined);

	if (kind === undefined || others.length > 0) {
		return [{message: 'must have one of "above" and "below", and only one', path: ['while']}];
	}

	const unit = unitOf(guard.series);
	const isAmount = amountIn(guard[kind], unit) !== undefined;
	return isAmount ? [] : below(['while'], [{message: `must be a number in ${unitText(unit)}`, path: [kind]}]);
}

function risesProblems({rises: text = ''}: RuleLevelConfig, {series}: LevelPlace): readonly FoundProblem[] {
	const unit = unitOf(series);
	const isRise = riseOf(text, unit) !== undefined;
	return isRise
		? []
		: [
				{
					message: `must be such as "10 per 10m": more than 0 in ${unitText(unit)}, per "10s" to "24h"`,
					path: ['rises'],
				},
			];
}

function absentProblems(level: RuleLevelConfig, {series, for: usual}: LevelPlace): readonly FoundProblem[] {
	if (instancesOf(series) !== undefined && !series.includes(':')) {
		const message = 'needs a series with its instance: of those that there are none is absent';
		return [{message, path: ['absent']}];
	}

	return (level.for ?? usual) > 0 ? [] : [{message: 'needs a "for": so long there must be no value', path: []}];
}

/** The unit of a series, and how else its amounts may be written. */
function unitText(unit: Unit): string {
	switch (unit) {
		case 'seconds':
		case 'ms':
		case 'days':
			return `${unit}, or a duration such as "7d"`;
		case 'bytes':
			return `${unit}, or a size such as "512MiB"`;
		case 'bytes/s':
			return `${unit}, or a size such as "10MB/s"`;
		case 'percent':
			return 'percent such as 90 or "90%"';
		case 'count':
		case '0 or 1':
			return `its unit (${unit})`;
		case 'bits/s':
		case 'per second':
		case 'MHz':
		case 'cores':
		case 'degrees C':
			return unit;
	}
}
