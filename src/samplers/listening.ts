import {codeOf, Unsupported} from '../core/errors.js';
import type {Host} from '../core/host.js';
import type {Sampler} from '../core/sampler.js';

/** So much of a table is read: about 7,000 listening sockets. */
const atMost = 1 << 20;

/** A row whose fourth column is TCP_LISTEN of include/net/tcp_states.h. */
const listens = /^ *\d+: \S+ \S+ 0A /gm;

/** Sockets that wait for connections, IPv4 and IPv6. Aside and rarely: a busy server's table has megabytes. */
export const listening: Sampler = {
	name: 'listening',
	every: 30_000,
	isAside: true,
	start: () => async host => {
		const tables = [await readTable(host, 'tcp'), await readTable(host, 'tcp6')];

		if (tables.every(table => table === undefined)) {
			throw new Unsupported('no /proc/net/tcp on this machine');
		}

		return {series: [['tcp.listening', tables.reduce((sum, table) => sum + countListening(table ?? ''), 0)]]};
	},
};

async function readTable(host: Host, name: string): Promise<string | undefined> {
	try {
		return await host.readAside(`${host.ownProcess}/net/${name}`, atMost);
	} catch (error) {
		// Without IPv6 there is no tcp6.
		if (codeOf(error) === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
}

/**
 * Listening sockets come first in the table (tcp_seq_start of the kernel), so that none is beyond what is read; before Linux 4.4
 * half-open connections stand between them.
 */
export function countListening(table: string): number {
	return table.match(listens)?.length ?? 0;
}
