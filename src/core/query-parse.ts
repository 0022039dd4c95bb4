import {didYouMean} from './did-you-mean.js';
import {messageOf} from './errors.js';
import type {Comparison, Compile, Operator, ParsedQuery, Pattern, Query, TextTest} from './query.js';
import {QueryError, shortOf} from './query-error.js';
import {type Field, fieldNames, fieldOf, needed, quantityOf} from './query-fields.js';
import {type KeywordToken, type OperatorToken, type TextToken, type Token, tokensOf} from './query-tokens.js';
import {type Safe, safe, safeText} from './safe.js';

const longest = 1000;

/** Brackets and `not` inside each other. */
const deepest = 50;

const needsField = safe`needs a field before it, such as cpu>5, or quotes around it`;

type State = {
	readonly tokens: readonly Token[];
	readonly compile: Compile;
	index: number;
	depth: number;
};

/** Reads a filter, or says what to write instead. Time is linear in the text. */
export function parseQuery(text: string, compile: Compile): ParsedQuery {
	if (text.length > longest) {
		return {ok: false, at: longest, problem: safe`is longer than ${longest} characters`};
	}

	try {
		return {ok: true, query: whole({tokens: tokensOf(text), compile, index: 0, depth: 0})};
	} catch (error) {
		if (error instanceof QueryError) {
			return {ok: false, at: error.at, problem: error.problem};
		}

		throw error;
	}
}

function whole(state: State): Query {
	if (peek(state).kind === 'end') {
		return {kind: 'and', parts: []};
	}

	const query = alternatives(state);
	const rest = peek(state);

	if (rest.kind === 'close') {
		throw new QueryError(rest.at, safe`needs a ( before it, or quotes around it`);
	}

	return query;
}

function alternatives(state: State): Query {
	const parts = [together(state)];

	while (takeKeyword(state, 'or')) {
		parts.push(together(state));
	}

	return joined('or', parts);
}

/** Words and terms with `and` between them, or nothing. */
function together(state: State): Query {
	const parts = [negation(state)];

	while (takeKeyword(state, 'and') || !endsHere(peek(state))) {
		parts.push(negation(state));
	}

	return joined('and', parts);
}

function endsHere(token: Token): boolean {
	return token.kind === 'end' || token.kind === 'close' || (token.kind === 'keyword' && token.text === 'or');
}

function joined(kind: 'and' | 'or', parts: readonly Query[]): Query {
	const [first] = parts;
	return first && parts.length === 1 ? first : {kind, parts};
}

function negation(state: State): Query {
	const {at} = peek(state);
	return takeKeyword(state, 'not')
		? deeper(state, at, () => ({kind: 'not', part: negation(state)}))
		: wordOrTerm(state);
}

function deeper(state: State, at: number, read: () => Query): Query {
	if (state.depth === deepest) {
		throw new QueryError(at, safe`is inside more than ${deepest} brackets or nots`);
	}

	state.depth += 1;
	const query = read();
	state.depth -= 1;
	return query;
}

function wordOrTerm(state: State): Query {
	const token = peek(state);

	switch (token.kind) {
		case 'open':
			return deeper(state, token.at, () => bracketed(state));
		case 'operator':
			throw new QueryError(token.at, needsField);
		case 'word':
		case 'quoted':
		case 'pattern':
			state.index += 1;
			return afterText(state, token);
		default:
			throw new QueryError(token.at, safe`needs a word or a term, such as nginx or cpu>5`);
	}
}

function bracketed(state: State): Query {
	state.index += 1;
	const query = alternatives(state);
	const end = peek(state);

	if (end.kind !== 'close') {
		throw new QueryError(end.at, safe`needs a )`);
	}

	state.index += 1;
	return query;
}

function afterText(state: State, token: TextToken): Query {
	const next = peek(state);

	if (next.kind === 'operator') {
		state.index += 1;
		return term(state, fieldBefore(next, token), next);
	}

	if (token.kind === 'pattern') {
		return {kind: 'pattern', pattern: compiled(state, token)};
	}

	return {kind: 'word', text: comparable(token.kind === 'word' ? checked(token) : token.text)};
}

/** Signs of other languages would be looked for as text, and nothing found. */
function checked({text, at}: TextToken): string {
	const meant = {'&': safe`and`, '|': safe`or`, '!': safe`not`}[text[0] ?? ''];

	if (meant && (meant === 'not' || /^(?:&&?|\|\|?)$/.test(text))) {
		throw new QueryError(at, safe`is written as a word: ${meant}; or needs quotes around it`);
	}

	return text;
}

function fieldBefore(operator: OperatorToken, {kind, text, at}: TextToken): Field {
	if (kind !== 'word') {
		throw new QueryError(operator.at, needsField);
	}

	const field = fieldOf(text);

	if (!field) {
		throw new QueryError(at, noField(text, operator.text));
	}

	return field;
}

function noField(text: string, operator: Operator): Safe {
	const short = shortOf(text);
	const near = didYouMean(text, fieldNames);

	if (near !== undefined) {
		return safe`${short} is no field, did you mean ${safeText(near)}?`;
	}

	return /^[a-z]+$/i.test(text)
		? safe`no field ${short}: ${safeText(fieldNames.join(' '))}`
		: safe`${short} is no field; as text it needs quotes: "${short}${safeText(operator)}..."`;
}

function term(state: State, field: Field, {text: operator, at}: OperatorToken): Query {
	const isOfText = operator === '~' || operator === '!~';

	if (field.kind === 'number') {
		if (isOfText) {
			throw new QueryError(at, safe`${safeText(field.name)} is a number, compared with = != > >= < or <=`);
		}

		return numberTerm(state, field, operator);
	}

	if (isOfText || operator === '=' || operator === '!=') {
		const test = textTest(state, field, operator);
		return {kind: 'text', field: field.name, isNegated: operator.startsWith('!'), test};
	}

	throw new QueryError(at, safe`${safeText(field.name)} is text, compared with = != ~ or !~`);
}

function numberTerm(state: State, field: Extract<Field, {kind: 'number'}>, operator: Comparison): Query {
	const token = peek(state);
	const quantity = token.kind === 'word' || token.kind === 'quoted' ? quantityOf(field, token.text) : undefined;

	if (!quantity) {
		throw new QueryError(token.at, needed(field, operator));
	}

	state.index += 1;
	return {kind: 'number', operator, ...quantity};
}

function textTest(state: State, field: Field, operator: Operator): TextTest {
	const token = peek(state);
	state.index += 1;

	switch (token.kind) {
		case 'pattern':
			return {kind: 'pattern', pattern: compiled(state, token)};
		case 'word':
		case 'quoted': {
			const text = comparable(token.text);
			return operator.endsWith('~') ? {kind: 'contains', text} : {kind: 'is', pieces: text.split('*')};
		}
		default:
			throw new QueryError(token.at, needed(field, operator));
	}
}

/** As the texts of processes are compared: what hides made visible, in small letters. */
function comparable(typed: string): string {
	return safeText(typed).toLowerCase();
}

function compiled({compile}: State, {text, at}: TextToken): Pattern {
	try {
		return compile(text);
	} catch (error) {
		throw new QueryError(at, safe`is no pattern: ${safeText(messageOf(error))}`);
	}
}

/** The token that comes next. What is wrong in the text is told when it is come to: the first mistake is the one to mend. */
function peek({tokens, index}: State): Exclude<Token, {kind: 'wrong'}> {
	const token = tokens[index] ?? {kind: 'end', at: 0};

	if (token.kind === 'wrong') {
		throw new QueryError(token.at, token.problem);
	}

	return token;
}

function takeKeyword(state: State, keyword: KeywordToken['text']): boolean {
	const token = peek(state);
	const isThere = token.kind === 'keyword' && token.text === keyword;
	state.index += isThere ? 1 : 0;
	return isThere;
}
