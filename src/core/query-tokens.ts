import type {Operator} from './query.js';
import {shortOf} from './query-error.js';
import {type Safe, safe} from './safe.js';

export type Token =
	| TextToken
	| OperatorToken
	| KeywordToken
	| {readonly kind: 'open' | 'close' | 'end'; readonly at: number}
	| {readonly kind: 'wrong'; readonly problem: Safe; readonly at: number};

/** `text` is without quotes and slashes, and what they are escaped with. */
export type TextToken = {readonly kind: 'word' | 'quoted' | 'pattern'; readonly text: string; readonly at: number};

export type OperatorToken = {readonly kind: 'operator'; readonly text: Operator; readonly at: number};

export type KeywordToken = {readonly kind: 'keyword'; readonly text: 'and' | 'or' | 'not'; readonly at: number};

// Each begins with what no other one does, and can be read in one way only: time is linear.
const space = /\s*/y;
const bracket = /[()]/y;
const operator = /[!><]=|!~|[=><~]/y;
const quoted = /"((?:[^"\\]|\\.)*)"/sy;
const pattern = /\/((?:[^/\\]|\\.)*)\//sy;
const word = /(?:[^\s()"=><~!]|!(?![=~]))+/y;

/** What a filter is made of, up to its `end` or to what is no part of any. */
export function tokensOf(text: string): readonly Token[] {
	const tokens: Token[] = [];
	let at = lengthAt(space, text, 0);

	while (at < text.length) {
		const {token, length} = tokenAt(text, at);
		tokens.push(token);

		if (token.kind === 'wrong') {
			return tokens;
		}

		at += length;
		at += lengthAt(space, text, at);
	}

	return [...tokens, {kind: 'end', at}];
}

type Found = {readonly token: Token; readonly length: number};

function tokenAt(text: string, at: number): Found {
	switch (text[at]) {
		case '(':
		case ')':
			return {token: {kind: text[at] === '(' ? 'open' : 'close', at}, length: lengthAt(bracket, text, at)};
		case '"':
			return quotedAt(text, at);
		case '/':
			return patternAt(text, at);
		default:
			return operatorAt(text, at) ?? wordAt(text, at);
	}
}

function quotedAt(text: string, at: number): Found {
	const [whole, inside] = matchAt(quoted, text, at);

	if (inside === undefined) {
		return wrong(at, safe`needs a quote at its end, such as "two words"`);
	}

	return {token: {kind: 'quoted', text: inside.replace(/\\(["\\])/g, '$1'), at}, length: whole.length};
}

function patternAt(text: string, at: number): Found {
	const [whole, inside] = matchAt(pattern, text, at);

	if (inside === undefined) {
		return wrong(at, safe`needs a slash at its end, such as /ng.*x/; write a path in quotes`);
	}

	if (inside === '') {
		return wrong(at, safe`needs a pattern between its slashes, such as /ng.*x/`);
	}

	// Most likely a path; half of it as a pattern and half as a word would find other things than it says.
	if (lengthAt(word, text, at + whole.length) > 0) {
		const path = shortOf(/^[^\s()"]*/.exec(text.slice(at))?.[0] ?? '');
		return wrong(at, safe`write a path in quotes: "${path}"; a slash in a pattern as \\/`);
	}

	return {
		token: {kind: 'pattern', text: inside.replace(/\\(.)/gs, (pair, one) => (one === '/' ? one : pair)), at},
		length: whole.length,
	};
}

function wrong(at: number, problem: Safe): Found {
	return {token: {kind: 'wrong', problem, at}, length: 0};
}

function operatorAt(text: string, at: number): Found | undefined {
	const [found] = matchAt(operator, text, at);
	return found === '' ? undefined : {token: {kind: 'operator', text: found as Operator, at}, length: found.length};
}

function wordAt(text: string, at: number): Found {
	const [found] = matchAt(word, text, at);
	const small = found.toLowerCase();
	const isKeyword = small === 'and' || small === 'or' || small === 'not';
	return {
		token: isKeyword ? {kind: 'keyword', text: small, at} : {kind: 'word', text: found, at},
		length: found.length,
	};
}

/** What a sticky expression matches here, and its group. */
function matchAt(expression: RegExp, text: string, at: number): readonly [whole: string, inside: string | undefined] {
	expression.lastIndex = at;
	const [whole = '', inside] = expression.exec(text) ?? [];
	return [whole, inside];
}

function lengthAt(expression: RegExp, text: string, at: number): number {
	return matchAt(expression, text, at)[0].length;
}
