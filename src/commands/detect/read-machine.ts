import {codeOf, Unsupported, UserError} from '../../core/errors.js';
import type {Host} from '../../core/host.js';
import type {Safe} from '../../core/safe.js';
import type {SampleContext} from '../../core/sampler.js';
import type {Listener} from '../../core/snapshot.js';
import {ports} from '../../samplers/ports.js';
import {nameOf} from '../../samplers/socket-owners.js';
import {type Around, withDeadline} from './ask-now.js';
import {isQuiet} from './known-daemons.js';
import {type Service, servicesOf} from './services.js';
import {readUnits, type Units} from './units.js';
import {type UnixSocket, unixSockets} from './unix-sockets.js';

/** What the machine says of itself, before anybody is asked. */
export type Machine = {
	readonly services: readonly Service[];
	readonly sockets: readonly UnixSocket[];
	/** Undefined where there is no systemd. */
	readonly units: Units | undefined;
	/** Daemons that are known to work without a port, by `comm`. */
	readonly quiet: readonly Safe[];
	/** Whether a port is one of those that are given to who asks for any. */
	readonly isByChance: (port: number) => boolean;
	/** Whether a process is sshd's for one login: what it listens on is forwarded to whoever logged in. */
	readonly isOfLogin: (pid: number) => boolean;
	/** True where there are programs that we may not look into. */
	readonly isDenied: boolean;
};

/** Every descriptor of every process is looked at, twice. */
const [filesMs, unitsMs] = [20_000, 5000];

export async function readMachine(around: Around): Promise<Machine> {
	const {host} = around;
	const [files, units] = await Promise.all([
		withDeadline(filesMs, around, context => readSockets(host, {...context, ...nothingElse})),
		withDeadline(unitsMs, around, ({signal}) => readUnits(host, signal)),
	]);
	return {
		services: servicesOf(files.listeners),
		sockets: files.sockets,
		units,
		quiet: quietDaemons(host),
		isByChance: chancePorts(host),
		isOfLogin: pid => nameOf(host, pid) === 'sshd' && nameOf(host, parentOf(host, pid)) === 'sshd',
		isDenied: files.listeners.some(({owner}) => owner === 'denied'),
	};
}

/** A sampler's context for who wants nothing but listeners. */
const nothingElse = {
	interim: () => {},
	filters: {mounts: {}, devices: {}, interfaces: {}},
	visible: {has: () => false},
	wanted: new Set(['listeners'] as const),
	lag: 0,
};

/** @throws {UserError} */
async function readSockets(host: Host, context: SampleContext) {
	try {
		return {listeners: await listenersOf(host, context), sockets: await unixSockets(host, context)};
	} catch (error) {
		if (context.signal.aborted) {
			throw new UserError(`this machine has more sockets and processes than can be looked at in ${filesMs / 1000} s`);
		}

		throw error;
	}
}

async function listenersOf(host: Host, context: SampleContext): Promise<readonly Listener[]> {
	try {
		const {tables} = await ports.start()(host, context);
		return tables?.listeners ?? [];
	} catch (error) {
		if (error instanceof Unsupported) {
			return [];
		}

		throw error;
	}
}

function quietDaemons(host: Host): readonly Safe[] {
	const pids = host.list('/proc').filter(name => /^[1-9]\d*$/.test(name));
	const names = pids.flatMap(pid => nameOf(host, Number(pid)) ?? []);
	return [...new Set(names.filter(isQuiet))];
}

/** ip_local_port_range of ip(7). */
function chancePorts(host: Host): (port: number) => boolean {
	const range = textOf(host, '/proc/sys/net/ipv4/ip_local_port_range');
	const [, first = '32768', last = '60999'] = /^(\d+)\s+(\d+)/.exec(range) ?? [];
	return port => port >= Number(first) && port <= Number(last);
}

function parentOf(host: Host, pid: number): number {
	return Number(/^PPid:\t(\d+)/m.exec(textOf(host, `/proc/${pid}/status`))?.[1] ?? 0);
}

/** Empty where it cannot be read, or its process has ended. */
function textOf(host: Host, path: string): string {
	try {
		return host.readText(path);
	} catch (error) {
		if (codeOf(error) === undefined) {
			throw error;
		}

		return '';
	}
}
