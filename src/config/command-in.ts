import type {Node} from 'jsonc-parser';
import {type Place, placesOf} from './tree.js';

/** Keys whose values are run as programs, in whatever they stand. */
const commandKeys: readonly unknown[] = ['command', 'restart'];

/** The first command in a tree; undefined when there is none. */
export function commandIn(tree: Node): Place | undefined {
	for (const place of placesOf(tree)) {
		if (commandKeys.includes(place.path.at(-1))) {
			return place;
		}
	}

	return undefined;
}
