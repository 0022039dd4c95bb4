import {type Safe, safeText} from '../core/safe.js';
import type {ServerOptions} from './email.js';

/** When TLS is spoken. */
export type TlsMode = 'required' | 'opportunistic' | 'implicit' | 'none';

/** A server with everything that was not written. */
export type MailServer = {
	readonly host: string;
	readonly port: number;
	readonly tls: TlsMode;
	readonly login: {readonly user: string; readonly pass: string} | undefined;
	/** Nothing goes over TLS to a server whose certificate is not trusted. */
	readonly isVerified: boolean;
	readonly ca: string | undefined;
	/** What healthtop calls itself. */
	readonly name: string | undefined;
};

/** What was not written depends on where the server is, and on its port. */
export function mailServer({host, port, user, password, tls, insecure, ca, name}: ServerOptions): MailServer {
	const isHere = isLoopback(host);
	const mode = tls ?? (port === 465 ? 'implicit' : isHere ? 'opportunistic' : 'required');
	const login = user === undefined || password === undefined ? undefined : {user, pass: password};
	return {
		host,
		port: port ?? (mode === 'implicit' ? 465 : isHere ? 25 : 587),
		tls: mode,
		login,
		// Opportunistic encryption is better than none; a password is only told to who has proved to be the server.
		isVerified: !insecure && (mode !== 'opportunistic' || login !== undefined),
		ca,
		name,
	};
}

/** `mail.example.com:587` */
export function serverText({host, port}: MailServer): Safe {
	return safeText(host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
}

function isLoopback(host: string): boolean {
	return /^(?:127\.[\d.]+|::1|localhost|.+\.localhost)$/i.test(host);
}
