import {Resolver} from 'node:dns/promises';
import {readFile} from 'node:fs/promises';
import {isIP} from 'node:net';
import {codeOf} from '../core/errors.js';
import {inHosts, searched} from '../core/host-names.js';
import {orAbort} from '../core/or-abort.js';

/** How long a name server may take, ms, and how often it is asked: twice as long each time. */
const patience = {timeout: 2500, tries: 2};

/**
 * Addresses of a mail server: an address itself, what /etc/hosts says, or the name servers. Never getaddrinfo(3): while a name server is
 * silent it keeps a thread that nobody gets back.
 * @throws the abort, or the error of node:dns that says most.
 */
export async function mailAddresses(host: string, signal: AbortSignal): Promise<readonly string[]> {
	if (isIP(host) !== 0) {
		return [host];
	}

	const name = host.replace(/\.$/, '').toLowerCase();
	const written = inHosts(await textOf('/etc/hosts', signal), name, text => isIP(text) !== 0);

	if (written.length > 0) {
		return written;
	}

	// RFC 6761, section 6.3.
	return name === 'localhost' ? ['127.0.0.1', '::1'] : resolved(host, name, signal);
}

async function resolved(host: string, name: string, signal: AbortSignal): Promise<readonly string[]> {
	const candidates = host.endsWith('.') ? [name] : searched(name, await textOf('/etc/resolv.conf', signal));
	const resolver = new Resolver(patience);
	const cancel = () => resolver.cancel();
	signal.addEventListener('abort', cancel, {once: true});
	const problems: unknown[] = [];

	try {
		for (const candidate of candidates) {
			const answers = await Promise.allSettled([resolver.resolve4(candidate), resolver.resolve6(candidate)]);
			signal.throwIfAborted();
			const addresses = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));

			if (addresses.length > 0) {
				return addresses;
			}

			problems.push(...answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason] : [])));

			// One that says nothing says nothing of other names either.
			if (problems.some(problem => codeOf(problem) === 'ETIMEOUT')) {
				break;
			}
		}
	} finally {
		signal.removeEventListener('abort', cancel);
	}

	// A server that failed says more than one that knows no such name.
	throw problems.find(problem => !['ENOTFOUND', 'ENODATA'].includes(codeOf(problem) ?? '')) ?? problems[0];
}

/** Without the file there are no names in it. */
async function textOf(path: string, signal: AbortSignal): Promise<string> {
	try {
		return await orAbort(readFile(path, 'latin1'), signal);
	} catch {
		signal.throwIfAborted();
		return '';
	}
}
