import {Rise} from '../core/alerts/rise.js';
import type {Guard, Rule, RuleLevel} from '../core/alerts/rule.js';
import {severities} from '../core/alerts/severity.js';
import type {Timing} from '../core/alerts/step.js';
import {baseOf, seriesName} from '../core/series.js';
import {seriesTable, type Unit} from '../core/series-table.js';
import {unitOf} from '../core/unit-of.js';

/** A machine may have ever new instances; what was not asked for lately is looked up again. */
const mostNames = 20_000;

const withInstances: ReadonlySet<string> = new Set(
	seriesTable.filter(({name}) => name.includes(':')).map(({name}) => baseOf(name)),
);

/** One rule on one series. */
export type Watch = {
	/** Of its alert. */
	readonly key: string;
	readonly rule: Rule;
	readonly series: string;
	/** Undefined for a series without instances. */
	readonly instance: string | undefined;
	readonly unit: Unit;
	readonly holdFor: Timing['for'];
	/** By the time that they look at, ms. */
	readonly rises: ReadonlyMap<number, Rise>;
	/** It has had a value since the program began. */
	hasBeenSeen: boolean;
	/** It has been well since the program began: only then may it fire, where its rule says so. */
	isArmed: boolean;
};

/** Which rules look at which series. */
export class RuleWatches {
	readonly #rules: readonly Rule[];
	#byName = new Map<string, readonly Watch[]>();
	#before: RuleWatches | undefined;

	/** Rules that were there `before`, too, and are the same, keep what they know of the past. */
	constructor(rules: readonly Rule[], before?: RuleWatches) {
		this.#rules = rules;
		this.#before = before;
		// What has no value is in no snapshot: those that ask for that must be looked at all the same.
		this.named = rules.flatMap(rule => (isNamed(rule) ? this.#named(rule) : []));

		for (const name of before ? before.#byName.keys() : []) {
			this.of(name);
		}

		this.#before = undefined;
	}

	/** Rules that say which series there must be. */
	readonly named: readonly Watch[];

	/** Those that look at this series. */
	of(series: string): readonly Watch[] {
		const known = this.#byName.get(series);

		if (known) {
			return known;
		}

		if (this.#byName.size > mostNames) {
			const named = new Set(this.named.map(watch => watch.series));
			this.#byName = new Map([...this.#byName].filter(([name]) => named.has(name)));
		}

		const old = this.#before?.of(series) ?? [];
		const watches = this.#rules
			.filter(rule => isAbout(rule, series))
			.map(rule => old.find(watch => watch.rule.key === rule.key) ?? newWatch(rule, series));
		this.#byName.set(series, watches);
		return watches;
	}

	#named(rule: Rule): readonly Watch[] {
		const names = rule.only?.map(instance => seriesName(rule.series, instance)) ?? [rule.series];
		return names.flatMap(name => this.of(name).filter(watch => watch.rule.key === rule.key));
	}
}

/** A name without instance of what has instances says nothing of which there are. */
function isNamed({series, only, isBuiltIn}: Rule): boolean {
	return !isBuiltIn && (only !== undefined || series.includes(':') || !withInstances.has(series));
}

function isAbout({series, only, except}: Rule, name: string): boolean {
	if (series === name) {
		return true;
	}

	const base = baseOf(name);

	if (series !== base || base === name) {
		return false;
	}

	const instance = name.slice(base.length + 1);
	return (only?.includes(instance) ?? true) && !(except?.includes(instance) ?? false);
}

function newWatch(rule: Rule, series: string): Watch {
	const base = baseOf(series);
	const levels = severities.flatMap(severity => {
		const level = rule.levels[severity];
		return level ? [[severity, level] as const] : [];
	});
	const rises = levels.flatMap(([, level]) => (level.kind === 'rises' ? [level.within] : []));
	return {
		key: `rule/${rule.id}/${series}`,
		rule,
		series,
		instance: base === series ? undefined : series.slice(base.length + 1),
		unit: unitOf(base),
		holdFor: Object.fromEntries(levels.map(([severity, level]) => [severity, level.for])),
		rises: new Map(rises.map(within => [within, new Rise(within)])),
		hasBeenSeen: false,
		isArmed: rule.needsClear !== true,
	};
}

/** The series of a guard, of the watch's own instance where it has instances. */
export function guardSeries({series}: Guard, {instance}: Pick<Watch, 'instance'>): string {
	return instance !== undefined && !series.includes(':') && withInstances.has(series)
		? seriesName(series, instance)
		: series;
}

/** True where a level certainly does not hold: most of them, nearly always. */
export function isPlainlyWell({rule: {levels}}: Watch, value: number): boolean {
	for (const severity of severities) {
		const level = levels[severity];

		if (level && !isWell(level, value)) {
			return false;
		}
	}

	return true;
}

function isWell(level: RuleLevel, value: number): boolean {
	switch (level.kind) {
		case 'above':
			return !(value > level.trigger);
		case 'below':
			return !(value < level.trigger);
		case 'absent':
			return true;
		case 'rises':
			return false;
	}
}

/** One more value of its series. */
export function addRise({rises}: Watch, value: number, t: number): void {
	for (const rise of rises.values()) {
		rise.add(value, t);
	}
}
