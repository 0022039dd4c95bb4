import {ConfigError} from '../core/errors.js';
import {safeText} from '../core/safe.js';
import {linesOf} from './tree.js';

/** One thing that is wrong with a configuration, and where in its text. */
export type Problem = {
	readonly offset: number;
	readonly path: readonly PropertyKey[];
	/** What is wrong and what to write instead; asked only for what is printed. */
	say(): string;
};

/** Nobody reads more at once; a large file of something else would fill the terminal. */
const most = 100;

/** Longest piece of a configuration that is repeated in a message, in UTF-16 units. */
const longest = 100;

/** All problems in one message, by line. */
export function configError(file: string, text: string, problems: readonly Problem[]): ConfigError {
	const lineOf = linesOf(text);
	const told = problems.toSorted((a, b) => a.offset - b.offset).slice(0, most);
	const lines = told.map(problem => safeText(`${placeText(lineOf(problem.offset), problem.path)}: ${problem.say()}`));
	const left = problems.length - told.length;
	return new ConfigError(
		[
			`${file} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:`,
			...lines.map(line => `  ${line}`),
			...(left > 0 ? [`  and ${left} more`] : []),
		].join('\n'),
	);
}

/** `line 3, screen.panels[0]`; the whole is `(top level)`. Not yet safe to be shown. */
export function placeText(line: number, path: readonly PropertyKey[]): string {
	const text = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${cut(String(key))}`)).join('');
	return `line ${line}, ${text === '' ? '(top level)' : text.replace(/^\./, '')}`;
}

/** As much of a text as belongs into a message. */
export function cut(text: string): string {
	return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
