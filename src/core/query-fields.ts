import type {Measure, Operator, TextField} from './query.js';
import {joinSafe, type Safe, safe, safeText} from './safe.js';

export type Field = TextKind | NumberKind;

type TextKind = {readonly kind: 'text'; readonly name: TextField} & Needs;

type NumberKind = {
	readonly kind: 'number';
	readonly name: Exclude<Measure, 'mem%'>;
	/** In small letters, with what each is worth; '' is none. */
	readonly units: ReadonlyMap<string, number>;
	/** What `5%` is compared with, where that is something else than other units are. */
	readonly share?: Measure;
} & Needs;

/** What is missing when nothing useful stands behind an operator. */
type Needs = {readonly needs: Safe; readonly examples: readonly Safe[]};

const count = new Map([['', 1]]);
const percent = new Map([...count, ['%', 1]]);
const times = new Map(Object.entries({s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}));

// `M` alone is what the column shows: a power of 1024 for memory, of 1000 for traffic.
const sizes = unitsOf(1024);
const rates = new Map([...unitsOf(1000)].flatMap(([unit, worth]) => both(unit, worth)));

const needs = {number: safe`a number`, text: safe`a text`, rate: safe`a rate`};

const fields: readonly Field[] = [
	{kind: 'number', name: 'cpu', units: percent, needs: needs.number, examples: [safe`5`]},
	{
		kind: 'number',
		name: 'mem',
		units: sizes,
		share: 'mem%',
		needs: safe`a size`,
		examples: [safe`100MiB`, safe`5%`],
	},
	{kind: 'number', name: 'read', units: rates, needs: needs.rate, examples: [safe`1MB`]},
	{kind: 'number', name: 'write', units: rates, needs: needs.rate, examples: [safe`1MB`]},
	{kind: 'text', name: 'user', needs: needs.text, examples: [safe`root`]},
	{kind: 'text', name: 'name', needs: needs.text, examples: [safe`nginx`]},
	{kind: 'text', name: 'command', needs: needs.text, examples: [safe`"nginx: worker"`]},
	{kind: 'text', name: 'state', needs: safe`a letter`, examples: [safe`D`]},
	{kind: 'number', name: 'threads', units: count, needs: needs.number, examples: [safe`10`]},
	{kind: 'number', name: 'files', units: count, needs: needs.number, examples: [safe`100`]},
	{kind: 'number', name: 'age', units: times, needs: safe`a time`, examples: [safe`10m`]},
	{kind: 'number', name: 'pid', units: count, needs: needs.number, examples: [safe`1234`]},
	{kind: 'number', name: 'ppid', units: count, needs: needs.number, examples: [safe`1`]},
];

/** What people ask for first comes first. */
export const fieldNames: readonly string[] = fields.map(({name}) => name);

const byName = new Map(fields.map(field => [field.name as string, field]));

/** The field that has this name, in large or small letters. */
export function fieldOf(name: string): Field | undefined {
	const small = name.toLowerCase();
	return byName.get(small === 'cmd' ? 'command' : small);
}

/** What to write behind an operator: `needs a number, such as cpu>5`. */
export function needed(field: Field, operator: Operator): Safe {
	const examples = field.examples.map(example => safe`${safeText(field.name + operator)}${example}`);
	return safe`needs ${field.needs}, such as ${joinSafe(examples, safe` or `)}`;
}

/**
 * `100MiB`, `5%`, `10m`, `42` as the field counts; undefined for what it does not understand. Where there are several
 * units one must be given, but for zero: `mem>5` on the way to `mem>5GiB` is not a filter yet.
 */
export function quantityOf(
	{name, units, share}: NumberKind,
	text: string,
): {readonly measure: Measure; readonly value: number} | undefined {
	const [, digits, unit = ''] = /^(\d+(?:\.\d+)?|\.\d+)(\D*)$/.exec(text.toLowerCase()) ?? [];
	const value = Number(digits);

	if (share && unit === '%') {
		return {measure: share, value};
	}

	const worth = value === 0 && unit === '' ? 1 : units.get(unit);
	return digits === undefined || worth === undefined ? undefined : {measure: name, value: value * worth};
}

/** `b`, `kb`, `kib`, `k`, `mb` ..., the last without a `b` being powers of `plain`. */
function unitsOf(plain: number): ReadonlyMap<string, number> {
	const large = ['k', 'm', 'g', 't'].flatMap((prefix, index): readonly [string, number][] => [
		[prefix, plain ** (index + 1)],
		[`${prefix}b`, 1000 ** (index + 1)],
		[`${prefix}ib`, 1024 ** (index + 1)],
	]);
	return new Map([['b', 1], ...large]);
}

/** A unit of a rate with and without what it is of. */
function both(unit: string, worth: number): readonly [string, number][] {
	return [
		[unit, worth],
		[`${unit}/s`, worth],
	];
}
