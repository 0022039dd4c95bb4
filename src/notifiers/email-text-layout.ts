import {repeatSafe, type Safe, safe} from '../core/safe.js';
import {cut, widthOf, wrapped} from '../core/width.js';

/** Readers break longer lines, RFC 5322 wants none. */
const columns = 78;

/** A paragraph in lines, so far from the left. */
export function indented(text: Safe, indent: number): readonly Safe[] {
	const space = repeatSafe(safe` `, indent);
	return wrapped(text, columns - indent).map(line => safe`${space}${line}`);
}

/** A label and what it is of, which is broken below itself. */
export function labelled(label: Safe, value: Safe, width: number): readonly Safe[] {
	const [first = safe``, ...more] = wrapped(value, columns - width);
	const space = repeatSafe(safe` `, width);
	return [safe`${padded(label, width)}${first}`, ...more.map(line => safe`${space}${line}`)];
}

/** Cut or with spaces to exactly so many columns. */
export function padded(text: Safe, width: number, side: 'start' | 'end' = 'end'): Safe {
	const shown = cut(text, width);
	const space = repeatSafe(safe` `, width - widthOf(shown));
	return side === 'end' ? safe`${shown}${space}` : safe`${space}${shown}`;
}

/** Two lists beside each other. */
export function besides(left: readonly Safe[], right: readonly Safe[]): readonly Safe[] {
	const widest = Math.max(0, ...left.map(widthOf));
	return Array.from({length: Math.max(left.length, right.length)}, (_, row) => {
		const space = repeatSafe(safe` `, widest - widthOf(left[row] ?? safe``));
		return safe`${left[row] ?? safe``}${space}  ${right[row] ?? safe``}`;
	});
}
