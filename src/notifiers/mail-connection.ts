import {once} from 'node:events';
import {createConnection, type Socket} from 'node:net';
import {checkServerIdentity, type PeerCertificate, type SecureContext} from 'node:tls';
import type {SMTPConnectionOptions} from 'nodemailer/lib/smtp-connection';
import {safe, safeText} from '../core/safe.js';
import {mailAddresses} from './mail-addresses.js';
import type {MailConversation} from './mail-conversation.js';
import {MailFailed} from './mail-failed.js';
import {badAuthorities} from './mail-outcome.js';
import type {MailServer} from './mail-server.js';
import {mailTrust} from './mail-trust.js';

/** Each stage on its own, ms: nodemailer's (two and ten minutes) would hold up a server that works. */
const patience = {connect: 10_000, greeting: 10_000, answer: 30_000};

/** What the server's certificate may be signed by. @throws {MailFailed} or the abort. */
export async function authorities({ca}: MailServer, signal: AbortSignal): Promise<SecureContext | undefined> {
	try {
		return await mailTrust(ca, signal);
	} catch {
		signal.throwIfAborted();
		throw new MailFailed(badAuthorities);
	}
}

/** A fresh connection. @throws {MailFailed}, the system's error, or the abort. */
export async function connected(
	{host, port}: MailServer,
	talk: MailConversation,
	signal: AbortSignal,
): Promise<Socket> {
	talk.stage = 'resolve';
	const addresses = await mailAddresses(host, signal);
	talk.tell('resolve', safeText(addresses.join(', ')));
	talk.stage = 'connect';
	const all = addresses.map(address => ({address, family: address.includes(':') ? 6 : 4}));
	const socket = createConnection({
		host,
		port,
		timeout: patience.connect,
		autoSelectFamily: true,
		lookup: (_, {all: wantsAll}, found) =>
			wantsAll ? found(null, all) : found(null, all[0]?.address ?? '', all[0]?.family),
	});
	// What happens after it is over is nobody's business.
	socket.on('error', () => {});
	const silent = () => socket.destroy(new MailFailed('ETIMEDOUT'));
	socket.once('timeout', silent);

	try {
		await once(socket, 'connect', {signal});
	} catch (error) {
		socket.destroy();
		throw error;
	}

	socket.off('timeout', silent);
	talk.tell('connect', safe`${safeText(socket.remoteAddress ?? '')} port ${port}`);
	return socket;
}

/** What nodemailer is told of a connection that is there. */
export function connectionOptions(
	{host, tls, name, isVerified}: MailServer,
	connection: Socket,
	talk: MailConversation,
	trust: SecureContext | undefined,
): SMTPConnectionOptions {
	const log = (entry: unknown, text: unknown) => talk.log(entry, text);
	talk.stage = tls === 'implicit' ? 'tls' : 'greeting';
	return {
		host,
		connection,
		secure: tls === 'implicit',
		requireTLS: tls === 'required',
		opportunisticTLS: tls === 'opportunistic',
		ignoreTLS: tls === 'none',
		...(name !== undefined && {name}),
		// Of the greeting and of TLS together.
		connectionTimeout: 2 * patience.greeting,
		greetingTimeout: patience.greeting,
		socketTimeout: patience.answer,
		socketCloseTimeout: 0,
		maxResponseSize: 64 << 10,
		transactionLog: true,
		logger: {trace: log, debug: log, info: log, warn: log, error: log, fatal: log},
		tls: {
			...(trust && {secureContext: trust}),
			rejectUnauthorized: isVerified,
			// Asked only of a certificate that is trusted.
			checkServerIdentity: (wanted, certificate) => {
				talk.tell('tls', certificateText(certificate));
				return checkServerIdentity(wanted, certificate);
			},
		},
	};
}

function certificateText({subject, valid_to: end}: PeerCertificate) {
	return safe`certificate of ${safeText(String(subject?.CN ?? '-'))}, valid until ${safeText(end)}`;
}
