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
		const snmp = readTable(host, 'snmp');

		if (!snmp) {
			throw new Unsupported('no /proc/net/snmp on this machine');
		}

		return {
			established: protocolCounter(snmp, 'Tcp', 'CurrEstab'),
			retransmits: protocolCounter(snmp, 'Tcp', 'RetransSegs'),
			listenDrops: protocolCounter(readTable(host, 'netstat') ?? '', 'TcpExt', 'ListenDrops'),
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

/**
 * One counter of a table with two lines a protocol: `Tcp: RtoAlgorithm RtoMin ...` and `Tcp: 1 200 ...`. There are hundreds of them, of
 * which nobody asks for more than a few: only their lines are looked at.
 */
export function protocolCounter(text: string, protocol: string, name: string): number | undefined {
	const [names, numbers] = linesOf(text, `${protocol}: `);
	const column = names?.indexOf(name) ?? -1;
	// What is empty is no 0: the line was cut.
	const value = Number(numbers?.[column] || Number.NaN);
	return column >= 0 && Number.isFinite(value) ? value : undefined;
}

/** The words of the first two lines in a row that begin so, without that beginning. */
function linesOf(text: string, begin: string): readonly [names?: readonly string[], numbers?: readonly string[]] {
	const start = text.startsWith(begin) ? 0 : text.indexOf(`\n${begin}`) + 1;
	const end = text.indexOf('\n', start);
	const isThere = text.startsWith(begin, start) && end >= 0 && text.startsWith(begin, end + 1);

	if (!isThere) {
		return [];
	}

	const last = text.indexOf('\n', end + 1);
	const words = (from: number, to: number) => text.slice(from + begin.length, to).split(' ');
	return [words(start, end), words(end + 1, last < 0 ? text.length : last)];
}

function seriesOf(now: TcpRaw, before: TcpRaw | undefined, elapsed: number): Sample['series'] {
	const values = [
		['tcp.established', now.established],
		['tcp.retransmits', rate(now.retransmits, before?.retransmits, elapsed)],
		['tcp.listen_drops', rate(now.listenDrops, before?.listenDrops, elapsed)],
	] as const;
	return values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
