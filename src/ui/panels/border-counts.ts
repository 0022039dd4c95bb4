import {joinSafe, type Safe, safe} from '../../core/safe.js';
import {widthOf} from '../../core/width.js';

/** One part of what the border says of how many; `leaves`: where there is no room for all, the largest goes first. */
export type BorderCount = {readonly text: Safe; readonly leaves: number};

/** Columns of the body that the border needs for its title, corners and air. */
const titleColumns = 11;

/** `5 ok · 1 wait · 1 crit`, as far as there is room above a body of so many columns; what is worst stays longest. */
export function borderCounts(parts: readonly BorderCount[], columns: number, dot: Safe): Safe {
	const joined = (kept: readonly BorderCount[]) =>
		joinSafe(
			kept.map(({text}) => text),
			safe` ${dot} `,
		);
	let kept = parts;

	while (kept.length > 1 && widthOf(joined(kept)) > columns - titleColumns) {
		const most = Math.max(...kept.map(({leaves}) => leaves));
		kept = kept.filter(({leaves}) => leaves !== most);
	}

	return joined(kept);
}
