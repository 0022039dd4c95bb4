import {isIP} from 'node:net';
import type {CheckContext} from '../core/check.js';
import type {Host} from '../core/host.js';
import {inHosts, searched} from '../core/host-names.js';
import {orAbort} from '../core/or-abort.js';
import {safeText} from '../core/safe.js';
import {nameServer} from './name-server.js';
import {nameProblem} from './name-words.js';

/** More than any file of names has, bytes. */
const longest = 1 << 20;

/**
 * Addresses of a host, those of IPv4 in front where name servers say them: an address itself, else what /etc/hosts says (hosts(5)), else what
 * the name servers of resolv.conf(5) say, with its search list. Never getaddrinfo(3), which takes a thread that nobody gets back while a
 * name server or a mount is silent.
 * @throws {Failed}, or the system's error where no name server can be asked at all.
 */
export async function addressesOf(host: string, context: CheckContext): Promise<readonly string[]> {
	if (isIP(host) !== 0) {
		return [host];
	}

	const name = host.replace(/\.$/, '').toLowerCase();
	const written = inHosts(await textOf('/etc/hosts', context), name, text => isIP(text) !== 0);

	if (written.length > 0) {
		return written;
	}

	if (name === 'localhost' || name.endsWith('.localhost')) {
		// RFC 6761, section 6.3.
		return ['127.0.0.1', '::1'];
	}

	const resolvConf = await textOf('/etc/resolv.conf', context);
	const candidates = host.endsWith('.') ? [name] : searched(name, resolvConf);
	return resolved({name, candidates, servers: serversOf(resolvConf)}, context);
}

/** Whether a connection to an address stays on this machine. */
export function isOfThisMachine(address: string, host: Host): boolean {
	if (/^127\.|^::1$|^::ffff:127\./i.test(address)) {
		return true;
	}

	return host.addresses().some(own => own.address.replace(/\/\d+$/, '') === address);
}

/** Without the file there are no names in it. */
async function textOf(path: string, {host, signal}: CheckContext): Promise<string> {
	try {
		return await orAbort(host.readAside(path, longest), signal);
	} catch {
		signal.throwIfAborted();
		return '';
	}
}

/** As `setServers` of node:dns takes them; none where only c-ares can tell (addresses of one link, no file). */
export function serversOf(resolvConf: string): readonly string[] {
	const servers = [...resolvConf.matchAll(/^[ \t]*nameserver[ \t]+(\S+)/gm)].map(([, server]) => server ?? '');
	return servers.every(server => nameServer(server) !== undefined && !server.includes('%')) ? servers.slice(0, 3) : [];
}

type Wanted = {
	readonly name: string;
	/** The names to ask for, in turn. */
	readonly candidates: readonly string[];
	readonly servers: readonly string[];
};

async function resolved({name, candidates, servers}: Wanted, context: CheckContext): Promise<readonly string[]> {
	const {askNameServers} = await import('./name-servers.js');
	const problems: unknown[] = [];
	// Some name servers say nothing at all of IPv6: that must leave time for what they said of IPv4.
	const patience = {timeout: Math.ceil(context.timeout / 8 / Math.max(1, servers.length)), tries: 2};

	for (const candidate of candidates) {
		const answers = await Promise.allSettled([
			askNameServers(context, servers, resolver => resolver.resolve4(candidate)),
			askNameServers(context, servers, resolver => resolver.resolve6(candidate), patience),
		]);
		context.signal.throwIfAborted();
		const addresses = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));

		if (addresses.length > 0) {
			return addresses;
		}

		problems.push(...answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason] : [])));
	}

	throw nameProblem(safeText(name), problems);
}
