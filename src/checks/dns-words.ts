import type {Redact} from '../core/redact.js';
import {joinSafe, type Safe, safe, safeText} from '../core/safe.js';

/** What a name server may say of a question, as far as c-ares tells it. */
export const rcodes = ['NOERROR', 'NXDOMAIN', 'SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP'] as const;

export type Rcode = (typeof rcodes)[number];

/** Codes of node:dns that stand for an answer. An empty one is none of the name server's errors. */
export const rcodeOf: Readonly<Record<string, Rcode>> = {
	ENODATA: 'NOERROR',
	ENOTFOUND: 'NXDOMAIN',
	ESERVFAIL: 'SERVFAIL',
	EREFUSED: 'REFUSED',
	EFORMERR: 'FORMERR',
	ENOTIMP: 'NOTIMP',
};

/** How many answers a reason or a panel names. */
const most = 4;

/** What a name server said, where something else was wanted. `server` is `name server 127.0.0.1:53`. */
export function rcodeText(rcode: Rcode, domain: Safe, server: Safe): Safe {
	switch (rcode) {
		case 'NOERROR':
			return safe`${domain}: there is such a name`;
		case 'NXDOMAIN':
			return safe`${domain}: no such name (NXDOMAIN)`;
		case 'SERVFAIL':
			return safe`${server} failed (SERVFAIL)`;
		case 'REFUSED':
			return safe`refused by ${server} (REFUSED)`;
		case 'FORMERR':
			return safe`${server} did not understand the question (FORMERR)`;
		case 'NOTIMP':
			return safe`${server} does not answer such questions (NOTIMP)`;
	}
}

/** `10.1.2.3, 10.1.2.4 and 3 more`, without secrets */
export function answersText(answers: readonly string[], hide: Redact): Safe {
	const shown = joinSafe(
		answers.slice(0, most).map(answer => safeText(hide(answer).slice(0, 80))),
		safe`, `,
	);
	return answers.length > most ? safe`${shown} and ${answers.length - most} more` : shown;
}

/** Names of which each is another word for the next one (CNAME), the one that was asked for in front. */
export function noRecordText(record: Safe, names: readonly string[]): Safe {
	const [domain = safe`-`, ...aliases] = names.map(safeText);
	const last = aliases.at(-1);

	if (last === undefined) {
		return safe`no ${record} record for ${domain}`;
	}

	return names.indexOf(names.at(-1) ?? '') < names.length - 1
		? safe`no ${record} record for ${domain}: its CNAMEs go in a circle (${joinSafe([domain, ...aliases], safe` -> `)})`
		: safe`no ${record} record for ${domain}, which is a CNAME of ${last}`;
}
