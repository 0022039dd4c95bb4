import type {ConditionText, Placeholder, PlaceholderValues} from './check.js';
import {exactNumberOf, numberOf, type Operand, resolve, seenOf} from './condition-operand.js';
import {didYouMean} from './did-you-mean.js';
import {parseJsonPath} from './json-path.js';
import type {Redact} from './redact.js';
import {type Safe, safeText} from './safe.js';
import {matchesWildcard} from './wildcard.js';

/**
 * Conditions are Gatus' (https://github.com/TwiN/gatus#conditions): a placeholder, an operator with spaces around it, and a value. Beyond
 * Gatus there are `[HEADERS].name`, days (`7d`), and INVALID, which meets no condition but `!=`.
 */
export type Condition = {
	readonly text: string;
	readonly level: 'warning' | 'critical';
	readonly left: Operand;
	readonly operator: Operator;
	readonly right: Operand;
};

type Operator = (typeof operators)[number];

const operators = ['==', '!=', '<=', '>=', '<', '>'] as const;

const placeholders: readonly Placeholder[] = [
	'STATUS',
	'RESPONSE_TIME',
	'CONNECTED',
	'IP',
	'BODY',
	'HEADERS',
	'CERTIFICATE_EXPIRATION',
	'DNS_RCODE',
];

/** A condition that cannot be used: what is wrong, and what to write instead. Says nothing of values. */
export class ConditionError extends Error {}

/**
 * Reads a condition that may use these placeholders.
 * @throws {ConditionError}
 */
export function parseCondition(written: ConditionText, known: readonly Placeholder[]): Condition {
	const [text, level] =
		typeof written === 'string'
			? [written, 'critical' as const]
			: 'warning' in written
				? [written.warning, 'warning' as const]
				: [written.critical, 'critical' as const];
	const [, left = '', operator, right = ''] = /^(.*?) (==|!=|<=|>=|<|>) (.*)$/s.exec(text) ?? [];
	const found = operators.find(one => one === operator);

	if (!found) {
		throw new ConditionError(
			'must be a condition such as "[STATUS] == 200", with spaces around ==, !=, <, <=, > or >=',
		);
	}

	const condition = {text, level, left: operandOf(left, known), operator: found, right: operandOf(right, known)};
	const sides = [condition.left, condition.right];

	if (sides.every(({kind}) => kind !== 'placeholder')) {
		throw new ConditionError(`must have a placeholder, one of ${named(known)}`);
	}

	if (found !== '==' && found !== '!=' && sides.some(({kind}) => kind === 'pattern' || kind === 'any')) {
		throw new ConditionError('pat() and any() go only with == and !=');
	}

	requireNumbers(condition);
	return condition;
}

/** What stands for a number, whatever is asked. */
const numbers: readonly Placeholder[] = ['STATUS', 'RESPONSE_TIME', 'CERTIFICATE_EXPIRATION'];

/** What could never be met is refused: a number compared with what is none. */
function requireNumbers({left, operator, right}: Condition): void {
	const isOrder = operator !== '==' && operator !== '!=';

	for (const [one, other] of [
		[left, right],
		[right, left],
	] as const) {
		const isNumber = one.kind === 'placeholder' && (one.call === 'len' || (!one.call && numbers.includes(one.name)));

		for (const text of isOrder || isNumber ? literalsOf(other) : []) {
			requireNumber(text, one, isOrder ? numberOf : exactNumberOf);
		}
	}
}

function requireNumber(text: string, other: Operand, read: typeof numberOf): void {
	if (read(text) === undefined) {
		throw new ConditionError('must compare with one number or duration, such as 200, 500ms or 48h');
	}

	if (other.kind === 'placeholder' && other.name === 'CERTIFICATE_EXPIRATION' && /^[+-]?[1-9][\d.]*$/.test(text)) {
		throw new ConditionError('must compare with a duration that has a unit, such as 48h or 14d');
	}
}

function literalsOf(operand: Operand): readonly string[] {
	switch (operand.kind) {
		case 'literal':
			return [operand.text];
		case 'any':
			return operand.choices.flatMap(literalsOf);
		case 'pattern':
		case 'placeholder':
			return [];
	}
}

function named(known: readonly Placeholder[]): string {
	return known.map(name => `[${name}]`).join(', ');
}

function operandOf(written: string, known: readonly Placeholder[]): Operand {
	const text = written.trim();
	const [, call, inside = ''] = /^(len|has|pat|any)\((.*)\)$/s.exec(text) ?? [];

	switch (call) {
		case 'pat':
			return {kind: 'pattern', text: inside.trim()};
		case 'any':
			return {kind: 'any', choices: inside.split(',').map(choice => operandOf(choice, known))};
		case 'len':
		case 'has':
			return calledOn(call, placeholderOf(inside.trim(), known));
		default:
			return placeholderOf(text, known) ?? {kind: 'literal', text};
	}
}

function calledOn(call: 'len' | 'has', operand: (Operand & {kind: 'placeholder'}) | undefined): Operand {
	if (operand?.name !== 'BODY' && operand?.name !== 'HEADERS') {
		throw new ConditionError(`${call}() goes only with [BODY] and [HEADERS], such as ${call}([BODY].items)`);
	}

	return {...operand, call};
}

function placeholderOf(text: string, known: readonly Placeholder[]): (Operand & {kind: 'placeholder'}) | undefined {
	const [whole, word = '', rest = ''] = /^\[([A-Z_]+)\](.*)$/s.exec(text) ?? [];

	if (whole === undefined) {
		return undefined;
	}

	const name = known.find(one => one === word);

	if (!name) {
		throw new ConditionError(unknownPlaceholder(word, known));
	}

	const path = parseJsonPath(rest);
	const hasParts = name === 'BODY' || name === 'HEADERS';

	if (path === undefined || (path.length > 0 && !hasParts)) {
		const example = name === 'HEADERS' ? '[HEADERS].content-type' : '[BODY].data[0].name';
		throw new ConditionError(hasParts ? `must have a path such as ${example}` : `[${name}] has no parts`);
	}

	return {kind: 'placeholder', name, path, call: undefined};
}

function unknownPlaceholder(word: string, known: readonly Placeholder[]): string {
	if (word === 'DOMAIN_EXPIRATION') {
		return '[DOMAIN_EXPIRATION] is not known here: it needs a service outside (whois)';
	}

	const isElsewhere = placeholders.some(name => name === word);
	const meant = isElsewhere ? undefined : didYouMean(word, known);
	const instead = meant === undefined ? `this type of check has ${named(known)}` : `did you mean [${meant}]?`;
	return `no placeholder [${word}] here; ${instead}`;
}

/** Placeholders that a condition depends on. */
export function placeholdersOf({left, right}: Condition): readonly Placeholder[] {
	return [left, right].flatMap(operand => (operand.kind === 'placeholder' ? [operand.name] : []));
}

/**
 * Whether a condition is met, and what it saw: `[STATUS] (500) == 200`; without what it saw when it is met. `hide` takes secrets out of what
 * it saw.
 */
export function judgeCondition(
	condition: Condition,
	values: PlaceholderValues,
	hide: Redact,
): {isMet: boolean; text: Safe} {
	const {left, operator, right, text} = condition;
	const isMet = compare(left, operator, right, values);

	if (isMet) {
		return {isMet, text: safeText(hide(text))};
	}

	const [one, other] = [left, right].map(operand => shown(operand, values, hide));
	return {isMet, text: safeText(`${one} ${operator} ${other}`)};
}

function compare(left: Operand, operator: Operator, right: Operand, values: PlaceholderValues): boolean {
	switch (operator) {
		case '==':
			return isEqual(left, right, values);
		case '!=':
			return !isEqual(left, right, values);
		case '<':
		case '<=':
		case '>':
		case '>=':
			return inOrder(numberIn(left, values), operator, numberIn(right, values));
	}
}

function inOrder(a: number | undefined, operator: '<' | '<=' | '>' | '>=', b: number | undefined): boolean {
	if (a === undefined || b === undefined) {
		return false;
	}

	return operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b;
}

function isEqual(left: Operand, right: Operand, values: PlaceholderValues): boolean {
	for (const [one, other] of [
		[left, right],
		[right, left],
	] as const) {
		if (one.kind === 'any') {
			return one.choices.some(choice => isEqual(choice, other, values));
		}

		if (one.kind === 'pattern') {
			const text = textIn(other, values);
			return text !== undefined && matchesWildcard(one.text, text);
		}
	}

	const [a, b] = [textIn(left, values), textIn(right, values)];

	if (a === undefined || b === undefined) {
		return false;
	}

	const [x, y] = [exactNumberOf(a), exactNumberOf(b)];
	return a === b || (x !== undefined && x === y);
}

function textIn(operand: Operand, values: PlaceholderValues): string | undefined {
	switch (operand.kind) {
		case 'literal':
		case 'pattern':
			return operand.text;
		case 'any':
			return undefined;
		case 'placeholder':
			return resolve(operand, values);
	}
}

function numberIn(operand: Operand, values: PlaceholderValues): number | undefined {
	const text = textIn(operand, values);
	return text === undefined ? undefined : numberOf(text);
}

function shown(operand: Operand, values: PlaceholderValues, hide: Redact): string {
	switch (operand.kind) {
		case 'literal':
			return hide(operand.text);
		case 'pattern':
			return `pat(${hide(operand.text)})`;
		case 'any':
			return `any(${operand.choices.map(choice => shown(choice, values, hide)).join(', ')})`;
		case 'placeholder':
			return `${nameOf(operand)} (${seenOf(operand, resolve(operand, values), hide)})`;
	}
}

function nameOf({name, path, call}: Operand & {kind: 'placeholder'}): string {
	const steps = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
	return call ? `${call}([${name}]${steps})` : `[${name}]${steps}`;
}
