import type * as z from 'zod';
import {didYouMean} from '../core/did-you-mean.js';
import {baseOf} from '../core/series.js';
import {cut} from './problems.js';

/** What was found at the place of a problem. */
export type Written =
	/** `json` is what may be printed; `value` what a near choice is looked for with. */
	| {readonly kind: 'shown'; readonly value: unknown; readonly json: string}
	/** Nothing of a secret may be told, not even what it resembles; of a reference, only what was written. */
	| {readonly kind: 'reference'; readonly json: string}
	| {readonly kind: 'secret'}
	| {readonly kind: 'missing'};

/** What is wrong, what was written and what to write instead, for one problem that the schema found. Not of unknown keys. */
export function explain(issue: z.core.$ZodIssue, written: Written): string {
	if (written.kind === 'missing') {
		return 'is missing';
	}

	const got = gotText(written);

	switch (issue.code) {
		case 'invalid_type':
			return issue.expected === 'int' ? `${issue.message}${got}` : `must be ${article(issue.expected)}${got}`;
		case 'invalid_union':
			return 'options' in issue && Array.isArray(issue.options)
				? `must be ${choicesText(issue.options)}${got}${suggestion(written, issue.options)}`
				: `${issue.message}${got}`;
		case 'invalid_value':
			return `must be ${choicesText(issue.values)}${got}${suggestion(written, issue.values)}`;
		case 'too_small':
			return issue.origin === 'number'
				? `${issue.message}${got}`
				: `must have at least ${entries(issue.minimum)}${got}`;
		case 'too_big':
			return issue.origin === 'number'
				? `${issue.message}${got}`
				: `must have at most ${entries(issue.maximum)}${countOf(written)}`;
		case 'custom':
			return issue.params?.['isSecret']
				? issue.message
				: `${issue.message}${got}${suggestion(written, issue.params?.['choices'])}`;
		default:
			return `${issue.message}${got}`;
	}
}

/** An unknown key: the one that was most likely meant, else all that there are. */
export function explainUnknown(key: string, keys: readonly string[]): string {
	const unknown = `unknown key '${cut(key)}'`;
	const meant = didYouMean(key, keys);

	if (meant !== undefined) {
		return `${unknown}; did you mean '${meant}'?`;
	}

	return keys.length === 0 ? unknown : `${unknown}; known here: ${keys.join(', ')}`;
}

function article(type: string): string {
	return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** `"debug", "info", "warn" or "error"` */
function choicesText(choices: readonly unknown[]): string {
	const texts = choices.map(choice => JSON.stringify(choice));
	return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

/** Limits of lists; those of numbers have words of their own. */
function entries(count: number | bigint): string {
	return count === 1 ? '1 entry' : `${count} entries`;
}

function gotText(written: Written): string {
	switch (written.kind) {
		case 'shown':
			return `, got ${cut(written.json)}`;
		case 'reference':
			return `, got the value of ${cut(written.json)}`;
		case 'secret':
		case 'missing':
			return '';
	}
}

function countOf(written: Written): string {
	return written.kind === 'shown' && Array.isArray(written.value) ? `, got ${written.value.length}` : '';
}

/** The choice that a text resembles. Of a series only the part before the instance is a matter of choice. */
function suggestion(written: Written, choices: unknown): string {
	if (written.kind !== 'shown' || typeof written.value !== 'string' || !Array.isArray(choices)) {
		return '';
	}

	const meant = didYouMean(baseOf(written.value), choices.map(String));
	return meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`;
}
