import * as z from 'zod';
import {type BuiltInRule, builtInRules} from '../core/alerts/built-in-rules.js';
import {severities} from '../core/alerts/severity.js';
import {changedLevels, changePlace} from './changed-rule.js';
import type {BuiltinChange} from './config.js';
import {below, type FoundProblem, tellAll} from './found-problem.js';
import {orderProblems} from './level-order.js';
import {levelProblems} from './rule-level.js';
import {instanceProblems, ruleParts} from './rules.js';

const change = z
	.strictObject({
		...ruleParts,
		for: ruleParts.for
			.optional()
			.meta({description: 'How long a level must hold before it fires, at most "7d". Default: as it was.'}),
		keepFiringFor: ruleParts.keepFiringFor
			.optional()
			.meta({description: 'How long it must be well before it is over, at most "7d". Default: as it was.'}),
		notify: ruleParts.notify.optional().meta({description: 'Names of notifiers to tell. Default: all of them.'}),
	})
	.meta({id: 'change', description: 'What is to be other of a rule that is built in.'});

/** Rules that are built in, by name: what is other than it was of them, or `false`. */
export const builtinRulesSchema = z
	.strictObject(Object.fromEntries(builtInRules.map(rule => [rule.name, changeOf(rule)])))
	.prefault({})
	.transform(all =>
		Object.fromEntries(Object.entries(all).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]]))),
	)
	.meta({
		description: 'Rules that are built in, by name: what is to be other of them, or false. Default: as they are.',
	});

function changeOf(rule: BuiltInRule) {
	return z
		.union([z.literal(false), change], {error: 'must be false, or an object of what is to be other'})
		.superRefine((written, context) => tellAll(written === false ? [] : changeProblems(rule, written), context))
		.optional()
		.meta({description: `What is to be other of the rule on ${rule.series}, or false.`});
}

function changeProblems(rule: BuiltInRule, written: BuiltinChange): readonly FoundProblem[] {
	const levels = severities.flatMap(severity => {
		const level = written[severity];
		return level ? below([severity], levelProblems(level, changePlace(rule, severity, written.for))) : [];
	});
	const ofInstances = instanceProblems(rule.series, written);
	return levels.length > 0
		? [...levels, ...ofInstances]
		: [...orderProblems(changedLevels(rule, written), severity => written[severity] !== undefined), ...ofInstances];
}
