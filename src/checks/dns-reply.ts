import type {Resolver} from 'node:dns/promises';
import {codeOf} from '../core/errors.js';
import {safe} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {recordsOf} from './dns-records.js';
import {type Rcode, rcodeOf} from './dns-words.js';
import {Failed} from './failed.js';
import {askNameServers, nameServersText} from './name-servers.js';
import type {RecordType} from './record-types.js';

/** What a name server answered. */
export type Reply = {
	readonly rcode: Rcode;
	readonly answers: readonly string[];
	/** Of no answers: the CNAMEs that lead from the name that was asked for to none. */
	readonly names: readonly string[];
};

export type Question = {
	readonly domain: string;
	readonly record: RecordType;
	/** Undefined: those of resolv.conf(5). */
	readonly server?: string | undefined;
};

/** CNAMEs that are followed to say why there is no answer. */
const mostNames = 8;

/**
 * What a name server says, whatever it says.
 * @throws {Failed} or an error where it says nothing.
 */
export async function replyOf({context}: Attempt, {domain, record, server}: Question): Promise<Reply> {
	return askNameServers(context, server === undefined ? [] : [server], async resolver => {
		const answers = await answersOf(resolver, record, domain);

		if (typeof answers !== 'string') {
			return {rcode: 'NOERROR', answers, names: []};
		}

		context.signal.throwIfAborted();
		const isDeadEnd = answers === 'NOERROR' && record !== 'CNAME';
		return {rcode: answers, answers: [], names: isDeadEnd ? await namesOf(resolver, domain, context.signal) : []};
	});
}

/** What a name server says instead where there are none. */
async function answersOf(resolver: Resolver, record: RecordType, domain: string): Promise<readonly string[] | Rcode> {
	try {
		const answers = await recordsOf(resolver, record, domain);
		// CNAMEs that lead nowhere are no error to c-ares.
		return answers.length > 0 ? answers : 'NOERROR';
	} catch (error) {
		const rcode = rcodeOf[codeOf(error) ?? ''];

		if (rcode === undefined) {
			throw asFailed(error, resolver.getServers());
		}

		return rcode;
	}
}

/** Only to say more: when the time is up it is what is known until then. */
async function namesOf(resolver: Resolver, domain: string, signal: AbortSignal): Promise<readonly string[]> {
	const names: string[] = [];
	let name: string | undefined = domain;

	while (name !== undefined && names.length < mostNames && !signal.aborted) {
		const [next]: readonly string[] = await resolver.resolveCname(name).catch(() => []);
		const isCircle: boolean = next === domain || names.includes(next ?? '');
		names.push(...(next === undefined ? [] : [next]));
		name = isCircle ? undefined : next;
	}

	return names;
}

/** What only c-ares calls so; the rest are codes of the system's. */
function asFailed(error: unknown, servers: readonly string[]): unknown {
	const server = safe`name server ${nameServersText(servers)}`;

	switch (codeOf(error)) {
		case 'EBADRESP':
			return new Failed({status: 'critical', reason: safe`${server} answers with something else than DNS`});
		case 'ETIMEOUT':
			return new Failed({status: 'critical', reason: safe`no answer: ${server} is silent`, isTimeout: true});
		default:
			return error;
	}
}
