import {isWanted} from '../core/filter.js';
import type {Host} from '../core/host.js';
import {present} from '../core/present.js';
import {rate} from '../core/rate.js';
import {type Safe, safeBytes} from '../core/safe.js';
import {type Collect, defineSampler, type Reading, type Sample, type Sampler} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import type {Interface} from '../core/snapshot.js';
import {textIfThere} from './if-there.js';
import {interfaceAddresses} from './interface-addresses.js';
import {type InterfaceCounters, parseNetDev} from './net-dev.js';

/** By name, with the kernel's index where it is known: a renamed interface keeps that one. */
export type NetworkRaw = ReadonlyMap<string, InterfaceRaw>;

type InterfaceRaw = InterfaceCounters & {
	readonly index: number | undefined;
	readonly addresses: readonly Safe[] | undefined;
};

export const network: Sampler = {
	name: 'network',
	start(): Collect {
		const indexOf = interfaceIndices();
		const addressesOf = interfaceAddresses();
		return defineSampler<NetworkRaw>({
			name: 'network',
			read(host, context) {
				const source = `${host.ownProcess}/net/dev`;
				const all = [...parseNetDev(source, host.readText(source))];
				const names = all.map(([name]) => name);
				const [indices, addresses] = [indexOf(host, names), addressesOf(host, names, context)];
				const known = all.map(
					([name, counters]) =>
						[name, {...counters, index: indices.get(name), addresses: addresses.get(name)}] as const,
				);
				return new Map(known.filter(([name]) => isWanted(name, context.filters.interfaces)));
			},
			sample: (current, previous) => networkSample(current, previous),
		}).start();
	},
};

/**
 * The kernel's index of each interface. Read again only when the names in net/dev change: their order there is that of the
 * indices, so that even two names that were exchanged show.
 */
function interfaceIndices(): (host: Host, names: readonly string[]) => ReadonlyMap<string, number | undefined> {
	let readFor = '';
	let indices = new Map<string, number | undefined>();

	return (host, names) => {
		const key = names.join('\n');

		if (key !== readFor) {
			readFor = key;
			indices = new Map(names.map(name => [name, readIndex(host, name)]));
		}

		return indices;
	};
}

function readIndex(host: Host, name: string): number | undefined {
	const index = Number.parseInt(textIfThere(host, `/sys/class/net/${name}/ifindex`) ?? '', 10);
	return Number.isNaN(index) ? undefined : index;
}

function networkSample(current: Reading<NetworkRaw>, previous: Reading<NetworkRaw> | undefined): Sample {
	const elapsed = previous ? current.at - previous.at : 0;
	const before = earlier(previous?.raw);
	const interfaces = [...current.raw].map(([name, counters]) =>
		interfaceOf(name, counters, before(name, counters.index), elapsed),
	);
	interfaces.sort((a, b) => rankOf(a) - rankOf(b));
	return {series: interfaces.flatMap(seriesOf), tables: {interfaces}};
}

/** Finds the same interface in the reading before, under whatever name; by its name where indices are not told. */
function earlier(raw: NetworkRaw | undefined) {
	const byIndex = new Map([...(raw?.values() ?? [])].map(counters => [counters.index, counters]));
	return (name: string, index: number | undefined) => (index === undefined ? raw?.get(name) : byIndex.get(index));
}

/** What carried traffic first, what never did after it, and traffic to oneself, which is rarely the question, last. */
function rankOf({interface: name, receivedBytes = 0, sentBytes = 0}: Interface): number {
	if (name === 'lo') {
		return 2;
	}

	return receivedBytes + sentBytes > 0 ? 0 : 1;
}

function interfaceOf(
	name: string,
	now: InterfaceRaw,
	before: InterfaceCounters | undefined,
	elapsed: number,
): Interface {
	const grown = (counter: keyof InterfaceCounters) => rate(now[counter], before?.[counter], elapsed);
	return {
		interface: name,
		name: safeBytes(name),
		receivedBytes: now.receivedBytes,
		sentBytes: now.sentBytes,
		...present({
			receivedBytesPerSecond: grown('receivedBytes'),
			sentBytesPerSecond: grown('sentBytes'),
			receivedPacketsPerSecond: grown('receivedPackets'),
			sentPacketsPerSecond: grown('sentPackets'),
			errorsPerSecond: grown('errors'),
			dropsPerSecond: grown('drops'),
			addresses: now.addresses,
		}),
	};
}

const measures = [
	['network.received', 'receivedBytesPerSecond'],
	['network.sent', 'sentBytesPerSecond'],
	['network.packets_in', 'receivedPacketsPerSecond'],
	['network.packets_out', 'sentPacketsPerSecond'],
	['network.errors', 'errorsPerSecond'],
	['network.drops', 'dropsPerSecond'],
	['network.received_total', 'receivedBytes'],
	['network.sent_total', 'sentBytes'],
] as const;

function seriesOf(one: Interface): [string, number][] {
	return measures.flatMap(([base, measure]) => {
		const value = one[measure];
		return value === undefined ? [] : [[seriesName(base, one.interface), value]];
	});
}
