import type {BuiltInRule} from '../core/alerts/built-in-rules.js';
import type {RuleLevel, RuleLevels} from '../core/alerts/rule.js';
import {type Severity, severities} from '../core/alerts/severity.js';
import type {RuleLevelsConfig} from './config.js';
import {type LevelPlace, ruleLevelOf} from './rule-level-of.js';

/** Levels as the engine has them. They must be without problems. */
export function ruleLevelsOf(levels: RuleLevelsConfig, place: LevelPlace): RuleLevels {
	return levelsBy(severity => {
		const level = levels[severity];
		return level && ruleLevelOf(level, place);
	});
}

/** Levels of a rule that is built in, with those in place of them that a configuration has. */
export function changedLevels(
	rule: BuiltInRule,
	change: RuleLevelsConfig & {readonly for?: number | undefined},
): RuleLevels {
	return levelsBy(severity => {
		const [own, level] = [rule.levels[severity], change[severity]];

		if (level) {
			return ruleLevelOf(level, changePlace(rule, severity, change.for));
		}

		return own && (change.for === undefined ? own : {...own, for: change.for});
	});
}

/** What a changed level of a rule that is built in is judged with: it keeps the time that it had, or that another one has. */
export function changePlace({series, levels}: BuiltInRule, severity: Severity, time: number | undefined): LevelPlace {
	const [first] = Object.values(levels);
	return {series, for: time ?? levels[severity]?.for ?? first?.for ?? 0};
}

function levelsBy(levelOf: (severity: Severity) => RuleLevel | undefined): RuleLevels {
	const entries = severities.map(severity => [severity, levelOf(severity)] as const);
	return Object.fromEntries(entries.filter(([, level]) => level !== undefined));
}
