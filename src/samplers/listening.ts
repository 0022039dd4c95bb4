import {codeOf, Unsupported} from '../core/errors.js';
import type {Host} from '../core/host.js';
import type {Sample, Sampler} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import {textAsideIfThere} from './if-there.js';
import {type Ending, scanSockets} from './socket-table.js';

/** So much of a table is read: about 200,000 sockets of IPv4. */
const mostBytes = 1 << 25;

/** A socket takes 5 microseconds, most of it in the kernel. The rest is so many times as long as the reading: half a percent of a core. */
const restTimes = 200;
const longestRest = 300_000;

/** By their number in include/net/tcp_states.h, named as ss(8) does. */
const states = [
	'',
	'established',
	'syn-sent',
	'syn-recv',
	'fin-wait-1',
	'fin-wait-2',
	'time-wait',
	'closed',
	'close-wait',
	'last-ack',
	'listening',
	'closing',
];
const listen = states.indexOf('listening');

/** Sockets by their state, IPv4 and IPv6. Aside and rarely: a busy server's table has megabytes. */
export const listening: Sampler = {
	name: 'listening',
	every: 30_000,
	isAside: true,
	start() {
		let last: {readonly sample: Sample; readonly until: number} | undefined;

		return async (host, {now}) => {
			const at = now();

			if (last && at < last.until) {
				return last.sample;
			}

			const sample = await countSockets(host);
			last = {sample, until: now() + Math.min(longestRest, (now() - at) * restTimes)};
			return sample;
		};
	},
};

async function countSockets(host: Host): Promise<Sample> {
	const counts = new Uint32Array(256);
	const endings = [await countStates(host, 'tcp', counts), await countStates(host, 'tcp6', counts)];

	if (endings.every(ending => ending === undefined)) {
		throw new Unsupported('no /proc/net/tcp on this machine');
	}

	return {series: [...tcpSeries(counts, !endings.includes('cut')), ...(await udpSeries(host))]};
}

/** Adds the table's sockets to `counts`, by state. Undefined where there is no such table. */
async function countStates(host: Host, table: string, counts: Uint32Array): Promise<Ending | undefined> {
	try {
		return await scanSockets(host.piecesAside(`${host.ownProcess}/net/${table}`), mostBytes, ({state}) => {
			counts[state] = (counts[state] ?? 0) + 1;
			return true;
		});
	} catch (error) {
		// Without IPv6 there is no tcp6.
		if (codeOf(error) === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
}

/** Listening sockets come first in a table (tcp_seq_start of the kernel), so that none is beyond what is read; of others there may be more. */
function tcpSeries(counts: Uint32Array, isWhole: boolean): Sample['series'] {
	const known = isWhole ? states.slice(1) : ['listening'];
	return [
		['tcp.listening', counts[listen] ?? 0],
		...known.map(state => [seriesName('tcp.sockets', state), counts[states.indexOf(state)] ?? 0] as const),
	];
}

/** `UDP: inuse 4 mem 1` and `UDP6: inuse 3`: what has a port. */
async function udpSeries(host: Host): Promise<Sample['series']> {
	const files = ['sockstat', 'sockstat6'].map(name => textAsideIfThere(host, `${host.ownProcess}/net/${name}`));
	const texts = await Promise.all(files);
	const counts = texts.flatMap(text => /^UDP6?: inuse (\d+)/m.exec(text ?? '')?.[1] ?? []);
	return counts.length === 0 ? [] : [['udp.sockets', counts.reduce((sum, count) => sum + Number(count), 0)]];
}
