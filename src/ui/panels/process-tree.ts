import {joinSafe, type Safe, safe} from '../../core/safe.js';
import type {Process} from '../../core/snapshot.js';
import type {Symbols} from '../theme.js';

/** Deeper ones are drawn as if they were so deep: their names must stay in sight. */
const deepest = 24;

/** Rows of a tree: each process once, behind its parent and below it. */
export type Tree = {
	readonly rows: readonly Process[];
	/** For each row that of its parent; -1 for a root. */
	readonly parents: Int32Array;
	/** 1 where no brother follows. */
	readonly isLast: Uint8Array;
};

/**
 * The processes below their parents, brothers in the order of what comes first of each or below it: a busy one brings up its whole
 * branch. Who has no parent among them is a root. A parent that
 * is its own descendant is impossible, unless two moments were mixed: one of such a ring is a root, too.
 */
export function treeOf(ordered: readonly Process[]): Tree {
	const children = byFirstBelow(ordered, childrenOf(ordered));
	const rows: Process[] = [];
	const parents = new Int32Array(ordered.length);
	const isLast = new Uint8Array(ordered.length);
	const isPlaced = new Uint8Array(ordered.length);

	/** Everything below a root, without recursion: depth is up to whoever started the processes. */
	const place = (root: number) => {
		const open = [{index: root, parent: -1, last: 0}];

		for (let next = open.pop(); next; next = open.pop()) {
			if (isPlaced[next.index]) {
				continue;
			}

			const row = rows.length;
			const process = ordered[next.index] as Process;
			isPlaced[next.index] = 1;
			rows.push(process);
			parents[row] = next.parent;
			isLast[row] = next.last;
			const below = children.below.get(process.pid) ?? [];

			for (let at = below.length - 1; at >= 0; at--) {
				open.push({index: below[at] as number, parent: row, last: at === below.length - 1 ? 1 : 0});
			}
		}
	};

	for (const root of [...children.roots, ...ordered.keys()]) {
		if (!isPlaced[root]) {
			place(root);
		}
	}

	return {rows, parents, isLast};
}

/** Positions in `ordered`: of those without a parent, and of the children of each pid. */
function childrenOf(ordered: readonly Process[]) {
	const pids = new Set(ordered.map(({pid}) => pid));
	const below = new Map<number, number[]>();
	const roots: number[] = [];

	for (const [index, {pid, parent}] of ordered.entries()) {
		if (parent === pid || !pids.has(parent)) {
			roots.push(index);
			continue;
		}

		const brothers = below.get(parent);

		if (brothers) {
			brothers.push(index);
		} else {
			below.set(parent, [index]);
		}
	}

	return {below, roots};
}

type Children = ReturnType<typeof childrenOf>;

/** The same with roots and brothers in the order of the first position that each has, or somebody below it. */
function byFirstBelow(ordered: readonly Process[], {below, roots}: Children): Children {
	const indexOf = new Map(ordered.map(({pid}, index) => [pid, index]));
	const first = Int32Array.from(ordered.keys());

	// In this order a position goes up until somebody has a better one, so that each process is passed by few.
	for (const index of ordered.keys()) {
		for (let at = indexOf.get(ordered[index]?.parent ?? -1); at !== undefined && (first[at] ?? 0) > index; ) {
			first[at] = index;
			at = indexOf.get(ordered[at]?.parent ?? -1);
		}
	}

	const sorted = (indices: readonly number[]) => indices.toSorted((a, b) => (first[a] ?? 0) - (first[b] ?? 0));
	return {below: new Map([...below].map(([pid, brothers]) => [pid, sorted(brothers)])), roots: sorted(roots)};
}

/** The lines before a row: `│  ├─ `; nothing before a root. */
export function branchOf({parents, isLast}: Tree, row: number, {tree}: Symbols): Safe {
	const parts: Safe[] = [];

	for (let at = row; (parents[at] ?? -1) >= 0 && parts.length < deepest; at = parents[at] ?? -1) {
		const [line, corner] = at === row ? [tree.branch, tree.last] : [tree.line, tree.gap];
		parts.unshift(isLast[at] ? corner : line);
	}

	return joinSafe(parts, safe``);
}

/** The processes that matter and all above them, in the order of `ordered`. */
export function withAncestors(ordered: readonly Process[], matching: ReadonlySet<Process>): readonly Process[] {
	const byPid = new Map(ordered.map(process => [process.pid, process]));
	const kept = new Set<Process>();

	for (const process of matching) {
		for (let one: Process | undefined = process; one && !kept.has(one); one = byPid.get(one.parent)) {
			kept.add(one);
		}
	}

	return ordered.filter(process => kept.has(process));
}
