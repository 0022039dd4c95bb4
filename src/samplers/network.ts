import {ParseError} from '../core/errors.js';
import {isWanted} from '../core/filter.js';
import {rate} from '../core/rate.js';
import {safeBytes} from '../core/safe.js';
import {defineSampler, type Reading, type Sample} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import type {Interface} from '../core/snapshot.js';

/** Counters since the interface came up. */
export type InterfaceCounters = {readonly received: number; readonly sent: number; readonly errors: number};

export type NetworkRaw = ReadonlyMap<string, InterfaceCounters>;

export const network = defineSampler<NetworkRaw>({
	name: 'network',
	read(host, {filters}) {
		const source = `${host.ownProcess}/net/dev`;
		const all = parseNetDev(source, host.readText(source));
		return new Map([...all].filter(([name]) => isWanted(name, filters.interfaces)));
	},
	sample: (current, previous) => networkSample(current, previous),
});

/**
 * Rows `  eth0: 1 2 3 ...` below two of headings: 8 columns of receive, 8 of transmit.
 * @throws ParseError when no row can be read: there is always `lo`.
 */
export function parseNetDev(source: string, text: string): NetworkRaw {
	const interfaces = new Map<string, InterfaceCounters>();

	for (const line of text.split('\n').slice(2)) {
		// The last colon: a name may hold one (the aliases of old).
		const colon = line.lastIndexOf(':');
		const fields = line
			.slice(colon + 1)
			.trim()
			.split(/\s+/)
			.map(Number);
		const [received, , receiveErrors] = fields;
		const [sent, , sendErrors] = fields.slice(8);

		if (
			colon > 0 &&
			received !== undefined &&
			receiveErrors !== undefined &&
			sent !== undefined &&
			sendErrors !== undefined &&
			!fields.some(Number.isNaN)
		) {
			interfaces.set(line.slice(0, colon).trim(), {received, sent, errors: receiveErrors + sendErrors});
		}
	}

	if (interfaces.size === 0) {
		throw new ParseError(source, 'has no row that can be read');
	}

	return interfaces;
}

function networkSample(current: Reading<NetworkRaw>, previous: Reading<NetworkRaw> | undefined): Sample {
	const elapsed = previous ? current.at - previous.at : 0;
	const interfaces = [...current.raw].map(([name, counters]) =>
		interfaceOf(name, counters, previous?.raw.get(name), elapsed),
	);
	const rank = ({interface: name}: Interface) => rankOf(name, current.raw.get(name));
	interfaces.sort((a, b) => rank(a) - rank(b));
	return {series: interfaces.flatMap(seriesOf), tables: {interfaces}};
}

/** What carried traffic first, what never did after it, and traffic to oneself, which is rarely the question, last. */
function rankOf(name: string, counters: InterfaceCounters | undefined): number {
	if (name === 'lo') {
		return 2;
	}

	return counters && counters.received + counters.sent > 0 ? 0 : 1;
}

function interfaceOf(
	name: string,
	now: InterfaceCounters,
	before: InterfaceCounters | undefined,
	elapsed: number,
): Interface {
	const received = rate(now.received, before?.received, elapsed);
	const sent = rate(now.sent, before?.sent, elapsed);
	const errors = rate(now.errors, before?.errors, elapsed);
	return {
		interface: name,
		name: safeBytes(name),
		...(received !== undefined && {receivedBytesPerSecond: received}),
		...(sent !== undefined && {sentBytesPerSecond: sent}),
		...(errors !== undefined && {errorsPerSecond: errors}),
	};
}

function seriesOf({
	interface: name,
	receivedBytesPerSecond: received,
	sentBytesPerSecond: sent,
}: Interface): [string, number][] {
	const series: [string, number][] = [];

	if (received !== undefined) {
		series.push([seriesName('network.received', name), received]);
	}

	if (sent !== undefined) {
		series.push([seriesName('network.sent', name), sent]);
	}

	return series;
}
