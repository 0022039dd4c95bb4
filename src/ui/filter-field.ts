import type {Query} from '../core/query.js';
import type {Safe} from '../core/safe.js';
import {typeText} from './text-field.js';

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

/** The field after a key: one of text, `enter` (which keeps only what is understood), or `escape`. */
export function typeFilter(field: FilterField, key: string, isUnderstood: boolean): FilterField {
	const {text, before} = field;

	switch (key) {
		case 'enter':
			return isUnderstood ? {text: text.trim(), before: undefined} : field;
		case 'escape':
			return {text: before ?? '', before: undefined};
		default:
			return {text: typeText(text, key), before};
	}
}
