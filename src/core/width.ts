import stringWidth from 'string-width';
import type {Safe} from './safe.js';

const ascii = /^[\x20-\x7e]*$/;
const oneColumn = /^[\x20-\x7e\u2500-\u259f\u2800-\u28ff\u00b7\u2026\u25cf\u25cb\u2713\u2717\u25b2]*$/;

// Made at first need: most screens never show a cluster of more than one code point.
let segmenter: Intl.Segmenter | undefined;

/** Columns that the text takes (ambiguous characters count one): the sum of its clusters, as they are painted. */
export function widthOf(text: Safe): number {
	if (oneColumn.test(text)) {
		return text.length;
	}

	let width = 0;

	for (const cluster of clustersOf(text)) {
		width += clusterWidth(cluster);
	}

	return width;
}

/** Columns of one grapheme cluster: 0, 1 or 2. What claims more (a flag sequence) is shown in 2. */
export function clusterWidth(cluster: string): number {
	return Math.min(2, stringWidth(cluster));
}

/** The text as its grapheme clusters: what a terminal draws in one place. */
export function clustersOf(text: string): Iterable<string> {
	if (oneColumn.test(text)) {
		return text;
	}

	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	return Array.from(segmenter.segment(text), ({segment}) => segment);
}

/** Cut to so many columns, with an ellipsis in the last one when something was cut. */
export function cut(text: Safe, columns: number): Safe {
	if (columns <= 0) {
		return '' as Safe;
	}

	if (ascii.test(text)) {
		return (text.length <= columns ? text : `${text.slice(0, columns - 1)}…`) as Safe;
	}

	if (widthOf(text) <= columns) {
		return text;
	}

	let kept = '';
	let width = 0;

	for (const cluster of clustersOf(text)) {
		const next = clusterWidth(cluster);

		if (width + next > columns - 1) {
			break;
		}

		kept += cluster;
		width += next;
	}

	return `${kept}…` as Safe;
}
