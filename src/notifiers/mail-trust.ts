import {readFile} from 'node:fs/promises';
import {createSecureContext, type SecureContext} from 'node:tls';
import {orAbort} from '../core/or-abort.js';

/** What this machine trusts, where the distributions put it. Node's own list knows nothing of a company's authority that was added. */
const systemBundles = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/tls/certs/ca-bundle.crt',
	'/etc/ssl/ca-bundle.pem',
	'/etc/ssl/cert.pem',
];

/**
 * Authorities that a mail server's certificate may be signed by: those of a file, else the machine's; undefined for Node's own.
 * @throws the abort, or the system's error or OpenSSL's where a file that was named cannot be used.
 */
export async function mailTrust(ca: string | undefined, signal: AbortSignal): Promise<SecureContext | undefined> {
	if (ca !== undefined) {
		const pem = await orAbort(readFile(ca, 'latin1'), signal);

		if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
			throw new Error('no certificates');
		}

		return createSecureContext({ca: pem});
	}

	for (const bundle of systemBundles) {
		try {
			return createSecureContext({ca: await orAbort(readFile(bundle, 'latin1'), signal)});
		} catch {
			signal.throwIfAborted();
		}
	}

	return undefined;
}
