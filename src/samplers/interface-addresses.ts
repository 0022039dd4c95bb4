import type {Host} from '../core/host.js';
import {type Safe, safeBytes} from '../core/safe.js';
import type {SampleContext} from '../core/sampler.js';
import {addressesIfThere} from './if-there.js';

/** Asked again so much later, ms: the question waits for whoever is changing an interface (the kernel's rtnl lock). */
const keepMs = 10_000;

/** By the name of the interface. Nothing where nobody wants to see them or nobody tells. */
export type Addresses = ReadonlyMap<string, readonly Safe[]>;

const none: Addresses = new Map();

/** Addresses of interfaces, read while somebody looks, and at once when the names are other ones. */
export function interfaceAddresses(): (host: Host, names: readonly string[], context: SampleContext) => Addresses {
	let readFor = '';
	let readAt = Number.NEGATIVE_INFINITY;
	let addresses = none;

	return (host, names, {wanted, now}) => {
		if (!wanted.has('addresses')) {
			readAt = Number.NEGATIVE_INFINITY;
			return none;
		}

		const [key, at] = [names.join('\n'), now()];

		if (key !== readFor || at - readAt >= keepMs) {
			[readFor, readAt] = [key, at];
			addresses = readAddresses(host, names);
		}

		return addresses;
	};
}

/** An interface that is down has an empty list, unless no interface has any: then nobody tells. */
function readAddresses(host: Host, names: readonly string[]): Addresses {
	const all = addressesIfThere(host);
	const addresses = new Map<string, Safe[]>(all.length === 0 ? [] : names.map(name => [name, []]));

	for (const family of [isIpv4, (address: string) => !isIpv4(address)]) {
		for (const {interface: label, address} of all.filter(one => family(one.address))) {
			addresses.get(addresses.has(label) ? label : deviceOf(label))?.push(safeBytes(address));
		}
	}

	return addresses;
}

function isIpv4(address: string): boolean {
	return !address.includes(':');
}

/** The label of an IPv4 address begins with the name of its device, and that has no colon (dev_valid_name of the kernel). */
function deviceOf(label: string): string {
	return label.split(':')[0] ?? label;
}
