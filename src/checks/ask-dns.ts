import {Resolver} from 'node:dns/promises';
import type {Ask, Finding} from '../core/check.js';
import type {Redact} from '../core/redact.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {isOfThisMachine} from './addresses.js';
import {type Attempt, asking} from './attempt.js';
import type {DnsOptions} from './dns.js';
import {canonical} from './dns-records.js';
import {type Reply, replyOf} from './dns-reply.js';
import {answersText, noRecordText, rcodeText} from './dns-words.js';
import {nameServer} from './name-server.js';
import {nameServersText} from './name-servers.js';

/** Asks name servers for the records of a name. */
export function askDns(wanted: DnsOptions): Ask {
	return context =>
		asking(context, async attempt => {
			attempt.begin();
			const servers = wanted.server === undefined ? new Resolver().getServers() : [wanted.server];
			const server = safe`name server ${nameServersText(servers)}`;
			goingTo(attempt, servers);
			const reply = await attempt.stage('name', safe`${server} is silent`, () => replyOf(attempt, wanted));
			const {rcode, answers} = reply;
			attempt.values = {...attempt.values, CONNECTED: true, DNS_RCODE: rcode, BODY: answers.join('\n')};
			attempt.reach = attempt.reach && {...attempt.reach, hasConnected: true};
			const reason = problemOf(reply, server, wanted, context.hide);
			return {
				text: answers.length > 0 ? answersText(answers, context.hide) : safe`${safeText(rcode)}`,
				findings: reason === undefined ? [] : [{status: 'critical', reason} satisfies Finding],
				facts: [
					{label: safe`server`, value: nameServersText(servers)},
					...answers
						.slice(0, 100)
						.map(answer => ({label: safeText(wanted.record), value: safeText(context.hide(answer))})),
				],
			};
		});
}

function goingTo(attempt: Attempt, servers: readonly string[]): void {
	const addresses = servers.flatMap(server => nameServer(server)?.address ?? []);
	const isLoopback = addresses.every(address => isOfThisMachine(address, attempt.context.host));
	attempt.target = nameServersText(servers);
	attempt.reach = {isLoopback, hasConnected: false, target: attempt.target};
	// Of several ones nobody knows which one has answered.
	const [address, ...others] = addresses;
	attempt.values = {CONNECTED: false, ...(address !== undefined && others.length === 0 && {IP: address})};
}

/** Undefined: all is well. */
function problemOf(reply: Reply, server: Safe, wanted: DnsOptions, hide: Redact): Safe | undefined {
	const {rcode, answers, names} = reply;
	const domain = safeText(wanted.domain);

	if (rcode !== wanted.rcode) {
		const text = rcodeText(rcode, domain, server);
		return wanted.rcode === 'NOERROR' ? text : safe`${text}, wanted ${safeText(wanted.rcode)}`;
	}

	if (rcode !== 'NOERROR') {
		return undefined;
	}

	if (answers.length === 0) {
		return noRecordText(safeText(wanted.record), [wanted.domain, ...names]);
	}

	const given = new Set(answers.map(answer => canonical(wanted.record, answer)));
	const missing = [wanted.expect ?? []].flat().filter(answer => !given.has(canonical(wanted.record, answer)));
	return missing.length === 0
		? undefined
		: safe`answers ${answersText(answers, hide)}, wanted ${answersText(missing, hide)}`;
}
