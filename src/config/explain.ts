import type * as z from 'zod';

/** What is wrong and what was written, for one problem that the schema found. */
export function problemOf(issue: z.core.$ZodIssue): string {
	switch (issue.code) {
		case 'unrecognized_keys':
			return `unknown ${issue.keys.length > 1 ? 'keys' : 'key'} ${issue.keys.map(key => `'${key}'`).join(', ')}`;
		case 'invalid_type':
			return issue.input === undefined ? 'is missing' : `must be ${article(issue.expected)}${got(issue.input)}`;
		default:
			return `${issue.message}${got(issue.input)}`;
	}
}

function article(type: string): string {
	return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function got(input: unknown): string {
	return input === undefined ? '' : `, got ${JSON.stringify(input)}`;
}
