import {type Safe, safeText} from '../../core/safe.js';
import type {NamedCheck} from './suggestion.js';

/** Columns of a line, and those of a tab: as this repository formats its JSON. */
const [lineWidth, tabWidth] = [120, 2];

export type Written = {
	/** Lines at the top of the file. */
	readonly heading: readonly Safe[];
	readonly checks: readonly NamedCheck[];
	/** Lines below the checks. */
	readonly ending: readonly Safe[];
};

/** A configuration with these checks: JSON with comments. Nothing in a comment can end it. */
export function writeChecks({heading, checks, ending}: Written): string {
	const written = checks.map((check, index) => {
		const comma = index < checks.length - 1 ? ',' : '';
		return [...comments(check.suggestion.comments, '\t\t'), `${checkText(check)}${comma}`].join('\n');
	});
	const end = comments(ending, '\t\t').join('\n');
	const body = [written.join('\n\n'), end].filter(part => part !== '').join('\n\n');
	const list = body === '' ? '[]' : `[\n${body}\n\t]`;
	return `${comments(heading, '').join('\n')}\n{\n\t"checks": ${list}\n}\n`;
}

/** Safe text has no line ends; were it none, it is made so. */
function comments(lines: readonly Safe[], indent: string): readonly string[] {
	return lines.map(line => `${indent}// ${safeText(line)}`);
}

function checkText({name, options}: NamedCheck): string {
	const entries = Object.entries({name, ...options}).map(([key, value]) => `${JSON.stringify(key)}: ${inline(value)}`);
	const line = `\t\t{${entries.join(', ')}}`;

	if (line.length + 2 * (tabWidth - 1) < lineWidth) {
		return line;
	}

	return `\t\t{\n${entries.map(entry => `\t\t\t${entry}`).join(',\n')}\n\t\t}`;
}

/** In one line, with a space behind each comma and colon. */
function inline(value: unknown): string {
	if (Array.isArray(value)) {
		return `[${value.map(inline).join(', ')}]`;
	}

	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
		return `{${entries.join(', ')}}`;
	}

	return JSON.stringify(value);
}
