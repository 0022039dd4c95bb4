import type {IncomingMessage} from 'node:http';
import {codeOf} from '../core/errors.js';
import {isPingUrl} from '../core/ping-url.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {systemBundles} from '../core/system-bundles.js';
import {trustedBy} from './machine-trust.js';

/** What came of a call. A reason names the host, and nothing else of the address: its path is a token. */
export type Pinged = {readonly ok: true} | {readonly ok: false; readonly reason: Safe};

/**
 * Calls an address over a connection of its own: GET, no redirect is followed, nothing of a body is read. `bundles` are files of the authorities to
 * trust, of which the first one that there is counts.
 */
export async function ping(
	address: string,
	signal: AbortSignal,
	bundles: readonly string[] = systemBundles,
): Promise<Pinged> {
	if (!isPingUrl(address)) {
		return {ok: false, reason: safe`not called: only https, or http to this machine itself`};
	}

	const url = new URL(address);

	try {
		return answered(await statusOf(url, signal, bundles));
	} catch (error) {
		const host = safeText(url.host);
		return {ok: false, reason: signal.aborted ? safe`no answer from ${host} in time` : failure(error, host)};
	}
}

async function statusOf(url: URL, signal: AbortSignal, bundles: readonly string[]): Promise<number> {
	const isSecure = url.protocol === 'https:';
	const [{request}, secureContext] = isSecure
		? await Promise.all([import('node:https'), trustedBy(bundles)])
		: [await import('node:http'), undefined];
	signal.throwIfAborted();
	return new Promise((resolve, reject) => {
		const asked = request(url, {
			agent: false,
			signal,
			headers: {'User-Agent': 'healthtop', Accept: '*/*'},
			...(secureContext && {secureContext}),
		});
		// Also what comes after the answer: it is thrown away in the middle of its body.
		asked.on('error', reject);
		asked.on('response', (response: IncomingMessage) => {
			response.on('error', () => {});
			resolve(response.statusCode ?? 0);
			asked.destroy();
		});
		asked.end();
	});
}

function answered(status: number): Pinged {
	if (status >= 200 && status < 300) {
		return {ok: true};
	}

	const isRedirect = [301, 302, 303, 307, 308].includes(status);
	return {
		ok: false,
		reason: isRedirect ? safe`answered ${status}, and redirects are not followed` : safe`answered ${status}`,
	};
}

/** Codes of a certificate that is not taken (https://nodejs.org/api/tls.html#x509-certificate-error-codes); what ERR_SSL names is the other side's. */
const certificateCodes =
	/^(?!ERR_SSL_).*(?:CERT|UNABLE_TO|CRL_|INVALID_CA|PATH_LENGTH|INVALID_PURPOSE|HOSTNAME_MISMATCH)/;

function failure(error: unknown, host: Safe): Safe {
	const code = codeOf(error) ?? '';

	switch (code) {
		case '':
			return safe`${host} could not be called`;
		case 'ECONNREFUSED':
			return safe`nothing listens on ${host}`;
		case 'ENOTFOUND':
			return safe`no such host: ${host}`;
		case 'EAI_AGAIN':
			return safe`no name server told where ${host} is`;
		case 'ECONNRESET':
		case 'EPIPE':
			return safe`${host} closed the connection without an answer`;
		default:
			return certificateCodes.test(code)
				? safe`the certificate of ${host} is not trusted (${safeText(code)})`
				: safe`${host} could not be called (${safeText(code)})`;
	}
}
