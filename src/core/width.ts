import stringWidth from 'string-width';
import type {Safe} from './safe.js';

/** ASCII, Latin, and what we draw with: arrows, borders, blocks, dots, and the symbols of the levels. */
const oneColumn =
	/^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2190-\u2193\u2026\u2500-\u259f\u25b2\u25cb\u25cf\u2713\u2717\u2800-\u28ff]*$/;

// Made at first need: most screens never show a cluster of more than one code point.
let segmenter: Intl.Segmenter | undefined;

/** True when every UTF-16 unit of the text is a character of one column: ASCII, and what we draw with. */
export function isPlain(text: string): boolean {
	return oneColumn.test(text);
}

/** Columns that the text takes (ambiguous characters count one): the sum of its clusters, as they are painted. */
export function widthOf(text: Safe): number {
	if (isPlain(text)) {
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
	if (isPlain(text)) {
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

	if (isPlain(text)) {
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

/** What is left of a text that is scrolled so many columns to the left, with an ellipsis in its first one. */
export function cutStart(text: Safe, columns: number): Safe {
	if (columns <= 0 || text === '') {
		return text;
	}

	if (isPlain(text)) {
		return `…${text.slice(columns + 1)}` as Safe;
	}

	let width = 0;
	let rest = '';

	for (const cluster of clustersOf(text)) {
		// Of a wide one that begins under the ellipsis a space is left.
		rest += width > columns ? cluster : ' '.repeat(Math.max(0, width + clusterWidth(cluster) - columns - 1));
		width += clusterWidth(cluster);
	}

	return `…${rest}` as Safe;
}

/** The text in lines of at most so many columns, broken behind a space where there is one in the second half of a line. */
export function wrapped(text: Safe, columns: number): readonly Safe[] {
	const lines: string[] = [];
	let line = '';
	let width = 0;

	for (const cluster of clustersOf(text)) {
		if (width + clusterWidth(cluster) > columns && line !== '') {
			const space = line.lastIndexOf(' ') + 1;
			const end = space > line.length / 2 ? space : line.length;
			lines.push(line.slice(0, end));
			line = line.slice(end);
			width = widthOf(line as Safe);
		}

		line += cluster;
		width += clusterWidth(cluster);
	}

	return [...lines, line].map(one => one as Safe);
}
