import type {Query} from '../../core/query.js';
import {matches} from '../../core/query-match.js';
import type {Process} from '../../core/snapshot.js';
import type {Scene} from '../scene.js';
import type {Sort, ViewState} from '../view-state.js';
import {type Tree, treeOf, withAncestors} from './process-tree.js';

type Order = Pick<ViewState, 'sort' | 'isReversed'>;

/** What the list of processes consists of, seen or not. */
export type Listing = {
	readonly rows: readonly Process[];
	readonly tree: Tree | undefined;
	/** In a tree with a filter: what it is about. The others are there for what is below them. */
	readonly matching: ReadonlySet<Process> | undefined;
};

type Wanted = Order & {readonly all: readonly Process[]; readonly query: Query | undefined; readonly isTree: boolean};

let last: {readonly wanted: Wanted; readonly listing: Listing} | undefined;

/** The last result is kept: one picture asks for the same rows more than once. */
export function listingOf({snapshot, filter: {query}, view}: Scene): Listing {
	const {sort, isReversed, isTree} = view;
	const wanted = {all: snapshot.processes, query, sort, isReversed, isTree};

	if (!last || !isSameWish(last.wanted, wanted)) {
		const context = {memoryTotalBytes: snapshot.series.get('memory.total'), now: snapshot.at};
		const matching = query && snapshot.processes.filter(row => matches(query, row, context));
		last = {wanted, listing: isTree ? asTree(wanted, matching) : asList(wanted, matching)};
	}

	return last.listing;
}

function isSameWish(a: Wanted, b: Wanted): boolean {
	return (
		a.all === b.all &&
		a.query === b.query &&
		a.sort === b.sort &&
		a.isReversed === b.isReversed &&
		a.isTree === b.isTree
	);
}

function asList({all, ...order}: Wanted, matching = all): Listing {
	return {rows: inOrder(matching, order), tree: undefined, matching: undefined};
}

function asTree({all, ...order}: Wanted, matching: readonly Process[] | undefined): Listing {
	const ordered = inOrder(all, order);

	const found = matching && new Set(matching);
	const tree = treeOf(found ? withAncestors(ordered, found) : ordered);
	return {rows: tree.rows, tree, matching: found};
}

/** Largest first for amounts, smallest first for names and numbers; then by pid, so that equal rows keep their place. */
export function inOrder(rows: readonly Process[], {sort, isReversed}: Order): readonly Process[] {
	const compare = comparisons[sort];
	const sign = isReversed ? -1 : 1;
	// What is not known is neither much nor little.
	const unknown = ({disk}: Process) => Number(sort === 'io' && (disk === undefined || disk === 'denied'));
	return rows.toSorted((a, b) => unknown(a) - unknown(b) || sign * compare(a, b) || a.pid - b.pid);
}

const comparisons: Record<Sort, (a: Process, b: Process) => number> = {
	cpu: (a, b) => b.cpuSmoothed - a.cpuSmoothed || b.memoryBytes - a.memoryBytes,
	memory: (a, b) => b.memoryBytes - a.memoryBytes,
	pid: (a, b) => a.pid - b.pid,
	name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
	io: (a, b) => diskOf(b) - diskOf(a),
	time: (a, b) => b.startTicks - a.startTicks,
};

function diskOf({disk}: Process): number {
	return disk === undefined || disk === 'denied' ? -1 : disk.read + disk.written;
}
