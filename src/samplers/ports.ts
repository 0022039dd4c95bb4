import {endianness} from 'node:os';
import {codeOf, Unsupported} from '../core/errors.js';
import type {Host} from '../core/host.js';
import type {Safe} from '../core/safe.js';
import type {Sample, SampleContext, Sampler} from '../core/sampler.js';
import type {Listener, ListenerOwner} from '../core/snapshot.js';
import {boundTo} from './socket-address.js';
import {nameOf, type SocketOwners, socketOwners} from './socket-owners.js';
import {inodeOf, type SocketRow, scanSockets} from './socket-table.js';

/** As long as somebody looks it is read again after so long, ms; after much work later, so that it is a hundredth of the time. */
const [leastKeep, mostKeep] = [10_000, 60_000];
const keepTimes = 100;

/** So much of a table is read: it may be full of UDP sockets that are connected. */
const mostBytes = 1 << 22;

/** Sockets looked at in each table: sorting and drawing of more would take longer than a tick may. The rest is left out. */
const mostPorts = 4096;

/** Of include/net/tcp_states.h. A UDP socket that is bound and not connected is closed, as the kernel sees it. */
const [close, listen, halfOpen] = [0x07, 0x0a, 0x03];

const tables = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

type Port = Pick<Listener, 'protocol' | 'address' | 'port'> & {readonly inodes: number[]};

const nothing: Sample = {series: []};

/** Who listens on which port. Only while it is wanted, because for that every descriptor of every process is looked at. */
export const ports: Sampler = {
	name: 'ports',
	timeout: 30_000,
	start() {
		let last: {readonly sample: Sample; readonly until: number} | undefined;

		return (host, context) => {
			if (!context.wanted.has('listeners')) {
				last = undefined;
				return nothing;
			}

			const at = context.now();

			if (last && at < last.until) {
				return last.sample;
			}

			return listenersOf(host, context).then(listeners => {
				const keep = Math.min(mostKeep, Math.max(leastKeep, (context.now() - at) * keepTimes));
				last = {sample: {series: [], tables: {listeners}}, until: at + keep};
				return last.sample;
			});
		};
	},
};

async function listenersOf(host: Host, context: SampleContext): Promise<readonly Listener[]> {
	const found = new Map<string, Port>();
	const isThere = [];

	for (const table of tables) {
		isThere.push(await readPorts(host, table, found));
	}

	if (!isThere.includes(true)) {
		throw new Unsupported('no /proc/net/tcp on this machine');
	}

	const sorted = [...found.values()].sort((a, b) => a.port - b.port || compare(a, b));
	const owners = await socketOwners(host, new Set(sorted.flatMap(({inodes}) => inodes)), context);
	const name = names(host);
	return sorted.map(({inodes, ...port}) => ({...port, owner: ownerOf(inodes, owners, name)}));
}

function compare(a: Port, b: Port): number {
	const [x, y] = [`${a.protocol} ${a.address}`, `${b.protocol} ${b.address}`];
	return x < y ? -1 : Number(x > y);
}

/** Adds the listening sockets of a table. False where there is no such table. */
async function readPorts(host: Host, table: (typeof tables)[number], found: Map<string, Port>): Promise<boolean> {
	const protocol = table === 'udp' || table === 'udp6' ? 'udp' : 'tcp';
	const isLittleEndian = endianness() === 'LE';
	let seen = 0;

	const see = (row: SocketRow): boolean => {
		if (row.state === (protocol === 'tcp' ? listen : close)) {
			const bound = boundTo(row, isLittleEndian);
			addPort(found, bound && {protocol, ...bound, inodes: [inodeOf(row)]});
			seen += 1;
			return seen < mostPorts;
		}

		// Listening ones come first; before Linux 4.4 half-open connections stand between them.
		return protocol === 'udp' || row.state === halfOpen;
	};

	try {
		await scanSockets(host.piecesAside(`${host.ownProcess}/net/${table}`), mostBytes, see);
		return true;
	} catch (error) {
		if (codeOf(error) === 'ENOENT') {
			return false;
		}

		throw error;
	}
}

function addPort(found: Map<string, Port>, port: Port | undefined): void {
	if (port) {
		const key = `${port.protocol} ${port.address} ${port.port}`;
		const known = found.get(key);
		known?.inodes.push(...port.inodes);
		found.set(key, known ?? port);
	}
}

/** The name of each process is read once. */
function names(host: Host): (pid: number) => Safe | undefined {
	const known = new Map<number, Safe | undefined>();

	return pid => {
		if (!known.has(pid)) {
			known.set(pid, nameOf(host, pid));
		}

		return known.get(pid);
	};
}

function ownerOf(
	inodes: readonly number[],
	{pids, isDenied}: SocketOwners,
	nameOfPid: (pid: number) => Safe | undefined,
): Listener['owner'] {
	const all = new Set(inodes.flatMap(inode => pids.get(inode) ?? []));
	const pid = Math.min(...all);
	const name = all.size > 0 ? nameOfPid(pid) : undefined;
	const owner: ListenerOwner | undefined = name === undefined ? undefined : {pid, name, others: all.size - 1};
	return owner ?? (isDenied ? 'denied' : undefined);
}
