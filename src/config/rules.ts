import * as z from 'zod';
import {severities} from '../core/alerts/severity.js';
import {ruleLevelsOf} from './changed-rule.js';
import type {RuleConfig} from './config.js';
import {durationOption} from './duration-option.js';
import {below, type FoundProblem, namedTwice, tellAll} from './found-problem.js';
import {hoursOption} from './hours.js';
import {orderProblems} from './level-order.js';
import {nameOption} from './name-option.js';
import {levelProblems, ruleLevel} from './rule-level.js';
import {instancesOf} from './series-names.js';
import {seriesOption} from './series-option.js';

/** More rules than anybody keeps in mind. */
const mostRules = 1000;

// Nobody who writes a star means it: a rule that silently matches nothing would hide that.
const instance = z.string().refine(text => !text.includes('*'), 'must be a whole name, a star stands for nothing here');

/** Keys that rules have, and changes of those that are built in. */
export const ruleParts = {
	info: ruleLevel.optional().meta({description: 'When it is worth knowing.'}),
	warning: ruleLevel.optional().meta({description: 'When it is a warning.'}),
	critical: ruleLevel.optional().meta({description: 'When it is critical.'}),
	for: durationOption('0s', '7d'),
	keepFiringFor: durationOption('0s', '7d'),
	only: z.array(instance).min(1).optional().meta({description: 'Instances, by their whole names; no others.'}),
	except: z.array(instance).optional().meta({description: 'Instances, by their whole names; all others.'}),
	notify: z.array(z.string()),
	runbook: z
		.string()
		.regex(
			/^[^\x00-\x1f\x7f]{1,1000}$/,
			'must be one line of at most 1000 characters such as "https://wiki.example.com/disk"',
		)
		.optional()
		.meta({description: 'What to do then, or where that is written; it is in messages. Default: nothing.'}),
};

const rule = z
	.strictObject({
		name: nameOption.meta({description: 'Its name, another one for each rule: what alerts are called.'}),
		series: seriesOption.meta({
			description: 'What it looks at: "area.measure" for all its instances, or "area.measure:instance".',
		}),
		...ruleParts,
		for: ruleParts.for
			.prefault('0s')
			.meta({description: 'How long a level must hold before it fires, at most "7d". Default: "0s".'}),
		keepFiringFor: ruleParts.keepFiringFor
			.prefault('0s')
			.meta({description: 'How long it must be well before it is over, at most "7d". Default: "0s".'}),
		notify: ruleParts.notify.prefault([]).meta({description: 'Names of notifiers to tell. Default: all of them.'}),
		when: hoursOption.optional().meta({description: 'When it counts. Default: always.'}),
	})
	.superRefine((written, context) => tellAll(ruleProblems(written), context));

/** The list of rules. */
export const rulesSchema = z
	.array(rule)
	.max(mostRules)
	.superRefine((rules, context) => tellAll(namedTwice(rules, 'rules'), context))
	.prefault([])
	.meta({
		description: 'Conditions on series that somebody is told of, besides those that are built in. Default: none.',
	});

/** What is written of a rule, whatever else it is. */
type WrittenRule = Omit<RuleConfig, 'name' | 'keepFiringFor' | 'notify' | 'when'>;

function ruleProblems(written: WrittenRule): readonly FoundProblem[] {
	const there = severities.filter(severity => written[severity]);
	const levels = there.flatMap(severity => below([severity], levelProblems(written[severity] ?? {}, written)));

	if (there.length === 0) {
		return [{message: 'must have a level: "warning", "critical" or "info"', path: []}];
	}

	const ofInstances = instanceProblems(written.series, written);
	return levels.length > 0
		? [...levels, ...ofInstances]
		: [...orderProblems(ruleLevelsOf(written, written), () => true), ...ofInstances];
}

/** What is wrong with `only` and `except` where the series has no instances, or names one. */
export function instanceProblems(
	series: string,
	written: {readonly only?: readonly string[] | undefined; readonly except?: readonly string[] | undefined},
): readonly FoundProblem[] {
	const message =
		instancesOf(series) === undefined
			? `is for a series with instances, and ${series} has none`
			: 'is for all instances of a series: leave it out, or the instance behind the colon';
	const isWrong = instancesOf(series) === undefined || series.includes(':');
	return (['only', 'except'] as const).flatMap(key =>
		isWrong && written[key] !== undefined ? [{message, path: [key]}] : [],
	);
}
