import {cgroupAround} from './cgroup.mjs';
import {pictureOf} from './screen.mjs';
import {Terminal} from './terminal.mjs';
import {cpuNsOf, memoryOf, processCount, treeOf} from './tree.mjs';

/**
 * @import {Chunk, Command, Size} from './terminal.mjs'
 * @typedef {{
 *   readonly command: Command,
 *   readonly size: Size,
 *   readonly env: Readonly<Record<string, string>>,
 *   readonly warmUpMs: number,
 *   readonly windowMs: number,
 * }} Run
 * @typedef {Awaited<ReturnType<typeof measure>>} Figures
 */

/** Output that follows within this many ms belongs to the same drawing. */
const burstGapMs = 10;

/** The program ended before its time was up. */
export class EarlyExit extends Error {
	/** @override */
	name = 'EarlyExit';
}

/**
 * One run of one program. CPU is in percent of one core, summed over the program and all that it starts.
 *
 * @param {Run} run
 */
export async function measure({command, size, env, warmUpMs, windowMs}) {
	const terminal = new Terminal(command, size, env);
	/** @type {ReturnType<typeof cgroupAround>} */
	let cgroup;
	const read = () => {
		const pids = cgroup?.pids ?? treeOf(terminal.pid);
		const procNs = cpuNsOf(pids);
		return {at: terminal.now, pids, procNs, cpuNs: cgroup?.cpuNs ?? procNs};
	};

	try {
		await terminal.until(warmUpMs / 2);
		cgroup = terminal.exit ? undefined : cgroupAround(terminal.pid);
		await terminal.until(warmUpMs);
		const before = read();
		await terminal.until(before.at + windowMs);
		const after = read();
		const memory = memoryOf(after.pids);
		const processes = processCount();
		const hasEnded = terminal.exit !== undefined;
		const endedBy = await terminal.end();
		const {text, ...picture} = await pictureOf(terminal.chunks, size, {from: before.at, to: after.at});

		if (hasEnded) {
			const code = terminal.exit?.exitCode;
			throw new EarlyExit(`ended by itself with exit code ${code}, after writing '${lastLinesOf(text)}'`);
		}

		const elapsedMs = after.at - before.at;
		const percent = (/** @type {number} */ ns) => (ns / 1e6 / elapsedMs) * 100;

		return {
			processes,
			cpuPercent: percent(after.cpuNs - before.cpuNs),
			cpuMethod: cgroup?.kind ?? '/proc',
			cpuPercentByProc: percent(after.procNs - before.procNs),
			...memory,
			...streamOf(terminal.chunks, before.at, after.at),
			...picture,
			endedBy,
		};
	} finally {
		await terminal.end();
		await cgroup?.close();
	}
}

/**
 * What went to the terminal within the window. `stalenessMs` is the longest time from one drawing to the next.
 *
 * @param {readonly Chunk[]} chunks
 * @param {number} from
 * @param {number} to
 */
function streamOf(chunks, from, to) {
	const window = chunks.filter(({at}) => at >= from && at < to);
	const bytes = window.reduce((sum, {data}) => sum + data.length, 0);
	const starts = window.filter(({at}, index) => at - (window[index - 1]?.at ?? -burstGapMs) >= burstGapMs);
	const times = [...starts.map(({at}) => at), to];
	const gaps = times.map((at, index) => at - (times[index - 1] ?? from));

	return {bytesPerSecond: (bytes / (to - from)) * 1000, stalenessMs: Math.max(...gaps)};
}

/** @param {string} text */
function lastLinesOf(text) {
	return text
		.trim()
		.split(/\s*\n\s*/)
		.slice(-3)
		.join(' | ');
}
