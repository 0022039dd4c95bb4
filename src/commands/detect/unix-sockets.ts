import type {Host} from '../../core/host.js';
import {type Safe, safeText} from '../../core/safe.js';
import type {SampleContext} from '../../core/sampler.js';
import {nameOf, socketOwners} from '../../samplers/socket-owners.js';

/** A socket in the file system that somebody listens on. */
export type UnixSocket = {
	readonly path: Safe;
	/** Undefined where nobody tells. */
	readonly owner: {readonly pid: number; readonly name: Safe} | undefined;
};

/** More than any machine's table has, bytes. */
const mostBytes = 1 << 22;

/** `SO_ACCEPTCON` and `SOCK_STREAM` of proc_pid_net(5): flags, type, state, inode, path. Of other paths nobody could write a check. */
const listening = /^\S+: \S+ \S+ 00010000 0001 \S+ +(\d+) (\/[\x20-\x7e]+)$/;

/** Sockets in the file system that accept connections, and who has them. Abstract ones have no path. */
export async function unixSockets(host: Host, context: SampleContext): Promise<readonly UnixSocket[]> {
	const rows = parseUnixSockets(await host.readAside(`${host.ownProcess}/net/unix`, mostBytes));
	const {pids} = await socketOwners(host, new Set(rows.map(({inode}) => inode)), context);
	return rows.map(({inode, path}) => {
		const owners = pids.get(inode);
		const pid = owners && Math.min(...owners);
		const name = pid === undefined ? undefined : nameOf(host, pid);
		return {path: safeText(path), owner: pid === undefined || name === undefined ? undefined : {pid, name}};
	});
}

/** Rows of /proc/net/unix. */
export function parseUnixSockets(text: string): readonly {readonly inode: number; readonly path: string}[] {
	return text.split('\n').flatMap(line => {
		const [, inode, path] = listening.exec(line) ?? [];
		return path === undefined ? [] : [{inode: Number(inode), path}];
	});
}
