import type {Answer, CheckStatus, Finding, MeasureDefinition, Placeholder} from './check.js';
import {type Condition, judgeCondition, placeholdersOf} from './condition.js';
import {bytesShort, span, tenths} from './format.js';
import {isAlarming, type Range} from './range.js';
import type {Redact} from './redact.js';
import {joinSafe, type Safe, safe, safeText, trimSafe} from './safe.js';
import type {JudgedCondition} from './snapshot.js';

/** Levels of one measure: outside of which range (or inside, with `@`) it is a warning, and critical. */
export type MeasureLevels = {readonly warning?: Range | undefined; readonly critical?: Range | undefined};

/** What an answer is judged by. */
export type Criteria = {
	readonly conditions: readonly Condition[];
	/** By the name of a measure, or the label of performance data. */
	readonly levels: ReadonlyMap<string, MeasureLevels>;
	readonly measures: Readonly<Record<string, MeasureDefinition>>;
	/** What the worst amounts to. */
	readonly severity: 'warning' | 'critical';
	/** Takes the configuration's secrets out of what a service said. */
	readonly hide: Redact;
};

export type Judgement = {
	readonly status: CheckStatus;
	/** It failed, whatever that amounts to: a failure that is only a warning is no time in which the service was there. */
	readonly isDown: boolean;
	/** All of the worst there is, in one line; undefined when it is ok. */
	readonly reason: Safe | undefined;
	readonly conditions: readonly JudgedCondition[];
};

const rank: Readonly<Record<CheckStatus, number>> = {critical: 3, warning: 2, unknown: 1, ok: 0};

/** The worst of some: critical, warning, unknown, ok. */
export function worstOf(statuses: readonly CheckStatus[]): CheckStatus {
	return statuses.reduce<CheckStatus>((worst, status) => (rank[status] > rank[worst] ? status : worst), 'ok');
}

/**
 * What an answer comes to. `wasStalled`: we stood still while it was asked, so that times say nothing of the target.
 */
export function judgeCheck(answer: Answer, criteria: Criteria, wasStalled: boolean): Judgement {
	const conditions = isAsked(answer, criteria) ? judgedConditions(answer, criteria, wasStalled) : [];
	const found: readonly Finding[] = [
		...failureOf(answer, criteria, wasStalled),
		...(answer.findings ?? []),
		...levelsOf(answer, criteria),
		...conditions.flatMap((judged, index) => findingOf(judged, criteria.conditions[index], answer)),
	];
	const worst = worstOf(found.map(({status}) => status));
	const reasons = found.filter(({status}) => status === worst).map(({reason}) => reason);
	const status = worst === 'critical' ? criteria.severity : worst;
	const reason = worst === 'ok' ? undefined : joinSafe([...new Set(reasons)], safe`, `);
	return {status, isDown: worst === 'critical', reason, conditions};
}

/** What could not be asked to its end is judged by conditions only where those want to know just that: whether it connects. */
function isAsked({failure, reach}: Answer, criteria: Criteria): boolean {
	const isRefused = failure !== undefined && !failure.isTimeout && reach?.hasConnected === false;
	return failure === undefined || (isRefused && wantsRefusal(criteria));
}

/** `[CONNECTED] == false`: a port that must be closed. */
function wantsRefusal({conditions, hide}: Criteria): boolean {
	const values = {CONNECTED: false};
	return conditions.some(
		condition => placeholdersOf(condition).includes('CONNECTED') && judgeCondition(condition, values, hide).isMet,
	);
}

/** What a condition that is not met adds: that a certificate has expired is said in plain words, and once. */
function findingOf(
	{status, text}: JudgedCondition,
	condition: Condition | undefined,
	answer: Answer,
): readonly Finding[] {
	if (status === 'ok') {
		return [];
	}

	const left = answer.values.CERTIFICATE_EXPIRATION ?? 0;
	const isExpired = condition && placeholdersOf(condition).includes('CERTIFICATE_EXPIRATION') && left < 0;

	if (!isExpired) {
		return [{status, reason: text}];
	}

	const isSaid = (answer.findings ?? []).some(finding => finding.status === 'critical');
	return isSaid ? [] : [{status, reason: safe`certificate expired ${span(-left / 1000)} ago`}];
}

function failureOf(answer: Answer, criteria: Criteria, wasStalled: boolean): readonly Finding[] {
	const {failure} = answer;

	if (!failure || (failure.status === 'critical' && isAsked(answer, criteria))) {
		return [];
	}

	return failure.isTimeout && wasStalled
		? [{status: 'unknown', reason: safe`not judged: healthtop stood still (${failure.reason})`}]
		: [failure];
}

function judgedConditions(
	{values, ms}: Answer,
	{conditions, hide}: Criteria,
	wasStalled: boolean,
): readonly JudgedCondition[] {
	const seen = {...(ms !== undefined && {RESPONSE_TIME: Math.round(ms)}), ...values};
	return conditions.map(condition => {
		const {isMet, text} = judgeCondition(condition, seen, hide);
		const isOfTime = wasStalled && placeholdersOf(condition).includes('RESPONSE_TIME' satisfies Placeholder);

		if (isMet) {
			return {text, status: 'ok'};
		}

		return isOfTime
			? {text: safe`not judged: healthtop stood still (${text})`, status: 'unknown'}
			: {text, status: condition.level};
	});
}

/** What is not measured yet is not judged: a rate after the first run. */
function levelsOf(
	{measures = {}, perfdata = []}: Answer,
	{levels, measures: definitions}: Criteria,
): readonly Finding[] {
	const values = new Map([
		...Object.entries(measures),
		...perfdata.map(({label, value}): [string, number] => [label, value]),
	]);
	return [...levels].flatMap(([name, {warning, critical}]): readonly Finding[] => {
		const shown = safeText(name);
		const value = values.get(name) ?? values.get(shown);

		if (value === undefined) {
			return [];
		}

		const said = (range: Range) =>
			safe`${shown} ${valueText(value, definitions[name])}, ${rangeText(range, definitions[name])}`;

		if (critical && isAlarming(value, critical)) {
			return [{status: 'critical', reason: said(critical)}];
		}

		return warning && isAlarming(value, warning) ? [{status: 'warning', reason: said(warning)}] : [];
	});
}

/** A value in its unit, without padding. */
function valueText(value: number, definition: MeasureDefinition | undefined): Safe {
	switch (definition?.unit) {
		case 'bytes':
			return bytesShort(value);
		case 'bytes/s':
			return safe`${bytesShort(value)}/s`;
		case 'percent':
			return safe`${trimSafe(tenths(value))}%`;
		case 'seconds':
			return value < 0 ? safe`-${span(-value)}` : span(value);
		case 'ms':
			return safe`${Math.round(value)} ms`;
		case 'per second':
			return safe`${trimSafe(tenths(value))}/s`;
		case 'count':
		case undefined:
			return safe`${Math.round(value * 1000) / 1000}`;
	}
}

/** What was wanted: `at most 80%`, `at least 7`, `10 to 20`, `outside 3 to 5`. */
function rangeText({least, most, isInside}: Range, definition: MeasureDefinition | undefined): Safe {
	const text = (value: number) => valueText(value, definition);
	const [hasLeast, hasMost] = [Number.isFinite(least) && least !== 0, Number.isFinite(most)];

	if (isInside) {
		return safe`wanted outside ${text(least)} to ${hasMost ? text(most) : safe`any`}`;
	}

	if (hasLeast && hasMost) {
		return safe`wanted ${text(least)} to ${text(most)}`;
	}

	return hasLeast ? safe`wanted at least ${text(least)}` : safe`wanted at most ${text(most)}`;
}
