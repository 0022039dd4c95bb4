import {codeOf} from '../core/errors.js';
import {bytesShort} from '../core/format.js';
import type {Redact} from '../core/redact.js';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import {Failed} from './failed.js';

/** An address as it may be shown: what is behind `?` may be a secret. */
export function urlText({protocol, host, pathname}: URL, hide: Redact): Safe {
	return safeText(hide(`${protocol}//${host}${pathname}`).slice(0, 200));
}

/** What went wrong before the head of an answer was there. `hasBegun`: something of it was. */
export function headProblem(error: unknown, target: Safe, hasBegun: boolean, hide: Redact): unknown {
	const code = codeOf(error) ?? '';

	if (code === 'HPE_HEADER_OVERFLOW') {
		return failed(safe`headers larger than 64 KiB`);
	}

	if (code.startsWith('HPE_')) {
		return failed(notHttp(code, target, hide(packetOf(error))));
	}

	if (!isEnded(error)) {
		return error;
	}

	return failed(
		hasBegun
			? safe`${target} closed the connection in the middle of its headers`
			: safe`${target} closed the connection without an answer`,
	);
}

/** What went wrong while a body was read: `had` bytes were there, of as many as the header `length` announced. */
export function bodyProblem(error: unknown, had: number, length: string | undefined): unknown {
	const code = codeOf(error) ?? '';

	if (code.startsWith('HPE_')) {
		return failed(safe`broken HTTP in the body (${safeText(code)})`);
	}

	const of = length === undefined ? safe`` : safe` of ${bytesShort(Number(length))}`;
	return isEnded(error) ? failed(safe`body incomplete: closed after ${bytesShort(had)}${of}`) : error;
}

export function largerText(most: number): Safe {
	return safe`body larger than ${bytesShort(most)} (maxBody)`;
}

function failed(reason: Safe): Failed {
	return new Failed({status: 'critical', reason});
}

/** The other side's end of a connection. A reset, which the system tells of, has a `syscall`. */
function isEnded(error: unknown): boolean {
	return codeOf(error) === 'ECONNRESET' && !(error instanceof Error && 'syscall' in error);
}

/** What could not be parsed, one character a byte. */
function packetOf(error: unknown): string {
	const isThere = error instanceof Error && 'rawPacket' in error && error.rawPacket instanceof Uint8Array;
	return isThere ? Buffer.from(error.rawPacket as Uint8Array).toString('latin1') : '';
}

function notHttp(code: string, target: Safe, packet: string): Safe {
	// All others come behind an `HTTP/1.1`.
	if (code !== 'HPE_INVALID_CONSTANT' && code !== 'HPE_INVALID_VERSION') {
		return safe`broken HTTP from ${target} (${safeText(code)})`;
	}

	// An alert or a handshake of TLS 1.x.
	return /^[\x15\x16]\x03/.test(packet)
		? safe`not HTTP on ${target} but TLS: its url begins with https`
		: safe`not HTTP on ${target}: it said '${safeBytes((packet.split(/[\r\n]/)[0] ?? '').slice(0, 60))}'`;
}
