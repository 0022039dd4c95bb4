import {readdirSync, readFileSync} from 'node:fs';

/** Nanoseconds in a tick of /proc/PID/stat: USER_HZ is 100 on every Linux that Node runs on (proc(5)). */
const tickNs = 1e7;

/** @param {string} path */
function read(path) {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		// The process may end at any time.
		return '';
	}
}

/** @param {string} path */
const numbersIn = path => {
	try {
		return readdirSync(path).filter(name => /^\d+$/.test(name));
	} catch {
		return [];
	}
};

/**
 * The fields of /proc/PID/stat from `state` on; the name before may hold spaces and brackets.
 *
 * @param {number | string} pid
 */
function statOf(pid) {
	const text = read(`/proc/${pid}/stat`);
	return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** How many processes the machine has, kernel threads included: what a monitor has to list. */
export function processCount() {
	return numbersIn('/proc').length;
}

/**
 * A process and all its descendants, those that are still there.
 *
 * @param {number} root
 */
export function treeOf(root) {
	/** @type {Map<number, number[]>} */
	const childrenOf = new Map();

	for (const pid of numbersIn('/proc')) {
		const parent = Number(statOf(pid)[1]);
		childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(pid)]);
	}

	const tree = [root];

	for (const pid of tree) {
		tree.push(...(childrenOf.get(pid) ?? []));
	}

	return tree;
}

/**
 * CPU time of some processes and of their children that ended and were waited for, in ns.
 * The scheduler's figures are exact but forget threads that ended; `stat` remembers those, in ticks of 10 ms.
 * Children that ended are known in ticks only.
 *
 * @param {readonly number[]} pids
 */
export function cpuNsOf(pids) {
	let total = 0;

	for (const pid of pids) {
		const [userTicks = 0, systemTicks = 0] = statOf(pid).slice(11, 13).map(Number);
		const threadNs = numbersIn(`/proc/${pid}/task`)
			.map(thread => Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]))
			.reduce((sum, ns) => sum + ns, 0);
		total += Math.max(threadNs, (userTicks + systemTicks) * tickNs) + childrenCpuNsOf(pid);
	}

	return total;
}

/**
 * CPU time of the children of a process that ended and were waited for, and of theirs, in ns.
 *
 * @param {number} pid
 */
export function childrenCpuNsOf(pid) {
	const [userTicks = 0, systemTicks = 0] = statOf(pid).slice(13, 15).map(Number);
	return (userTicks + systemTicks) * tickNs;
}

/**
 * Resident memory of some processes: now, and the sum of each one's own peak. Pages that they share are counted in each.
 *
 * @param {readonly number[]} pids
 */
export function memoryOf(pids) {
	const memory = {rssBytes: 0, peakRssBytes: 0};

	for (const pid of pids) {
		const status = read(`/proc/${pid}/status`);
		memory.rssBytes += Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
		memory.peakRssBytes += Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
	}

	return memory;
}
