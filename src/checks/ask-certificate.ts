import {X509Certificate} from 'node:crypto';
import {once} from 'node:events';
import type {TLSSocket} from 'node:tls';
import type {Ask, Finding} from '../core/check.js';
import {safe, safeText} from '../core/safe.js';
import {type Attempt, asking, type Found} from './attempt.js';
import type {CertificateOptions} from './certificate.js';
import {certificateFacts, chainFindings, daysLeft, legacyFacts, validText} from './certificate-facts.js';
import {fileFindings, readCertificates} from './certificate-file.js';
import {Failed} from './failed.js';
import {secure} from './secure.js';
import {protocols} from './start-tls.js';

/** Looks at what a server presents, or at a file. */
export function askCertificate(wish: CertificateOptions): Ask {
	return context =>
		asking(context, async attempt => {
			attempt.begin();
			return wish.file === undefined ? served(attempt, wish) : inFile(attempt, wish.file, wish);
		});
}

async function served(
	attempt: Attempt,
	{host = '127.0.0.1', port, startTls, ...wish}: CertificateOptions,
): Promise<Found> {
	const protocol = startTls && protocols[startTls];
	const plain = await attempt.connect({host, port: port ?? protocol?.port ?? 443});
	await protocol?.ask(attempt, plain);
	const {socket, findings, chain} = await secure(attempt, plain, host, wish);
	const certificates = chain.map(({raw}) => new X509Certificate(raw));
	const version = socket.getProtocol() ?? undefined;
	await leave(socket, protocol?.goodbye ?? '', attempt.context.signal);
	return found(attempt, certificates, {
		findings: findings.length > 0 || wish.insecure ? findings : chainFindings(certificates, attempt.context.wall()),
		protocol: version,
	});
}

/** Whoever goes without a word is an error in many a server's log. What has been seen counts, whatever comes of this. */
async function leave(socket: TLSSocket, goodbye: string, signal: AbortSignal): Promise<void> {
	socket.end(goodbye);
	await once(socket, 'finish', {signal}).catch(() => {});
}

async function inFile(
	attempt: Attempt,
	file: string,
	{serverName: name, ca, insecure}: CertificateOptions,
): Promise<Found> {
	const now = attempt.context.wall();
	const certificates = await readCertificates(attempt, file);
	const trusted = ca === undefined ? undefined : await authorities(attempt, ca);
	const problems = fileFindings(certificates, {name, trusted, now});
	const facts = certificates[0] && legacyFacts(certificates[0]);

	if (facts) {
		attempt.certificate = facts;
		attempt.values = {CERTIFICATE_EXPIRATION: facts.validTo - now};
	}

	return found(attempt, certificates, {
		findings: insecure ? [] : problems.length > 0 ? problems : chainFindings(certificates, now),
	});
}

async function authorities(attempt: Attempt, ca: string): Promise<readonly X509Certificate[]> {
	try {
		return await readCertificates(attempt, ca);
	} catch (error) {
		// What we cannot use ourselves says nothing of the certificate.
		throw error instanceof Failed
			? new Failed({
					status: 'unknown',
					reason: safe`not asked: ca ${safeText(ca)} cannot be used (${error.failure.reason})`,
				})
			: error;
	}
}

type Seen = {readonly findings: readonly Finding[]; readonly protocol?: string | undefined};

function found(
	{certificate: facts, context}: Attempt,
	chain: readonly X509Certificate[],
	{findings, protocol}: Seen,
): Found {
	if (!facts) {
		return {text: safe`no certificate`, findings: [{status: 'critical', reason: safe`no certificate with dates`}]};
	}

	const now = context.wall();
	return {
		text: validText(facts, now),
		findings,
		measures: {days: daysLeft(facts, now)},
		facts: certificateFacts(chain, protocol),
	};
}
