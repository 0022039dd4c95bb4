import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {onTestFinished} from 'vitest';

export type Datagrams = {
	readonly port: number;
	/** What came. */
	readonly questions: readonly Buffer[];
};

/**
 * A UDP server of 127.0.0.1 that answers each datagram with those that this makes of it, if any, on this port or a free one; it ends when the
 * test has.
 */
export async function datagrams(answer: (question: Buffer) => readonly Uint8Array[], place = 0): Promise<Datagrams> {
	const socket = createSocket('udp4');
	const questions: Buffer[] = [];
	socket.on('message', (question, {port, address}) => {
		questions.push(question);

		for (const said of answer(question)) {
			socket.send(said, port, address);
		}
	});
	socket.bind(place, '127.0.0.1');
	await once(socket, 'listening');
	onTestFinished(() => {
		socket.close();
	});
	return {port: socket.address().port, questions};
}

/** The record type that is asked for (RFC 1035, section 4.1.2). */
export function typeAsked(question: Buffer): number {
	return question.readUInt16BE(endOfName(question));
}

/** The name that is asked for. */
export function nameAsked(question: Buffer): string {
	const labels: string[] = [];

	for (let at = 12; question[at] !== 0 && at < question.length; at += (question[at] ?? 0) + 1) {
		labels.push(question.toString('latin1', at + 1, at + 1 + (question[at] ?? 0)));
	}

	return labels.join('.');
}

/** An answer to a question with this response code, records and flags (0x0200: truncated). */
export function dnsAnswer(
	question: Buffer,
	{rcode = 0, records = [] as readonly Uint8Array[], flags = 0} = {},
): Buffer {
	const header = Buffer.from(question.subarray(0, 12));
	header.writeUInt16BE(0x8180 | flags | rcode, 2);
	header.writeUInt16BE(records.length, 6);
	header.writeUInt16BE(0, 10);
	return Buffer.concat([header, question.subarray(12, endOfName(question) + 4), ...records]);
}

/** A record of the name that is asked for. */
export function dnsRecord(type: number, data: Uint8Array): Buffer {
	const head = Buffer.alloc(12);
	head.writeUInt16BE(0xc00c, 0);
	head.writeUInt16BE(type, 2);
	head.writeUInt16BE(1, 4);
	head.writeUInt32BE(60, 6);
	head.writeUInt16BE(data.length, 10);
	return Buffer.concat([head, data]);
}

/** A name as it stands in a message. */
export function dnsName(name: string): Buffer {
	return Buffer.concat([
		...name.split('.').map(label => Buffer.from(`${String.fromCharCode(label.length)}${label}`)),
		Buffer.of(0),
	]);
}

function endOfName(question: Buffer): number {
	return question.indexOf(0, 12) + 1;
}
