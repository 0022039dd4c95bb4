import type {Query} from '../core/query.js';
import type {Safe} from '../core/safe.js';

/** Nobody types more; the language itself takes 1,000 characters. */
const longest = 200;

/** The filter of the processes as a person writes it. */
export type FilterField = {
	/** Empty: no filter. */
	readonly text: string;
	/** What stood there before somebody began to type, for escape; undefined while nobody types. */
	readonly before: string | undefined;
};

/** What a filter comes to. */
export type Filtering = FilterField & {
	/** The last one that could be understood. */
	readonly query: Query | undefined;
	/** What to write instead. */
	readonly problem: Safe | undefined;
};

export const noFilter: FilterField = {text: '', before: undefined};

/** Begins to type, with what is there. */
export function editFilter({text}: FilterField): FilterField {
	return {text, before: text};
}

/** The field after a key: a character, `backspace`, `ctrl+u`, `ctrl+w`, `enter` (which keeps only what is understood), `escape`. */
export function typeFilter(field: FilterField, key: string, isUnderstood: boolean): FilterField {
	const {text, before} = field;

	switch (key) {
		case 'enter':
			return isUnderstood ? {text: text.trim(), before: undefined} : field;
		case 'escape':
			return {text: before ?? '', before: undefined};
		case 'backspace':
			return {text: [...text].slice(0, -1).join(''), before};
		case 'ctrl+u':
			return {text: '', before};
		case 'ctrl+w':
			return {text: text.replace(/\S+\s*$/, ''), before};
		default:
			return {text: (text + characterOf(key)).slice(0, longest), before};
	}
}

/** Names of keys that are no character (`up`, `ctrl+a`) write nothing. */
function characterOf(key: string): string {
	return key === 'space' ? ' ' : [...key].length === 1 ? key : '';
}
