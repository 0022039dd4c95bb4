import type {PeerCertificate} from 'node:tls';
import type {CertificateFacts} from '../core/check.js';
import {type Safe, safe, safeText} from '../core/safe.js';

/** A certificate that is not trusted, and OpenSSL's code for it (`CERT_HAS_EXPIRED`) or Node's. */
export type Distrusted = {
	readonly code: string;
	/** The name it should be for. */
	readonly name: string;
	readonly facts: CertificateFacts | undefined;
	/** As the server sent it, its own certificate first. */
	readonly chain: readonly Partial<Pick<PeerCertificate, 'subject' | 'subjectaltname' | 'valid_from' | 'valid_to'>>[];
	/** Wall clock, ms. */
	readonly now: number;
};

const dayMs = 86_400_000;

/** Why a certificate is not trusted, for operators. */
export function certificateProblem({code, name, facts, chain, now}: Distrusted): Safe {
	const issuer = facts?.issuer ?? safe`-`;

	switch (code) {
		case 'CERT_HAS_EXPIRED':
			return facts && facts.validTo < now
				? safe`certificate expired ${daysText(now - facts.validTo)} ago`
				: chainText(chain, now, 'expired');
		case 'CERT_NOT_YET_VALID':
			return facts && facts.validFrom > now
				? safe`certificate not valid before ${daysText(facts.validFrom - now)} from now`
				: chainText(chain, now, 'early');
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
			return safe`certificate is self-signed`;
		case 'SELF_SIGNED_CERT_IN_CHAIN':
			return safe`certificate is signed by '${issuer}', which is not trusted here`;
		case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
		case 'UNABLE_TO_GET_ISSUER_CERT':
		case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
			return chain.length < 2
				? safe`certificate chain is incomplete: '${issuer}', which signed it, was not sent and is not trusted here`
				: safe`certificate chain ends at an issuer that is not trusted here`;
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return safe`certificate is not for '${safeText(name)}' but for ${namesOf(chain[0]?.subjectaltname, facts)}`;
		case 'CERT_REVOKED':
			return safe`certificate is revoked`;
		case 'CERT_SIGNATURE_FAILURE':
			return safe`certificate has a signature that is not that of '${issuer}'`;
		case 'INVALID_PURPOSE':
			return safe`certificate is not for servers`;
		case 'INVALID_CA':
			return safe`certificate is signed by '${issuer}', which may not sign others`;
		case 'UNSPECIFIED':
			// Node.js has no code for what is weaker than OpenSSL's security level 1.
			return safe`certificate not trusted (often a signature with SHA-1, which is too weak)`;
		default:
			return safe`certificate not trusted (${safeText(code)})`;
	}
}

/** Which one of the chain it is, if it can be told: OpenSSL's code does not. */
function chainText(chain: Distrusted['chain'], now: number, problem: 'expired' | 'early'): Safe {
	for (const {subject, valid_from = '', valid_to = ''} of chain.slice(1)) {
		const shown = subjectText(subject);
		const [from, to] = [Date.parse(valid_from), Date.parse(valid_to)];

		if (problem === 'expired' && to < now) {
			return safe`'${shown}' of the chain expired ${daysText(now - to)} ago`;
		}

		if (problem === 'early' && from > now) {
			return safe`'${shown}' of the chain is not valid before ${daysText(from - now)} from now`;
		}
	}

	return problem === 'expired'
		? safe`a certificate of the chain has expired`
		: safe`a certificate of the chain is not valid yet`;
}

/** Its common name, else its organisation's. */
export function subjectText(subject: PeerCertificate['subject'] | undefined): Safe {
	return safeText([subject?.CN ?? subject?.O ?? '-'].flat().join(', '));
}

/** `3 days`, `1 day`, `5 hours`, rounded down. */
export function daysText(ms: number): Safe {
	const units = [
		[safe`day`, dayMs],
		[safe`hour`, 3_600_000],
		[safe`minute`, 60_000],
	] as const;
	const [unit, length] = units.find(([, length]) => ms >= length) ?? units[2];
	const count = Math.floor(ms / length);
	return count === 1 ? safe`1 ${unit}` : safe`${count} ${unit}s`;
}

function namesOf(altNames: string | undefined, facts: CertificateFacts | undefined): Safe {
	const names = altNames?.split(', ').map(name => name.replace(/^(?:DNS|IP Address):/, '')) ?? [];
	const [first, ...others] = names;
	const more = others.length > 0 ? safe` and ${others.length} more` : safe``;
	return first === undefined ? safe`'${facts?.subject ?? safe`-`}'` : safe`'${safeText(first)}'${more}`;
}
