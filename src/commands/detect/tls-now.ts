import {checkServerIdentity, type PeerCertificate} from 'node:tls';
import {type Attempt, asking} from '../../checks/attempt.js';
import {certificateProblem} from '../../checks/certificate-words.js';
import type {Place} from '../../checks/place.js';
import {factsOf, secure} from '../../checks/secure.js';
import {protocols} from '../../checks/start-tls.js';
import type {StartTls} from '../../checks/start-tls-names.js';
import {type Safe, safe} from '../../core/safe.js';
import {type Around, withDeadline} from './ask-now.js';

/** What a server's certificate means for a check of it. */
export type Trust = {
	/** The name to ask for, where the certificate is not for the host. */
	readonly serverName?: string;
	/** Why it is not trusted and never will be: whoever set it up meant it so. */
	readonly insecure?: Safe;
	/** Why it cannot be used now. The check says the same. */
	readonly problem?: Safe;
};

/** A name of a host as checks take it: no wildcard, nothing that is not ASCII. */
const plainName = /^[A-Za-z0-9_.:-]{1,255}$/;

export type TlsQuestion = {
	readonly place: Place;
	/** What the certificate should be for. */
	readonly name: string;
	/** The protocol in the middle of which TLS begins. */
	readonly startTls?: StartTls | undefined;
};

/** What the certificate is like that a server shows, within so many ms; undefined where it speaks no TLS. */
export async function tlsNow(question: TlsQuestion, timeout: number, around: Around): Promise<Trust | undefined> {
	let trust: Trust | undefined;
	await withDeadline(timeout, around, context =>
		asking(context, async attempt => {
			trust = await trustOver(attempt, question);
			return {text: safe``};
		}),
	);
	return trust;
}

async function trustOver(attempt: Attempt, {place, name, startTls}: TlsQuestion): Promise<Trust> {
	const plain = await attempt.connect(place);
	await (startTls && protocols[startTls].ask(attempt, plain));
	const {socket, chain} = await secure(attempt, plain, name, {insecure: true});
	const code = socket.authorized ? undefined : String(socket.authorizationError);
	const [leaf] = chain;
	return leaf ? trustOf({code, leaf, chain, name, now: attempt.context.wall()}) : {};
}

export type Shown = {
	/** Undefined: it is trusted. OpenSSL's code, or Node's. */
	readonly code: string | undefined;
	readonly leaf: PeerCertificate;
	readonly chain: readonly PeerCertificate[];
	/** What it should be for. */
	readonly name: string;
	/** Wall clock, ms. */
	readonly now: number;
};

/** One that has expired is to be seen; one that nobody signed is as it is for good. */
export function trustOf({code, leaf, chain, name, now}: Shown): Trust {
	const isFitting = checkServerIdentity(name, leaf) === undefined;
	const serverName = isFitting ? undefined : namesOf(leaf)[0];
	const named = serverName === undefined ? {} : {serverName};

	if (code === undefined) {
		return {};
	}

	const reason = certificateProblem({code, name, facts: factsOf(leaf), chain, now});

	switch (code) {
		case 'CERT_HAS_EXPIRED':
		case 'CERT_NOT_YET_VALID':
			return {...named, problem: reason};
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return serverName === undefined ? {insecure: reason} : named;
		default:
			return {insecure: reason};
	}
}

/** Names that a certificate is for, those of hosts first; for `*.example.com` one of those that it means. */
function namesOf({subjectaltname}: PeerCertificate): readonly string[] {
	const names = subjectaltname?.split(', ') ?? [];
	const kinds = ['DNS:', 'IP Address:'].map(kind =>
		names.flatMap(name => (name.startsWith(kind) ? [name.slice(kind.length).replace(/^\*\./, 'www.')] : [])),
	);
	return kinds.flat().filter(name => plainName.test(name));
}
