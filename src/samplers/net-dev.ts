import {ParseError} from '../core/errors.js';

/** Counters since the interface came up; errors and drops of both directions together. */
export type InterfaceCounters = {
	readonly receivedBytes: number;
	readonly sentBytes: number;
	readonly receivedPackets: number;
	readonly sentPackets: number;
	readonly errors: number;
	readonly drops: number;
};

/**
 * Rows `  eth0: 1 2 3 ...` below two of headings: 8 columns of receive, 8 of transmit.
 * @throws ParseError when no row can be read: there is always `lo`.
 */
export function parseNetDev(source: string, text: string): ReadonlyMap<string, InterfaceCounters> {
	const interfaces = new Map<string, InterfaceCounters>();

	for (const line of text.split('\n').slice(2)) {
		// The last colon: a name may hold one (the aliases of old).
		const colon = line.lastIndexOf(':');
		const counters = colon > 0 ? countersOf(line.slice(colon + 1)) : undefined;

		if (counters) {
			interfaces.set(line.slice(0, colon).trim(), counters);
		}
	}

	if (interfaces.size === 0) {
		throw new ParseError(source, 'has no row that can be read');
	}

	return interfaces;
}

function countersOf(columns: string): InterfaceCounters | undefined {
	const fields = columns.trim().split(/\s+/).map(Number);
	const [receivedBytes, receivedPackets, receiveErrors, receiveDrops] = fields;
	const [sentBytes, sentPackets, sendErrors, sendDrops] = fields.slice(8);

	if (
		receivedBytes === undefined ||
		receivedPackets === undefined ||
		receiveErrors === undefined ||
		receiveDrops === undefined ||
		sentBytes === undefined ||
		sentPackets === undefined ||
		sendErrors === undefined ||
		sendDrops === undefined ||
		!fields.every(Number.isFinite)
	) {
		return undefined;
	}

	const [errors, drops] = [receiveErrors + sendErrors, receiveDrops + sendDrops];
	return {receivedBytes, sentBytes, receivedPackets, sentPackets, errors, drops};
}
