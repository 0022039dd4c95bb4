import {codeOf, Unsupported} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {rate} from '../core/rate.js';
import {defineSampler, type Sample} from '../core/sampler.js';

/** Counters since boot, and connections now; what the kernel does not tell is undefined. */
export type TcpRaw = {
	readonly established: number | undefined;
	readonly retransmits: number | undefined;
	readonly listenDrops: number | undefined;
};

/** How TCP is: both protocols together, for the kernel counts them so. */
export const tcp = defineSampler<TcpRaw>({
	name: 'tcp',
	read(host) {
		const [snmp, netstat] = [
			protocolTable(readTable(host, 'snmp') ?? ''),
			protocolTable(readTable(host, 'netstat') ?? ''),
		];

		if (snmp.size === 0) {
			throw new Unsupported('no /proc/net/snmp on this machine');
		}

		return {
			established: snmp.get('Tcp.CurrEstab'),
			retransmits: snmp.get('Tcp.RetransSegs'),
			listenDrops: netstat.get('TcpExt.ListenDrops'),
		};
	},
	sample(current, previous) {
		return {series: seriesOf(current.raw, previous?.raw, previous ? current.at - previous.at : 0)};
	},
});

function readTable(host: Host, name: string): string | undefined {
	try {
		return host.readText(`${host.ownProcess}/net/${name}`);
	} catch (error) {
		if (codeOf(error) === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
}

/** Two lines a protocol: `Tcp: RtoAlgorithm RtoMin ...` and `Tcp: 1 200 ...`. Names are `Tcp.RtoAlgorithm`. */
export function protocolTable(text: string): ReadonlyMap<string, number> {
	const values = new Map<string, number>();
	const lines = text.split('\n');

	for (const [index, line] of lines.entries()) {
		const [protocol, ...names] = line.split(' ');
		const [sameProtocol, ...numbers] = lines[index + 1]?.split(' ') ?? [];

		if (index % 2 === 0 && protocol?.endsWith(':') && protocol === sameProtocol) {
			for (const [column, name] of names.entries()) {
				// What is empty is no 0: the line was cut.
				const value = Number(numbers[column] || Number.NaN);

				if (Number.isFinite(value)) {
					values.set(`${protocol.slice(0, -1)}.${name}`, value);
				}
			}
		}
	}

	return values;
}

function seriesOf(now: TcpRaw, before: TcpRaw | undefined, elapsed: number): Sample['series'] {
	const values = [
		['tcp.established', now.established],
		['tcp.retransmits', rate(now.retransmits, before?.retransmits, elapsed)],
		['tcp.listen_drops', rate(now.listenDrops, before?.listenDrops, elapsed)],
	] as const;
	return values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
