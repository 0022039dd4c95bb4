import {existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {atEnd, codeOf, send} from './ending.mjs';
import {treeOf} from './tree.mjs';

/** @typedef {'cgroup v1' | 'cgroup v2'} CgroupKind */

/**
 * A new cgroup with a process and its descendants in it, or undefined where this machine or user cannot have one.
 * To be called well after the start: the kernel may hold up both sides for 20 ms.
 *
 * @param {number} root
 */
export function cgroupAround(root) {
	for (const {kind, parent} of places()) {
		const cgroup = cgroupIn(parent, kind);

		if (cgroup?.adopt(root)) {
			return cgroup;
		}

		cgroup?.remove();
	}

	return undefined;
}

/** @returns {readonly {kind: CgroupKind, parent: string}[]} */
function places() {
	const mounts = readFileSync('/proc/mounts', 'utf8')
		.split('\n')
		.map(line => line.split(' '));
	const own = readFileSync('/proc/self/cgroup', 'utf8');
	const v1 = mounts.find(([, , type, options]) => type === 'cgroup' && options?.split(',').includes('cpuacct'))?.[1];
	const v2 = mounts.find(([, , type]) => type === 'cgroup2')?.[1];
	const ownV2 = /^0::(.*)$/m.exec(own)?.[1] ?? '/';

	return [
		...(v1 ? [{kind: /** @type {const} */ ('cgroup v1'), parent: v1}] : []),
		// The second: a user may be allowed to divide the cgroup that he is in, never the topmost one.
		...(v2 ? [v2, join(v2, ownV2)].map(parent => ({kind: /** @type {const} */ ('cgroup v2'), parent})) : []),
	];
}

/**
 * @param {string} parent
 * @param {CgroupKind} kind
 */
function cgroupIn(parent, kind) {
	const folder = join(parent, `healthtop-bench-${process.pid}`);

	try {
		mkdirSync(folder);
		return new Cgroup(folder, kind);
	} catch {
		return undefined;
	}
}

/** CPU time of everything in it is exact, that of children that lived for 2 ms too. */
class Cgroup {
	#folder;
	#forget;

	/**
	 * @param {string} folder
	 * @param {CgroupKind} kind
	 */
	constructor(folder, kind) {
		this.#folder = folder;
		this.kind = kind;
		this.#forget = atEnd(() => this.remove());
	}

	get pids() {
		return this.#read('cgroup.procs').split('\n').filter(Boolean).map(Number);
	}

	get cpuNs() {
		return this.kind === 'cgroup v1'
			? Number(this.#read('cpuacct.usage'))
			: Number(/^usage_usec (\d+)/m.exec(this.#read('cpu.stat'))?.[1]) * 1000;
	}

	/**
	 * Moves a process and its descendants in; what they start from then on is born inside. False when that is not allowed.
	 *
	 * @param {number} root
	 */
	adopt(root) {
		// Twice: a child may be born between the walk and the move of its parent.
		return [1, 2].every(() => treeOf(root).every(pid => this.#move(pid)));
	}

	/** Kills what is left inside and removes the cgroup; false while it is still there. */
	remove() {
		if (!existsSync(this.#folder)) {
			return true;
		}

		for (const pid of this.pids) {
			send(pid, 'SIGKILL');
		}

		try {
			rmdirSync(this.#folder);
			this.#forget();
			return true;
		} catch {
			// EBUSY until the last member is gone.
			return false;
		}
	}

	async close() {
		for (let attempt = 0; attempt < 40 && !this.remove(); attempt++) {
			await sleep(50);
		}
	}

	/** @param {number} pid */
	#move(pid) {
		try {
			writeFileSync(join(this.#folder, 'cgroup.procs'), String(pid));
			return true;
		} catch (error) {
			return codeOf(error) === 'ESRCH';
		}
	}

	/** @param {string} file */
	#read(file) {
		return readFileSync(join(this.#folder, file), 'utf8');
	}
}
