import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Certificate} from './certificates.js';
import {start} from './engine-process.js';
import {folder} from './folder.js';
import {freePort} from './listening.js';
import {until} from './until.js';

/**
 * A server of `openssl s_server` on 127.0.0.1 with a certificate and these options, for what others refuse to be (`-tls1`); it is killed when
 * the test has ended.
 */
export async function startOpensslServer(certificate: Certificate, ...options: readonly string[]): Promise<number> {
	const port = await freePort();
	const files = ['-cert', certificate.cert, '-key', certificate.key, ...chainOptions(certificate)];
	// As a web server it does not end with its standard input.
	const running = start(['openssl', 's_server', '-accept', `127.0.0.1:${port}`, '-www', ...files, ...options]);
	await until('openssl listens', () => {
		if (running.child.exitCode !== null) {
			throw new Error(`openssl: ${running.stderr()}`);
		}

		return running.stdout().includes('ACCEPT');
	});
	return port;
}

/** Of a file it sends the first certificate only. */
function chainOptions({cert}: Certificate): readonly string[] {
	const end = '-----END CERTIFICATE-----\n';
	const [, ...others] = readFileSync(cert, 'utf8')
		.split(end)
		.filter(block => block !== '');

	if (others.length === 0) {
		return [];
	}

	const file = join(folder(), 'chain.pem');
	writeFileSync(file, others.map(block => block + end).join(''));
	return ['-cert_chain', file];
}
