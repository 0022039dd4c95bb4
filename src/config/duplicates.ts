import type {Node} from 'jsonc-parser';
import type {Problem} from './problems.js';
import {entriesOf, keyOffset, placesOf} from './tree.js';

/** A problem for every key that its object already has: JSON would silently take the last one. */
export function duplicatesIn(tree: Node, lineOf: (offset: number) => number): readonly Problem[] {
	const problems: Problem[] = [];

	for (const {node, path} of placesOf(tree)) {
		const firsts = new Map<string | number, number>();

		for (const [key, child] of entriesOf(node)) {
			const offset = keyOffset(child);
			const first = firsts.get(key) ?? offset;
			firsts.set(key, first);

			if (offset !== first) {
				const say = () => `is there a second time, the first is in line ${lineOf(first)}; keep one of them`;
				problems.push({offset, path: [...path, key], say});
			}
		}
	}

	return problems;
}
