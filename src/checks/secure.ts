import {once} from 'node:events';
import {isIP, type Socket} from 'node:net';
import {connect, type PeerCertificate, type SecureContext, type TLSSocket} from 'node:tls';
import type {CertificateFacts, Finding} from '../core/check.js';
import {codeOf} from '../core/errors.js';
import {orAbort} from '../core/or-abort.js';
import {safe, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {certificateProblem, subjectText} from './certificate-words.js';
import {Failed} from './failed.js';
import {tlsProblem} from './tls-words.js';
import {trusted} from './trusted.js';

/** How TLS is spoken. */
export type TlsWish = {
	/** The name that the certificate must have, where it is another one than the host's. */
	readonly serverName?: string | undefined;
	/** A file of certificates (PEM) to trust instead of the machine's. */
	readonly ca?: string | undefined;
	/** Nothing about the certificate is a reason to fail. */
	readonly insecure: boolean;
};

export type Secured = {
	readonly socket: TLSSocket;
	readonly findings: readonly Finding[];
	/** The server's own certificate first, then those that signed the one before, as it sent them or as they are trusted here. */
	readonly chain: readonly PeerCertificate[];
};

/**
 * TLS over a connection. What is wrong with the certificate is a finding, not an error: it can be looked at all the same. Nobody must be
 * told a secret over a connection with findings.
 * @throws {Failed} or the system's error.
 */
export async function secure(attempt: Attempt, plain: Socket, host: string, wish: TlsWish): Promise<Secured> {
	const name = wish.serverName ?? host;
	attempt.waiting = safe`connected, but what is trusted here could not be read`;
	const secureContext = await orAbort(trusted(wish.ca), attempt.context.signal);

	// TLS over what is closed already would wait for ever.
	if (plain.destroyed || plain.readableEnded) {
		throw new Failed({status: 'critical', reason: tlsProblem('ECONNRESET', safeText(attempt.target))});
	}

	const socket = attempt.closing(startTls(plain, name, secureContext));
	socket.on('error', () => {});
	await attempt.stage('tls', safe`connected, then no answer to TLS`, () => handshake(socket, attempt));
	attempt.waiting = safe`connected, then silent`;
	const leaf = socket.getPeerCertificate(true);
	const facts = factsOf(leaf);

	if (facts) {
		attempt.certificate = facts;
		const left = facts.validTo - attempt.context.wall();
		attempt.values = {...attempt.values, CERTIFICATE_EXPIRATION: left};
	}

	const chain = chainOf(leaf);
	// The code, whatever its type says (`CERT_HAS_EXPIRED`).
	const problem = socket.authorized ? undefined : String(socket.authorizationError);
	const reason = problem && certificateProblem({code: problem, name, facts, chain, now: attempt.context.wall()});
	return {socket, chain, findings: reason && !wish.insecure ? [{status: 'critical', reason}] : []};
}

function startTls(socket: Socket, name: string, secureContext: SecureContext | undefined): TLSSocket {
	return connect({
		socket,
		// An address is no name to ask for (RFC 6066, section 3); it is compared with the certificate's all the same.
		...(isIP(name) === 0 ? {servername: name} : {host: name}),
		...(secureContext && {secureContext}),
		rejectUnauthorized: false,
	});
}

async function handshake(socket: TLSSocket, attempt: Attempt): Promise<void> {
	try {
		await once(socket, 'secureConnect', {signal: attempt.context.signal});
	} catch (error) {
		const code = codeOf(error);

		if (attempt.context.signal.aborted || code === undefined) {
			throw error;
		}

		throw new Failed({status: 'critical', reason: tlsProblem(code, safeText(attempt.target))});
	}
}

/** A server need not have one; a field that is no date makes none either. */
export function factsOf(certificate: PeerCertificate): CertificateFacts | undefined {
	const [validFrom, validTo] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)];

	if (Number.isNaN(validFrom) || Number.isNaN(validTo)) {
		return undefined;
	}

	return {subject: subjectText(certificate.subject), issuer: subjectText(certificate.issuer), validFrom, validTo};
}

/** A self-signed one is its own issuer. */
function chainOf(leaf: ReturnType<TLSSocket['getPeerCertificate']>): readonly PeerCertificate[] {
	const chain: PeerCertificate[] = [];
	let next: (PeerCertificate & {issuerCertificate?: PeerCertificate}) | undefined = leaf;

	while (next?.fingerprint256 !== undefined && !chain.some(one => one.fingerprint256 === next?.fingerprint256)) {
		chain.push(next);
		next = next.issuerCertificate;
	}

	return chain;
}
