import {cpuRows} from './cpu-rows.mjs';
import {diskRows, ioRows, networkRows} from './device-rows.mjs';
import {memoryRows} from './memory-rows.mjs';
import {processRows} from './process-rows.mjs';

/**
 * @import {Kernel} from './kernel.mjs'
 * @import {Load} from './load.mjs'
 * @import {Reading} from './reading.mjs'
 * @import {Bound} from './verdict.mjs'
 * @typedef {{readonly name: string, readonly value: number | undefined, readonly bound: Bound}} ToolValue
 * @typedef {{
 *   readonly name: string,
 *   readonly unit: string,
 *   readonly value: number | undefined,
 *   readonly kernel: Reading | undefined,
 *   readonly bound: Bound,
 *   readonly tools?: readonly ToolValue[],
 * }} Row One number: what healthtop said, the kernel, and the tools. Undefined: nothing.
 * @typedef {{
 *   readonly pid: number,
 *   readonly cpuPercent?: number,
 *   readonly memoryBytes: number,
 *   readonly writtenBytesPerSecond?: number,
 * }} ProcessJson
 * @typedef {{
 *   readonly at: string,
 *   readonly intervalMs: number,
 *   readonly series: Readonly<Record<string, number>>,
 *   readonly filesystems: readonly {readonly mount: string, readonly device: string}[],
 *   readonly processes: readonly ProcessJson[],
 * }} Snapshot
 * @typedef {{
 *   readonly snapshot: Snapshot,
 *   readonly kernel: Kernel,
 *   readonly said: (tool: string, row: string, column: string) => number | undefined,
 *   readonly load: Pick<Load, 'busyPid' | 'hogPid' | 'writerPid'>,
 *   readonly ownPid: number,
 *   readonly uptime: Reading | undefined,
 * }} Seen One window, seen by all of them. `said`: what a tool said, if anything; `uptime`: the kernel's, at the snapshot's `at`.
 */

/**
 * The file systems that are compared. The others live in memory or far away, where asking may take for ever.
 *
 * @param {Snapshot} snapshot
 */
export function mountsOnDisks({filesystems}) {
	return filesystems.filter(({device}) => device.startsWith('/dev/')).map(({mount}) => mount);
}

/**
 * Every number of the snapshot that somebody else tells too.
 *
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
export function rowsOf(seen) {
	const instances = (/** @type {string} */ base) =>
		Object.keys(seen.snapshot.series)
			.filter(name => name.startsWith(`${base}:`))
			.map(name => name.slice(base.length + 1));

	return [
		...cpuRows(seen, instances('core.used')),
		...memoryRows(seen),
		...mountsOnDisks(seen.snapshot).flatMap(mount => diskRows(seen, mount)),
		...instances('io.read').flatMap(device => ioRows(seen, device)),
		...instances('network.received').flatMap(name => networkRows(seen, name)),
		...processRows(seen),
	];
}
