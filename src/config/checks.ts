import * as z from 'zod';
import type {CheckType, ConditionText, MeasureUnit} from '../core/check.js';
import {ConditionError, parseCondition} from '../core/condition.js';
import {parseRange} from '../core/range.js';
import type {CheckConfig} from './config.js';
import {durationOption} from './duration-option.js';
import {formatDuration} from './format-duration.js';
import {type FoundProblem, namedTwice, tellAll} from './found-problem.js';
import {nameOption} from './name-option.js';
import {wholeOption} from './whole-option.js';

/** What a check has where nothing is configured. Times in ms. */
const usual = {every: 30_000, timeout: 5000, failAfter: 3, recoverAfter: 2} as const;

/** More conditions than anybody reads. */
const mostConditions = 100;

/** More checks than one screen and one machine are made for. */
const mostChecks = 1000;

/** More results in a row nobody waits for. */
const mostResults = 100;

const results = wholeOption(1, mostResults);

const condition = z.union([z.string(), z.strictObject({warning: z.string()}), z.strictObject({critical: z.string()})], {
	error: 'must be a condition such as "[STATUS] == 200", {"warning": "..."} or {"critical": "..."}',
});

/** Keys that every check has. */
const common = {
	name: nameOption.meta({description: 'Its name, another one for each check.'}),
	every: durationOption('1s', '24h')
		.prefault(formatDuration(usual.every))
		.meta({description: `Time between two runs, "1s" to "24h". Default: "${formatDuration(usual.every)}".`}),
	timeout: durationOption('100ms', '5m')
		.prefault(formatDuration(usual.timeout))
		.meta({
			description: `How long one run may take, "100ms" to "5m". Default: "${formatDuration(usual.timeout)}".`,
		}),
	failAfter: results.prefault(usual.failAfter).meta({
		description: `So many results in a row that are not well make it a failure. Default: ${usual.failAfter}.`,
	}),
	recoverAfter: results
		.prefault(usual.recoverAfter)
		.meta({description: `So many that are better end it. Default: ${usual.recoverAfter}.`}),
	retryEvery: durationOption('1s', '24h').optional().meta({
		description: 'Time between two runs while that is being found out. Default: "10s", or `every` where that is less.',
	}),
	dependsOn: z
		.array(z.string())
		.prefault([])
		.meta({description: 'Names of checks without which this one cannot be well. Default: none.'}),
	severity: z.enum(['warning', 'critical']).prefault('critical').meta({
		description: 'What the worst of it amounts to. Default: "critical".',
	}),
	notify: z.array(z.string()).prefault([]).meta({description: 'Names of notifiers to tell. Default: all of them.'}),
};

/** The list of checks, each of one of these types. */
export function checksSchema(types: readonly CheckType[]) {
	const [first, ...others] = types.map(schemaOf);
	const one = first ? z.discriminatedUnion('type', [first, ...others]) : z.never();
	return z
		.array(one)
		.max(mostChecks)
		.superRefine((checks, context) => tellAll(problemsOf(checks as unknown as readonly Named[]), context))
		.prefault([])
		.transform(checks => checks.map(check => checkConfig(check as Parsed, types)))
		.meta({description: 'Services that are checked. Default: none.'});
}

function schemaOf(type: CheckType) {
	const conditions = z
		.array(condition)
		.max(mostConditions)
		.superRefine((texts, context) => {
			for (const [index, text] of texts.entries()) {
				const message = conditionProblem(text, type);

				if (message !== undefined) {
					context.addIssue({code: 'custom', message, path: [index], input: text});
				}
			}
		})
		.optional()
		.meta({description: 'What its answers must be, as Gatus writes it. Default: what is sensible for the type.'});
	const parts = {type: z.literal(type.type).meta({description: type.asks}), ...common, conditions};
	return type.options.extend({...parts, levels: levelsOf(type)}).strict();
}

function conditionProblem(text: ConditionText, {placeholders}: CheckType): string | undefined {
	try {
		parseCondition(text, placeholders);
		return undefined;
	} catch (error) {
		if (error instanceof ConditionError) {
			return error.message;
		}

		throw error;
	}
}

/** Levels of its measures as Nagios ranges. */
function levelsOf({measures, hasPerfdata}: CheckType) {
	const known = Object.entries(measures).map(([measure, {unit, meaning}]) => {
		return [
			measure,
			levels(unit)
				.optional()
				.meta({description: `Ranges of ${meaning}.`}),
		] as const;
	});
	const fields = hasPerfdata
		? z.record(z.string(), levels('count')).prefault({})
		: z.strictObject(Object.fromEntries(known)).prefault({});
	return fields.meta({
		description: 'Nagios ranges that its numbers must be in: {"warning": "80", "critical": "95"}. Default: none.',
	});
}

function levels(unit: MeasureUnit) {
	const message = 'must be a Nagios range such as "80", "10:", "10:20" or "@10:20"';
	const range = z
		.union([z.string(), z.number()], {error: message})
		.refine(value => parseRange(String(value), unit) !== undefined, {message})
		.optional();
	return z.strictObject({warning: range, critical: range});
}

type Named = {readonly name: string; readonly dependsOn: readonly string[]};

/** Names that are there twice, that are not there, and those that wait for each other. */
function problemsOf(checks: readonly Named[]): readonly FoundProblem[] {
	const places = new Map(checks.toReversed().map((check, index) => [check.name, checks.length - 1 - index]));
	return [...namedTwice(checks, 'checks'), ...strangers(checks, places), ...circles(checks, places)];
}

type Places = ReadonlyMap<string, number>;

function strangers(checks: readonly Named[], places: Places): readonly FoundProblem[] {
	const message = 'must be the name of a check of this configuration';
	return checks.flatMap(({dependsOn}, index) =>
		dependsOn.flatMap((other, place) =>
			places.has(other) ? [] : [{message, path: [index, 'dependsOn', place], choices: [...places.keys()]}],
		),
	);
}

/** One walk through all of them: a check is left behind for good when everything behind it has been seen. */
function circles(checks: readonly Named[], places: Places): readonly FoundProblem[] {
	const done = new Set<string>();
	const problems: FoundProblem[] = [];

	const walk = (own: string, way: readonly string[]): void => {
		const index = places.get(own);

		if (index === undefined || done.has(own)) {
			return;
		}

		if (way.includes(own)) {
			problems.push(circleProblem([...way.slice(way.indexOf(own)), own], checks, places));
			return;
		}

		for (const next of checks[index]?.dependsOn ?? []) {
			walk(next, [...way, own]);
		}

		done.add(own);
	};

	for (const {name: own} of checks) {
		walk(own, []);
	}

	return problems;
}

/** Told of the first check in it. */
function circleProblem(circle: readonly string[], checks: readonly Named[], places: Places): FoundProblem {
	const index = Math.min(...circle.map(own => places.get(own) ?? 0));
	const from = circle.indexOf(checks[index]?.name ?? '');
	const way = [...circle.slice(from, -1), ...circle.slice(0, from), circle[from]];
	const shown = way.length > 12 ? [...way.slice(0, 5), '...', ...way.slice(-5)] : way;
	return {
		message: `must not lead back to itself: ${shown.join(' -> ')}; take one of these dependencies away`,
		path: [index, 'dependsOn'],
	};
}

/** What a check's schema let through. */
type Parsed = Omit<CheckConfig, 'type' | 'options' | 'retryEvery'> & {
	readonly type: string;
	readonly retryEvery?: number;
	readonly [option: string]: unknown;
};

function checkConfig(parsed: Parsed, types: readonly CheckType[]): CheckConfig {
	const type = types.find(one => one.type === parsed.type);

	if (!type) {
		throw new Error(`no type ${parsed.type}`);
	}

	const {name, every, timeout, conditions, failAfter, recoverAfter, dependsOn, severity, notify, levels} = parsed;
	const options = Object.keys(type.options.shape).flatMap(key => (key in parsed ? [[key, parsed[key]]] : []));
	return {
		name,
		type,
		options: Object.fromEntries(options),
		every,
		timeout,
		...(conditions && {conditions}),
		failAfter,
		recoverAfter,
		...(parsed.retryEvery !== undefined && {retryEvery: parsed.retryEvery}),
		dependsOn,
		severity,
		notify,
		levels,
	};
}
