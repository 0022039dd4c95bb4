import type {Socket} from 'node:net';
import {safe, safeText} from '../core/safe.js';
import {addressesOf} from './addresses.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';
import type {HttpOptions} from './http-options.js';
import {assureAddress, isLoopback} from './redirect-address.js';
import type {Secured} from './secure.js';

/** Makes a fresh connection for a request. @throws {Failed} or the system's error. */
export type Connect = (url: URL) => Promise<Socket>;

/**
 * Connections for one question, the first one to where it was configured to go. Redirects lead from there to other origins, but not
 * everywhere. Nobody gets a connection on which a secret could be told to a stranger: whose certificate is not trusted.
 */
export function connector(attempt: Attempt, options: HttpOptions): Connect {
	const {unixSocket} = options;
	const own = new URL(options.url).origin;
	let isFromLoopback = unixSocket !== undefined;

	return async url => {
		const isOwn = url.origin === own;
		const host = url.hostname.replace(/^\[|\]$/g, '');

		if (!isOwn) {
			await assureHost(attempt, host, isFromLoopback);
		}

		const isSecure = url.protocol === 'https:';
		const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
		const secure = isSecure ? (await import('./secure.js')).secure : undefined;
		const plain = await attempt.connect(isOwn && unixSocket !== undefined ? {path: unixSocket} : {host, port});
		const address = plain.remoteAddress;

		if (isOwn) {
			isFromLoopback ||= address !== undefined && isLoopback(address);
		} else if (address !== undefined) {
			// The name may have another address by now.
			assureAddress(address, isFromLoopback);
		}

		const wish = {...options, ...(!isOwn && {serverName: undefined})};
		return secure ? trusted(await secure(attempt, plain, host, wish)) : plain;
	};
}

async function assureHost(attempt: Attempt, host: string, isFromLoopback: boolean): Promise<void> {
	attempt.waiting = safe`no answer of the name server for ${safeText(host)}`;

	for (const address of await addressesOf(host, attempt.context)) {
		assureAddress(address, isFromLoopback);
	}
}

function trusted({socket, findings: [finding]}: Secured): Socket {
	if (finding) {
		throw new Failed({status: 'critical', reason: finding.reason});
	}

	return socket;
}
