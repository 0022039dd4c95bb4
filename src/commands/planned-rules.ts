import {changedLevels, ruleLevelsOf} from '../config/changed-rule.js';
import type {BuiltinChange, CheckConfig, Config, RuleConfig} from '../config/config.js';
import {type BuiltInRule, builtInRules} from '../core/alerts/built-in-rules.js';
import type {Rule} from '../core/alerts/rule.js';
import {bytesOf} from '../core/bytes-of.js';
import {present} from '../core/present.js';
import {safeText} from '../core/safe.js';

/** Rules as the engine evaluates them: those that are built in, with what the configuration changes of them, and its own. */
export function plannedRules(config: Pick<Config, 'rules' | 'builtinRules' | 'checks'>): readonly Rule[] {
	const {rules, builtinRules, checks} = config;
	const builtIn = builtInRules.flatMap(rule => {
		const change = builtinRules[rule.name] ?? {};
		return change === false ? [] : [builtInRule(rule, withoutJudged(rule, change, checks))];
	});
	return [...builtIn, ...rules.map(ownRule)];
}

/** A check that has its own word on how long a certificate is valid is an alert already. */
function withoutJudged(
	{series}: BuiltInRule,
	{except = [], ...change}: BuiltinChange,
	checks: Config['checks'],
): BuiltinChange {
	const judged = series === 'check.certificate_days' ? checks.filter(judgesCertificate).map(({name}) => name) : [];
	const all = [...except, ...judged];
	return all.length === 0 ? change : {...change, except: all};
}

function judgesCertificate({type, options, conditions = type.conditions(options), levels}: CheckConfig): boolean {
	return JSON.stringify(conditions).includes('[CERTIFICATE_EXPIRATION]') || levels['days'] !== undefined;
}

/** A rule of the configuration may have the same name, since the next version may have one more: its id has no slash in it. */
function builtInRule(rule: BuiltInRule, change: BuiltinChange): Rule {
	return keyed({
		id: `built-in/${rule.name}`,
		name: safeText(rule.name),
		series: rule.series,
		levels: changedLevels(rule, change),
		keepFiringFor: change.keepFiringFor ?? rule.keepFiringFor,
		...(rule.needsClear && {needsClear: rule.needsClear}),
		...commonParts(change),
		isBuiltIn: true,
	});
}

function ownRule(rule: RuleConfig): Rule {
	const {name, series, keepFiringFor, when} = rule;
	const planned = keyed(
		{
			id: bytesOf(name),
			name: safeText(name),
			series: bytesOf(series),
			levels: ruleLevelsOf(rule, rule),
			keepFiringFor,
			...commonParts(rule),
		},
		when,
	);
	return when ? {...planned, isOpen: when.isOpen} : planned;
}

function commonParts({only, except, notify = [], runbook}: BuiltinChange) {
	return {
		...present({
			only: only?.map(bytesOf),
			except: except?.map(bytesOf),
			runbook: runbook === undefined ? undefined : safeText(runbook),
		}),
		notify: notify.map(bytesOf),
	};
}

/** With a key that is the same as long as all of it is. */
function keyed(rule: Omit<Rule, 'key'>, when?: RuleConfig['when']): Rule {
	return {...rule, key: JSON.stringify({...rule, when})};
}
