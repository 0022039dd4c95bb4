import {readFile} from 'node:fs/promises';
import {createSecureContext, type SecureContext} from 'node:tls';
import {orAbort} from '../core/or-abort.js';
import {systemBundles} from '../core/system-bundles.js';
import {trustedBy} from './machine-trust.js';

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

	return orAbort(trustedBy(systemBundles), signal);
}
