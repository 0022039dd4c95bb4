import type {Safe} from '../../core/safe.js';
import type {Listener} from '../../core/snapshot.js';

/** One port of one program, whatever addresses it is bound to. */
export type Service = {
	readonly protocol: Listener['protocol'];
	readonly port: number;
	/** As it is bound, shown: `0.0.0.0`, `::1`. */
	readonly addresses: readonly Safe[];
	/** Addresses to ask it at, the likeliest first: what listens on all of them is asked at ours. Empty where none can be used. */
	readonly hosts: readonly string[];
	/** Undefined where nobody tells. */
	readonly owner: {readonly pid: number; readonly name: Safe; readonly others: number} | undefined;
};

/** Rows of listening sockets put together: one program often has the same port for IPv4 and IPv6. Ordered by port. */
export function servicesOf(listeners: readonly Listener[]): readonly Service[] {
	const groups = new Map<string, Listener[]>();

	for (const listener of listeners) {
		const {protocol, port, owner} = listener;
		const name = typeof owner === 'object' ? owner.name : '';
		const key = `${port} ${protocol} ${name}`;
		groups.set(key, [...(groups.get(key) ?? []), listener]);
	}

	return [...groups.values()].map(serviceOf).toSorted((a, b) => a.port - b.port);
}

function serviceOf(group: readonly Listener[]): Service {
	const [first] = group as readonly [Listener];
	const {protocol, port, owner} = first;
	const addresses = [...new Set(group.map(({address}) => address))];
	return {protocol, port, addresses, hosts: hostsOf(addresses), owner: typeof owner === 'object' ? owner : undefined};
}

/** What is bound to all addresses of IPv6 mostly takes those of IPv4, too (ipv6(7), IPV6_V6ONLY). An address of one link needs its interface. */
export function hostsOf(addresses: readonly string[]): readonly string[] {
	const own = addresses.flatMap(address => {
		switch (address) {
			case '0.0.0.0':
				return ['127.0.0.1'];
			case '::':
				return ['127.0.0.1', '::1'];
			default:
				return /^fe[89ab]/i.test(address) ? [] : [address.replace(/^::ffff:(?=\d+\.)/i, '')];
		}
	});
	const usual = ['127.0.0.1', '::1'].filter(host => own.includes(host));
	return [...new Set([...usual, ...own])];
}
