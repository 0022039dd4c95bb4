import type {Socket} from 'node:net';
import {type Safe, safe, safeBytes} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Dialog, quoted} from './dialog.js';
import {Failed} from './failed.js';
import {readGreeting, tlsRequest} from './mysql-greeting.js';
import type {StartTls} from './start-tls-names.js';

type Protocol = {
	/** Where it listens when nothing else is said. */
	readonly port: number;
	/** Asks for TLS; returns when it may begin. @throws {Failed} where it may not. */
	readonly ask: (attempt: Attempt, socket: Socket) => Promise<void>;
	/** What a server wants to hear before its client goes; without it, it would complain of us in its log. */
	readonly goodbye: string;
};

/** How TLS begins in the middle of a protocol. */
export const protocols = {
	smtp: {port: 25, ask: inDialog(askSmtp), goodbye: 'QUIT\r\n'},
	imap: {port: 143, ask: inDialog(askImap), goodbye: 'b LOGOUT\r\n'},
	pop3: {port: 110, ask: inDialog(askPop3), goodbye: 'QUIT\r\n'},
	ftp: {port: 21, ask: inDialog(askFtp), goodbye: 'QUIT\r\n'},
	mysql: {port: 3306, ask: askMysql, goodbye: ''},
	postgres: {port: 5432, ask: inDialog(askPostgres), goodbye: ''},
} satisfies Record<StartTls, Protocol>;

function inDialog(ask: (dialog: Dialog) => Promise<void>): Protocol['ask'] {
	return async (attempt, socket) => {
		const dialog = new Dialog(attempt, socket);
		await ask(dialog);
		dialog.end();
	};
}

/** RFC 3207. */
async function askSmtp(dialog: Dialog): Promise<void> {
	demand(dialog, await reply(dialog), '220', safe`greets with`);
	dialog.say('EHLO healthtop');
	const offers = await reply(dialog);
	demand(dialog, offers, '250', safe`does not offer STARTTLS:`);

	if (!offers.some(line => /^250[ -]STARTTLS\s*$/i.test(line))) {
		throw dialog.failed(safe`${dialog.target} does not offer STARTTLS`);
	}

	dialog.say('STARTTLS');
	demand(dialog, await reply(dialog), '220', safe`does not offer STARTTLS:`);
}

/** RFC 4217. */
async function askFtp(dialog: Dialog): Promise<void> {
	demand(dialog, await reply(dialog), '220', safe`greets with`);
	dialog.say('AUTH TLS');
	demand(dialog, await reply(dialog), '234', safe`does not offer TLS:`);
}

/** RFC 2595, section 4. */
async function askPop3(dialog: Dialog): Promise<void> {
	demand(dialog, [await dialog.line()], '+OK', safe`greets with`);
	dialog.say('STLS');
	demand(dialog, [await dialog.line()], '+OK', safe`does not offer STARTTLS:`);
}

/** RFC 3501, section 6.2.1. What the server says without having been asked begins with `*`. */
async function askImap(dialog: Dialog): Promise<void> {
	demand(dialog, [await dialog.line()], '* OK', safe`greets with`);
	dialog.say('a STARTTLS');
	let line = await dialog.line();

	while (line.startsWith('* ')) {
		line = await dialog.line();
	}

	demand(dialog, [line], 'a OK', safe`does not offer STARTTLS:`);
}

/** SSLRequest of PostgreSQL's protocol: a length and a number that is no version; the answer is one byte. */
async function askPostgres(dialog: Dialog): Promise<void> {
	dialog.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
	const answer = await dialog.byte();

	if (answer === 'N') {
		throw dialog.failed(safe`${dialog.target} does not offer TLS`);
	}

	if (answer !== 'S') {
		throw dialog.failed(safe`no PostgreSQL on ${dialog.target}`);
	}
}

async function askMysql(attempt: Attempt, socket: Socket): Promise<void> {
	const {packet, offersTls, isRefusal} = await readGreeting(attempt, socket);
	const target = safeBytes(attempt.target);

	if (isRefusal) {
		// Number, and, behind `#`, five characters of state in front of the words.
		const words = packet.toString('latin1', packet[7] === 0x23 ? 13 : 7);
		const reason = safe`${target} does not talk to us: ${packet.readUInt16LE(5)} ${quoted(attempt, words)}`;
		throw new Failed({status: 'critical', reason});
	}

	if (!offersTls) {
		throw new Failed({status: 'critical', reason: safe`${target} does not offer TLS`});
	}

	socket.write(tlsRequest());
}

/** The lines of one reply: one with a `-` behind its number goes on until there is none (RFC 5321, section 4.2.1; RFC 959, section 4.2). */
async function reply(dialog: Dialog): Promise<readonly string[]> {
	const lines = [await dialog.line()];
	const [, number] = /^(\d{3})-/.exec(lines[0] ?? '') ?? [];

	while (number !== undefined && !(lines.at(-1) ?? '').startsWith(`${number} `) && lines.at(-1) !== number) {
		lines.push(await dialog.line());
	}

	return lines;
}

/** @throws {Failed} with the server's own words where they do not begin so. */
function demand(dialog: Dialog, lines: readonly string[], start: string, problem: Safe): void {
	const line = lines[0] ?? '';

	if (!line.toLowerCase().startsWith(start.toLowerCase())) {
		throw dialog.failed(safe`${dialog.target} ${problem} ${dialog.quoted(line)}`);
	}
}
