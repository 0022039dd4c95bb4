import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import {SMTPServer, type SMTPServerOptions} from 'smtp-server';
import {onTestFinished} from 'vitest';
import type {Certificate} from './certificates.js';

export type MailRelay = {
	readonly port: number;
	readonly mails: readonly {readonly raw: Buffer; readonly isSecure: boolean; readonly user: string | undefined}[];
	/** Passwords that it was told, right or wrong. */
	readonly passwords: readonly string[];
};

export type MailRelayOptions = SMTPServerOptions & {
	readonly certificate?: Certificate;
	readonly login?: {readonly user: string; readonly password: string};
};

/** A mail server with real TLS and logins (PLAIN, LOGIN), on a port of its own; closed when the test has ended. */
export async function mailRelay({certificate, login, ...options}: MailRelayOptions = {}): Promise<MailRelay> {
	const mails: MailRelay['mails'][number][] = [];
	const passwords: string[] = [];
	const server = new SMTPServer({
		authOptional: login === undefined,
		disableReverseLookup: true,
		logger: false,
		...(certificate && {key: readFileSync(certificate.key), cert: readFileSync(certificate.cert)}),
		...(certificate === undefined && {
			hideSTARTTLS: true,
			disabledCommands: login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
		}),
		onAuth({username, password}, _, done) {
			passwords.push(password ?? '');
			const isRight = login !== undefined && username === login.user && password === login.password;
			done(isRight ? null : Object.assign(new Error('wrong'), {responseCode: 535}), {user: username ?? ''});
		},
		onData(stream, {secure, user}, done) {
			const chunks: Buffer[] = [];
			stream.on('data', chunk => chunks.push(chunk));
			stream.on('end', () => {
				mails.push({raw: Buffer.concat(chunks), isSecure: secure, user: user === undefined ? undefined : String(user)});
				done();
			});
		},
		...options,
	});
	// A client that goes away is an error to it.
	server.on('error', () => {});
	const listener = server.listen(0, '127.0.0.1');
	await once(listener, 'listening');
	onTestFinished(() => new Promise<void>(resolve => server.close(() => resolve())));
	return {port: (listener.address() as AddressInfo).port, mails, passwords};
}
