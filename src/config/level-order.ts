import type {RuleLevel, RuleLevels} from '../core/alerts/rule.js';
import {type Severity, severities} from '../core/alerts/severity.js';
import type {FoundProblem} from './found-problem.js';

/** Of two levels of one rule, the lesser first. */
type Pair = {
	readonly lesser: Severity;
	readonly worse: Severity;
	readonly of: {readonly lesser: RuleLevel; readonly worse: RuleLevel};
};

/**
 * Levels of which the lesser would never be seen, or that have nothing to do with each other. Told of the lesser one, unless only the other
 * one was written.
 */
export function orderProblems(levels: RuleLevels, isWritten: (level: Severity) => boolean): readonly FoundProblem[] {
	return pairsOf(levels).flatMap(({lesser, worse, of}) => {
		const isOfLesser = isWritten(lesser);
		const [own, other] = isOfLesser ? [lesser, worse] : [worse, lesser];

		if (of.lesser.kind !== of.worse.kind) {
			const kind = isOfLesser ? of.worse.kind : of.lesser.kind;
			return [{message: `must be a level with "${kind}", as ${other} is`, path: [own]}];
		}

		const problem = kindProblem(of.lesser, of.worse);
		return problem === undefined ? [] : [{message: textOf(problem, isOfLesser, other), path: [own, ...problem.path]}];
	});
}

function pairsOf(levels: RuleLevels): readonly Pair[] {
	const there = severities.flatMap(severity => (levels[severity] ? [{severity, level: levels[severity]}] : []));
	return there.slice(1).flatMap((worse, index) => {
		const lesser = there[index];
		return lesser
			? [{lesser: lesser.severity, worse: worse.severity, of: {lesser: lesser.level, worse: worse.level}}]
			: [];
	});
}

type OrderProblem = {
	/** What the lesser level, and what the worse one, must be to the other. */
	readonly words: readonly [lesser: string, worse: string];
	readonly values: readonly [lesser: number, worse: number] | undefined;
	readonly path: readonly string[];
};

function textOf({words, values}: OrderProblem, isOfLesser: boolean, other: Severity): string {
	const value = values?.[isOfLesser ? 1 : 0];
	return `must be ${words[isOfLesser ? 0 : 1]} that of ${other}${value === undefined ? '' : ` (${value})`}`;
}

function kindProblem(lesser: RuleLevel, worse: RuleLevel): OrderProblem | undefined {
	if (lesser.kind === 'rises' && worse.kind === 'rises') {
		const isBad = lesser.within === worse.within && lesser.by >= worse.by;
		return isBad ? {words: ['less than', 'more than'], values: [lesser.by, worse.by], path: ['rises']} : undefined;
	}

	if (lesser.kind === 'absent' || worse.kind === 'absent') {
		const isBad = lesser.for >= worse.for;
		return isBad
			? {words: ['for a shorter time than', 'for a longer time than'], values: undefined, path: []}
			: undefined;
	}

	return lesser.kind === 'rises' || worse.kind === 'rises' ? undefined : thresholdProblem(lesser, worse);
}

type Threshold = Extract<RuleLevel, {readonly kind: 'above' | 'below'}>;

/** The same value is one level where only its time, or what must hold besides, makes it the worse. */
function thresholdProblem(lesser: Threshold, worse: Threshold): OrderProblem | undefined {
	const isSame = lesser.trigger === worse.trigger;
	const isToldApart = worse.for > lesser.for || (worse.guard !== undefined && !lesser.guard);
	const isWorse = lesser.kind === 'above' ? lesser.trigger > worse.trigger : lesser.trigger < worse.trigger;

	if (!isWorse && !(isSame && !isToldApart)) {
		return undefined;
	}

	const words = lesser.kind === 'above' ? (['below', 'above'] as const) : (['above', 'below'] as const);
	return {words, values: [lesser.trigger, worse.trigger], path: [lesser.kind]};
}
