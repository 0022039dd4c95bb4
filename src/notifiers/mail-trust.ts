import {readFile} from 'node:fs/promises';
import {orAbort} from '../core/or-abort.js';

/** What this machine trusts, where the distributions put it. Node's own list knows nothing of a company's authority that was added. */
const systemBundles = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/tls/certs/ca-bundle.crt',
	'/etc/ssl/ca-bundle.pem',
	'/etc/ssl/cert.pem',
];

/**
 * Authorities (PEM) that a mail server's certificate may be signed by: those of a file, else the machine's; undefined for Node's own.
 * @throws the abort, or the system's error where a file that was named cannot be read.
 */
export async function mailTrust(ca: string | undefined, signal: AbortSignal): Promise<string | undefined> {
	if (ca !== undefined) {
		const pem = await orAbort(readFile(ca, 'latin1'), signal);

		if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
			throw new Error('no certificates');
		}

		return pem;
	}

	for (const bundle of systemBundles) {
		try {
			return await orAbort(readFile(bundle, 'latin1'), signal);
		} catch {
			signal.throwIfAborted();
		}
	}

	return undefined;
}
