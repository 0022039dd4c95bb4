import type {Socket} from 'node:net';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';

/** Far more than the greeting of any server has, bytes. */
const longest = 4096;

const [protocolVersion, errorMarker] = [10, 255];

/** CLIENT_SSL. */
const tlsFlag = 0x800;

/** CLIENT_LONG_PASSWORD, CLIENT_PROTOCOL_41, CLIENT_SSL, CLIENT_SECURE_CONNECTION and CLIENT_PLUGIN_AUTH. */
const wishFlags = 0x1 | 0x200 | tlsFlag | 0x8000 | 0x8_0000;

/** `utf8mb4_general_ci` */
const charset = 45;

/** What a server of MySQL's protocol says first. Every packet has a header of four bytes: three of length and one that counts. */
export type Greeting = {
	readonly packet: Buffer;
	readonly offersTls: boolean;
	/** It refuses to talk to us, and says why in the same packet. */
	readonly isRefusal: boolean;
};

/**
 * The server's first packet, before anybody else looks at it.
 * @throws {Failed} when it is none of MySQL's, or none comes.
 */
export async function readGreeting(attempt: Attempt, socket: Socket): Promise<Greeting> {
	const target = safeText(attempt.target);
	return attempt.stage('first byte', safe`connected, then silent`, () => firstPacket(attempt, socket, target));
}

function firstPacket(attempt: Attempt, socket: Socket, target: Safe): Promise<Greeting> {
	const {signal} = attempt.context;
	let bytes: Buffer = Buffer.alloc(0);

	return new Promise<Greeting>((resolve, reject) => {
		const failed = (reason: Safe) => finish(() => reject(new Failed({status: 'critical', reason})));
		const onClose = () => failed(safe`${target} closed the connection without a greeting`);
		const onError = (error: Error) => finish(() => reject(error));
		const onAbort = () => finish(() => reject(signal.reason));
		const onData = (chunk: Buffer) => {
			bytes = Buffer.concat([bytes, chunk]);
			const greeting = greetingOf(bytes);

			if (greeting === 'foreign') {
				failed(safe`not MySQL on ${target}`);
			} else if (greeting === 'half') {
				attempt.waiting = safe`connected, then only half a greeting`;
			} else {
				finish(() => resolve(greeting));
			}
		};
		const finish = (settle: () => void) => {
			socket.pause();
			socket.off('data', onData).off('close', onClose).off('error', onError);
			signal.removeEventListener('abort', onAbort);
			settle();
		};
		socket.on('data', onData).on('close', onClose).on('error', onError);
		signal.addEventListener('abort', onAbort, {once: true});
	});
}

/** `foreign`: nothing that begins so is a greeting. Nor is what goes on after it: the client has the word then. */
export function greetingOf(bytes: Buffer): Greeting | 'half' | 'foreign' {
	if (bytes.length < 3) {
		return 'half';
	}

	const length = bytes.readUIntLE(0, 3);
	const [count = 0, marker = protocolVersion] = bytes.subarray(3);
	const isKnown = marker === protocolVersion || marker === errorMarker;

	if (length === 0 || length > longest || count !== 0 || !isKnown || bytes.length > 4 + length) {
		return 'foreign';
	}

	const isRefusal = marker === errorMarker;
	return bytes.length < 4 + length ? 'half' : {packet: bytes, isRefusal, offersTls: !isRefusal && offersTls(bytes)};
}

/** Behind the version, which ends with NUL, stand four bytes of a number, eight of the challenge, NUL, and the first flags. */
function offersTls(packet: Buffer): boolean {
	const flags = packet.indexOf(0, 5) + 1 + 4 + 8 + 1;
	return flags + 2 <= packet.length && (packet.readUInt16LE(flags) & tlsFlag) !== 0;
}

/** What asks a server to begin TLS, in answer to its greeting. */
export function tlsRequest(): Buffer {
	const packet = Buffer.alloc(36);
	packet.writeUIntLE(packet.length - 4, 0, 3);
	packet.writeUInt8(1, 3);
	packet.writeUInt32LE(wishFlags, 4);
	packet.writeUInt8(charset, 12);
	return packet;
}
