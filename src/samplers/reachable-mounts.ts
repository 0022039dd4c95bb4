/** Where something is mounted: its number, that of the mount it lies on (proc_pid_mountinfo(5)), and the path. */
export type MountPoint = {readonly id: string; readonly parent: string; readonly mount: string};

/** Without what no path leads to any more: the last mount of a path hides those before it, and one of a directory above hides what lay below. */
export function withoutHidden<Row extends MountPoint>(rows: readonly Row[]): readonly Row[] {
	const byId = new Map(rows.map(row => [row.id, row]));
	const byPath = new Map<string, Row[]>();

	for (const row of rows) {
		byPath.set(row.mount, [...(byPath.get(row.mount) ?? []), row]);
	}

	return [...byPath.values()].flatMap(stack => {
		const row = stack.at(-1);

		if (!row) {
			return [];
		}

		const chain = idsBelow(row, byId);
		const covers = (other: Row) => !chain.has(other.id) && chain.has(other.parent);
		return directoriesAbove(row.mount).some(directory => byPath.get(directory)?.some(covers)) ? [] : [row];
	});
}

/** The mount and those it lies on. */
function idsBelow({id, parent}: MountPoint, byId: ReadonlyMap<string, MountPoint>): ReadonlySet<string> {
	const ids = new Set([id]);

	for (let next = parent; !ids.has(next); next = byId.get(next)?.parent ?? next) {
		ids.add(next);
	}

	return ids;
}

/** `/a/b` has `/a` and `/`. */
function directoriesAbove(path: string): readonly string[] {
	const parts = path.split('/').slice(1, -1);
	return path === '/' ? [] : ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)];
}
