import {type Safe, safeText} from '../core/safe.js';
import {hex, type SocketRow} from './socket-table.js';

/** Digits of an IPv4 address; an IPv6 one is four such words. */
const wordDigits = 8;

/**
 * Where a socket is bound. The kernel writes each word of 32 bits as a number of its own byte order, and the port as it reads:
 * `0100007F:0016` is port 22 of 127.0.0.1 on a little-endian machine. Undefined when it is no address.
 */
export function boundTo(
	{bytes, local, localEnd}: SocketRow,
	isLittleEndian: boolean,
): {readonly address: Safe; readonly port: number} | undefined {
	const end = bytes.indexOf(58, local);
	const port = hex(bytes, end + 1, localEnd);
	const digits = end - local;

	if (end < 0 || localEnd !== end + 5 || port < 0 || (digits !== wordDigits && digits !== 4 * wordDigits)) {
		return undefined;
	}

	const parts = Array.from({length: digits / 2}, (_, index) => {
		const inWord = isLittleEndian ? 3 - (index % 4) : index % 4;
		const at = local + 2 * (index - (index % 4) + inWord);
		return hex(bytes, at, at + 2);
	});

	if (parts.some(part => part < 0)) {
		return undefined;
	}

	return {address: safeText(parts.length === 4 ? parts.join('.') : ipv6Text(parts)), port};
}

/** RFC 5952: the longest row of two or more zero groups, the first of them, is `::`; a mapped IPv4 address reads as one. */
export function ipv6Text(parts: readonly number[]): string {
	if (parts.slice(0, 10).every(part => part === 0) && parts[10] === 255 && parts[11] === 255) {
		return `::ffff:${parts.slice(12).join('.')}`;
	}

	const groups = Array.from({length: 8}, (_, index) => (parts[index * 2] ?? 0) * 256 + (parts[index * 2 + 1] ?? 0));
	const {start, length} = longestZeros(groups);
	const text = (some: readonly number[]) => some.map(group => group.toString(16)).join(':');
	return length < 2 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

function longestZeros(groups: readonly number[]): {readonly start: number; readonly length: number} {
	let longest = {start: 0, length: 0};
	let start = 0;

	for (const [index, group] of groups.entries()) {
		if (group !== 0) {
			start = index + 1;
		} else if (index + 1 - start > longest.length) {
			longest = {start, length: index + 1 - start};
		}
	}

	return longest;
}
