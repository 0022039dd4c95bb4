import {Readable} from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import {codeOf} from '../core/errors.js';
import {authorities, connected, connectionOptions} from './mail-connection.js';
import type {MailConversation} from './mail-conversation.js';
import {MailFailed} from './mail-failed.js';
import {noLoginOffered, noTlsForPassword} from './mail-outcome.js';
import type {MailServer} from './mail-server.js';

/** A mail as it goes over the wire. */
export type Mail = {readonly from: string; readonly to: string; readonly raw: Buffer};

/**
 * Hands a mail to a server: its answer. All that was opened is closed.
 * @throws {MailFailed}, nodemailer's error, the system's, or the abort.
 */
export async function handOver(
	mail: Mail,
	server: MailServer,
	talk: MailConversation,
	signal: AbortSignal,
): Promise<string> {
	signal.throwIfAborted();
	const trust = server.tls === 'none' ? undefined : await authorities(server, signal);
	const plain = await connected(server, talk, signal);
	const connection = new SMTPConnection(connectionOptions(server, plain, talk, trust));

	try {
		const response = await conversed(connection, {mail, server, talk, signal});
		// Its answer is not waited for: the sooner it is known that the mail was taken, the less often it is sent again.
		connection.quit();
		return response;
	} finally {
		// The outer one first: Node 20 crashes (SIGSEGV) when a TLS socket is destroyed after the one below it.
		connection.close();
		plain.destroy();
	}
}

type Talk = {
	readonly mail: Mail;
	readonly server: MailServer;
	readonly talk: MailConversation;
	readonly signal: AbortSignal;
};

function conversed(connection: SMTPConnection, {mail, server, talk, signal}: Talk): Promise<string> {
	return new Promise((resolve, reject) => {
		const stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop, {once: true});
		const settled =
			<T>(settle: (value: T) => void) =>
			(value: T) => {
				signal.removeEventListener('abort', stop);
				settle(value);
			};
		const [done, failed] = [settled(resolve), settled(reject)];
		connection.on('error', failed);
		// It ends so, too, right before it says why.
		connection.once('end', () => setImmediate(() => failed(new MailFailed('ECONNECTION'))));
		const send = () =>
			connection.send(
				{from: mail.from, to: [mail.to], size: mail.raw.length},
				readable(mail.raw, talk),
				(error, info) => (error ? failed(error) : done(info.response)),
			);

		if (signal.aborted) {
			stop();
			return;
		}

		connection.connect(error => {
			const problem = error ?? loginProblem(connection, server);

			if (problem) {
				failed(problem);
			} else if (server.login) {
				connection.login({credentials: {...server.login}}, wrong => (wrong ? failed(wrong) : send()));
			} else {
				send();
			}
		});
	});
}

/** A password goes to nobody who could be anybody. */
function loginProblem({secure, allowsAuth}: SMTPConnection, {login, tls}: MailServer): MailFailed | undefined {
	if (!login) {
		return undefined;
	}

	return !secure && tls !== 'none'
		? new MailFailed(noTlsForPassword)
		: allowsAuth
			? undefined
			: new MailFailed(noLoginOffered);
}

/** Read only once the server wants the text: from then on nobody knows what it has. */
function readable(raw: Buffer, talk: MailConversation): Readable {
	return new Readable({
		read() {
			talk.isSent = true;
			this.push(raw);
			this.push(null);
		},
	});
}

/** The code of what was thrown: nodemailer keeps the system's and OpenSSL's aside. */
export function mailCodeOf(error: unknown): string | undefined {
	const original = error instanceof Error && 'originalCode' in error ? error.originalCode : undefined;
	return typeof original === 'string' ? original : codeOf(error);
}
