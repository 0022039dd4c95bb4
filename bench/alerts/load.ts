import type {Rule, RuleLevel} from '../../src/core/alerts/rule.js';
import {safeText} from '../../src/core/safe.js';
import {baseOf, seriesName} from '../../src/core/series.js';
import {seriesTable} from '../../src/core/series-table.js';
import {aRule} from '../../test/helpers/alerting-engine.js';

/** 2,000 series: 20 names with 50 instances each, and 1,000 without. */
const bases = [...new Set(seriesTable.filter(({name}) => name.includes(':')).map(({name}) => baseOf(name)))].slice(
	0,
	20,
);
const instances = Array.from({length: 50}, (_, index) => `i${index}`);
const plain = Array.from({length: 1000}, (_, index) => `one${index}.used`);
const names = [...bases.flatMap(base => instances.map(instance => seriesName(base, instance))), ...plain];

/** Alerts that are pending, and that fire, all the time. */
export const pending = 10;
export const firing = 10;

type Above = Extract<RuleLevel, {kind: 'above' | 'below'}>;

const above = (seconds: number, more: Partial<Above> = {}): RuleLevel => ({
	...{kind: 'above', trigger: 90, clear: 85, for: seconds * 1000},
	...more,
});

const guard = {series: 'one999.used', kind: 'above', trigger: 10} as const;

/** The `count` last of the series without instances are left to `rises` and `absent`, the first ones are what alerts. */
const kinds: readonly (readonly [
	count: number,
	series: (index: number) => string,
	level: (index: number) => RuleLevel,
])[] = [
	[20, index => bases[index] ?? '', () => above(60)],
	[400, index => names[index * 2 + 1] ?? '', () => above(60)],
	[380, index => plain[index] ?? '', index => above(index < firing ? 0 : 1_000_000)],
	[100, index => plain[index + 400] ?? '', () => ({kind: 'rises', by: 1_000_000, within: 600_000, for: 0})],
	[50, index => plain[index + 500] ?? '', () => above(60, {guard})],
	[50, index => plain[index + 600] ?? '', () => ({kind: 'absent', for: 60_000})],
];

export const rules: readonly Rule[] = kinds.flatMap(([count, series, level], kind) =>
	Array.from({length: count}, (_, index): Rule => {
		const id = `${kind}-${index}`;
		const warning = level(index);
		const critical: RuleLevel | undefined = warning.kind === 'above' ? {...warning, trigger: 99, clear: 95} : undefined;
		return aRule({
			...{id, key: id, name: safeText(id), series: series(index)},
			levels: {warning, ...(critical && {critical})},
			...(index % 10 === 0 && kind === 0 && {except: ['i3']}),
		});
	}),
);

/** Other values each time. */
export function seriesAt(tick: number): ReadonlyMap<string, number> {
	const series = new Map<string, number>();

	for (const [index, name] of names.entries()) {
		const place = index - (names.length - plain.length);
		const isBad = place >= 0 && place < firing + pending;
		series.set(name, isBad ? 92 + ((tick * 7 + index) % 50) / 10 : ((tick * 31 + index * 17) % 800) / 10);
	}

	return series;
}
