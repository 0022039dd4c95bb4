import {createSocket} from 'node:dgram';
import {Resolver} from 'node:dns/promises';
import {isIP} from 'node:net';
import type {CheckContext} from '../core/check.js';
import {codeOf} from '../core/errors.js';
import {type Safe, safeText} from '../core/safe.js';
import {nameServer} from './name-server.js';

/** With their ports, for words: `127.0.0.1:53`, `[::1]:53 or [::1]:54`. */
export function nameServersText(servers: readonly string[]): Safe {
	const shown = servers.map(server => {
		const {address, port} = nameServer(server) ?? {address: server, port: 53};
		return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
	});
	return safeText(shown.join(' or '));
}

/** How long c-ares waits for an answer before it asks again (ms, twice as long each time), and how often it asks each server. */
export type Patience = {readonly timeout: number; readonly tries: number};

/**
 * Asks name servers (the machine's own where none are named) until the time is up. What got lost on the way is asked again: without other
 * patience four times, which would take longer than there is time.
 * @throws the abort, an error of node:dns, or the system's error where it was ours that nobody could be asked.
 */
export async function askNameServers<T>(
	{signal, timeout}: CheckContext,
	servers: readonly string[],
	question: (resolver: Resolver) => Promise<T>,
	patience: Patience = {timeout: Math.ceil(timeout / 4), tries: 4},
): Promise<T> {
	signal.throwIfAborted();
	// A new one each time: the name servers of resolv.conf may be others now, and nothing must be kept of earlier answers.
	const resolver = new Resolver(patience);
	const cancel = () => resolver.cancel();
	signal.addEventListener('abort', cancel, {once: true});

	try {
		if (servers.length > 0) {
			resolver.setServers(servers);
		}

		return await question(resolver);
	} catch (error) {
		signal.throwIfAborted();

		if (codeOf(error) === 'ECONNREFUSED') {
			await provePossible(resolver.getServers());
		}

		throw error;
	} finally {
		signal.removeEventListener('abort', cancel);
	}
}

/** c-ares says "refused" of every socket that it could not open or connect, whoever's fault that is. @throws the system's error. */
async function provePossible(servers: readonly string[]): Promise<void> {
	const {address, port} = nameServer(servers[0] ?? '') ?? {address: '127.0.0.1', port: 53};
	const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');

	try {
		await new Promise<void>((resolve, reject) => {
			socket.on('error', reject);
			// Of some errors only this hears.
			socket.connect(port, address, (error?: Error) => (error ? reject(error) : resolve()));
		});
	} finally {
		socket.close();
	}
}
