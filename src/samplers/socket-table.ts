/** A row of /proc/net/tcp, tcp6, udp or udp6 (proc_pid_net(5)). One object is reused for all rows of a table. */
export type SocketRow = {
	bytes: Uint8Array;
	/** Where the local address begins in the bytes, with its port in hexadecimal digits: `0100007F:0016`. */
	local: number;
	localEnd: number;
	/** Of include/net/tcp_states.h; that of UDP is established or close. */
	state: number;
	/** Where what stands behind the state begins. */
	rest: number;
};

const [newline, space, colon] = [10, 32, 58];

/** No row is so long; without an end before that it is none. */
const longestRow = 1024;

/** The kernel's table ended, whoever looks at it had enough, or it was longer than we read. */
export type Ending = 'whole' | 'left' | 'cut';

/** Gives each row that can be read to `see`, until that is false or `atMost` bytes were read. Linear, and holds no more than a piece. */
export async function scanSockets(
	pieces: AsyncIterable<Uint8Array>,
	atMost: number,
	see: (row: SocketRow) => boolean,
): Promise<Ending> {
	const row: SocketRow = {bytes: new Uint8Array(), local: 0, localEnd: 0, state: 0, rest: 0};
	let carry = Buffer.alloc(0);
	let read = 0;

	for await (const piece of pieces) {
		const bytes: Uint8Array = carry.length === 0 ? piece : Buffer.concat([carry, piece]);
		const end = bytes.lastIndexOf(newline) + 1;
		read += piece.length;

		if (!seeRows(bytes, end, row, see)) {
			return 'left';
		}

		if (read >= atMost) {
			return 'cut';
		}

		// A copy: the next piece comes into the same buffer.
		carry = bytes.length - end < longestRow ? Buffer.from(bytes.subarray(end)) : Buffer.alloc(0);
	}

	return seeRows(carry, carry.length, row, see) ? 'whole' : 'left';
}

function seeRows(bytes: Uint8Array, end: number, row: SocketRow, see: (row: SocketRow) => boolean): boolean {
	for (let at = 0; at < end; ) {
		const next = bytes.indexOf(newline, at);
		const last = next < 0 ? end : next;

		if (parseRow(bytes, at, last, row) && !see(row)) {
			return false;
		}

		at = last + 1;
	}

	return true;
}

/** `  12: 0100007F:0016 00000000:0000 0A ...`: false for the heading and for what is no row. */
function parseRow(bytes: Uint8Array, start: number, end: number, into: SocketRow): boolean {
	let at = start;

	while (at < end && bytes[at] !== colon) {
		at += 1;
	}

	const local = at + 2;
	const localEnd = wordEnd(bytes, local, end);
	const state = wordEnd(bytes, localEnd + 1, end) + 1;

	// Two digits and a space: a row that was cut in its state is none.
	if (state + 2 >= end || bytes[state + 2] !== space) {
		return false;
	}

	into.bytes = bytes;
	into.local = local;
	into.localEnd = localEnd;
	into.state = hex(bytes, state, state + 2);
	into.rest = state + 3;
	return into.state >= 0;
}

function wordEnd(bytes: Uint8Array, from: number, end: number): number {
	let at = from;

	while (at < end && bytes[at] !== space) {
		at += 1;
	}

	return at;
}

/** The number of hexadecimal digits; -1 when one is none. */
export function hex(bytes: Uint8Array, from: number, to: number): number {
	let number = 0;

	for (let at = from; at < to; at++) {
		const byte = bytes[at] ?? 0;
		const digit = byte >= 97 ? byte - 87 : byte >= 65 ? byte - 55 : byte - 48;

		if (digit < 0 || digit > 15 || (byte > 57 && byte < 65)) {
			return -1;
		}

		number = number * 16 + digit;
	}

	return number;
}

/** Behind the state: queues, timer, retransmissions, user, timeouts. */
const columnsBeforeInode = 5;

/** The socket's inode, as /proc/PID/fd names it; -1 when the row was cut. */
export function inodeOf({bytes, rest}: SocketRow): number {
	let at = rest;

	for (let column = 0; column < columnsBeforeInode; column++) {
		while (bytes[at] === space) {
			at += 1;
		}

		while (at < bytes.length && bytes[at] !== space && bytes[at] !== newline) {
			at += 1;
		}
	}

	while (bytes[at] === space) {
		at += 1;
	}

	let number = -1;

	for (let byte = bytes[at] ?? 0; byte >= 48 && byte <= 57; byte = bytes[at] ?? 0) {
		number = Math.max(0, number) * 10 + byte - 48;
		at += 1;
	}

	return number;
}
