import type {Socket} from 'node:net';
import {listening} from './listening.js';

/** One packet of MySQL's protocol: its length, its number, and what is in it. */
export function packet(count: number, payload: Buffer): Buffer {
	const header = Buffer.alloc(4);
	header.writeUIntLE(payload.length, 0, 3);
	header.writeUInt8(count, 3);
	return Buffer.concat([header, payload]);
}

/** CLIENT_LONG_PASSWORD, CLIENT_CONNECT_WITH_DB, CLIENT_PROTOCOL_41, CLIENT_TRANSACTIONS, CLIENT_SECURE_CONNECTION. */
const [lowFlags, pluginFlags] = [0x1 | 0x8 | 0x200 | 0x2000 | 0x8000, 0x8];

/** The challenge in each greeting. */
export const challenge = Buffer.from('abcdefghijklmnopqrst');

/** The first packet of a server that wants to be logged in to in this way. */
export function greeting(plugin = 'mysql_native_password', {offersTls = false} = {}): Buffer {
	const low = Buffer.alloc(2);
	low.writeUInt16LE(lowFlags | (offersTls ? 0x800 : 0));
	const payload = [
		Buffer.from([10]),
		Buffer.from('8.4.0\0'),
		Buffer.from([1, 0, 0, 0]),
		challenge.subarray(0, 8),
		Buffer.from([0]),
		low,
		Buffer.from([45, 2, 0, pluginFlags, 0, 21]),
		Buffer.alloc(10),
		challenge.subarray(8),
		Buffer.from([0]),
		Buffer.from(`${plugin}\0`),
	];
	return packet(0, Buffer.concat(payload));
}

export function ok(count: number): Buffer {
	return packet(count, Buffer.from([0, 0, 0, 2, 0, 0, 0]));
}

export function error(count: number, errno: number, message: string): Buffer {
	const head = Buffer.from([255, 0, 0, 0x23]);
	head.writeUInt16LE(errno, 1);
	return packet(count, Buffer.concat([head, Buffer.from('HY000'), Buffer.from(message)]));
}

/** What begins a result of one column of text, as packets from this number on: three of them. */
export function columns(count: number, name: string): Buffer {
	const texts = ['def', '', '', '', name, ''].map(text);
	const rest = Buffer.from([12, 45, 0, 0, 4, 0, 0, 253, 0, 0, 0, 0, 0]);
	return Buffer.concat([
		packet(count, Buffer.from([1])),
		packet(count + 1, Buffer.concat([...texts, rest])),
		end(count + 2),
	]);
}

export function row(count: number, value: string): Buffer {
	return packet(count & 255, text(value));
}

export function end(count: number): Buffer {
	return packet(count & 255, Buffer.from([254, 0, 0, 2, 0]));
}

/** A text and its length before it (one byte, or two behind 252). */
function text(value: string): Buffer {
	const bytes = Buffer.from(value);
	const head = bytes.length < 251 ? [bytes.length] : [252, bytes.length & 255, bytes.length >> 8];
	return Buffer.concat([Buffer.from(head), bytes]);
}

/** What says nothing of its status, however it is asked. */
export const noStatus = Array.from({length: 4}, () => error(1, 1064, 'syntax'));

type Answer = Buffer | ((heard: Buffer) => Buffer);

/** A server that greets, and then says one thing after the other, each as soon as it has heard something; `after` the last one. */
export function fake(
	greet: Buffer | ((socket: Socket) => unknown),
	answers: readonly Answer[],
	after: (socket: Socket) => unknown = () => {},
) {
	return listening(socket => {
		const left = [...answers];
		socket.on('data', heard => {
			const answer = left.shift();

			if (answer) {
				socket.write(typeof answer === 'function' ? answer(heard) : answer);
			}

			if (answer && left.length === 0) {
				after(socket);
			}
		});

		if (typeof greet === 'function') {
			greet(socket);
		} else {
			socket.write(greet);
		}
	});
}
