import type {X509Certificate} from 'node:crypto';
import type {CertificateFacts, CheckFact, Finding} from '../core/check.js';
import {joinSafe, type Safe, safe, safeText} from '../core/safe.js';
import {daysText} from './certificate-words.js';
import {factsOf} from './secure.js';

const dayMs = 86_400_000;

/** So long before, somebody must know that a certificate of the chain expires: they are not renewed with the server's own, days. */
const noticeDays = 14;

/** How many names and certificates are shown: there may be thousands. */
const most = 20;

/** Whole days until then, rounded down; negative afterwards. */
export function daysLeft({validTo}: CertificateFacts, now: number): number {
	// None, too, is not negative.
	return Math.trunc((validTo - now) / dayMs) + 0;
}

/** `41 days`, `expired 3 days ago` */
export function validText({validFrom, validTo}: CertificateFacts, now: number): Safe {
	if (validTo <= now) {
		return safe`expired ${daysText(now - validTo)} ago`;
	}

	return validFrom > now ? safe`not valid for another ${daysText(validFrom - now)}` : daysText(validTo - now);
}

/** What there is to know of a certificate, the server's own in front of those that vouch for it. */
export function certificateFacts(chain: readonly X509Certificate[], protocol?: string): readonly CheckFact[] {
	const [leaf] = chain;
	const facts = leaf && legacyFacts(leaf);

	if (!facts) {
		return [];
	}

	const earliest = earliestOfChain(chain);
	const rows: readonly (readonly [Safe, Safe | undefined])[] = [
		[safe`subject`, facts.subject],
		[safe`issuer`, facts.issuer],
		[safe`names`, listed(namesIn(leaf))],
		[safe`valid from`, dateText(facts.validFrom)],
		[safe`valid to`, dateText(facts.validTo)],
		[safe`chain`, listed(chain.map(one => legacyFacts(one)?.subject ?? safe`-`))],
		[safe`chain valid to`, earliest && dateText(earliest.validTo)],
		[safe`serial`, safeText(leaf.serialNumber)],
		[safe`key`, keyText(leaf)],
		[safe`protocol`, protocol === undefined ? undefined : safeText(protocol)],
	];
	return rows.flatMap(([label, value]) => (value === undefined ? [] : [{label, value}]));
}

/** That one of the chain expires soon, and before the server's own. */
export function chainFindings(chain: readonly X509Certificate[], now: number): readonly Finding[] {
	const earliest = earliestOfChain(chain);
	const left = (earliest?.validTo ?? Number.POSITIVE_INFINITY) - now;

	if (!earliest || left <= 0 || left >= noticeDays * dayMs) {
		return [];
	}

	return [{status: 'warning', reason: safe`'${earliest.subject}' of the chain expires in ${daysText(left)}`}];
}

/** The one that expires first, where that is before the server's own does. */
function earliestOfChain([leaf, ...others]: readonly X509Certificate[]): CertificateFacts | undefined {
	const own = leaf && legacyFacts(leaf);
	const earlier = others.flatMap(one => legacyFacts(one) ?? []).filter(({validTo}) => own && validTo < own.validTo);
	return earlier.toSorted((a, b) => a.validTo - b.validTo)[0];
}

export function legacyFacts(certificate: X509Certificate): CertificateFacts | undefined {
	return factsOf(certificate.toLegacyObject());
}

function namesIn({subjectAltName}: X509Certificate): readonly Safe[] {
	const names = subjectAltName?.split(', ') ?? [];
	return names.map(name => safeText(name.replace(/^(?:DNS|IP Address):/, '')));
}

function listed(texts: readonly Safe[]): Safe | undefined {
	const shown = joinSafe(texts.slice(0, most), safe`, `);

	if (texts.length === 0) {
		return undefined;
	}

	return texts.length > most ? safe`${shown} and ${texts.length - most} more` : shown;
}

function dateText(at: number): Safe {
	return safeText(new Date(at).toISOString().replace('.000Z', 'Z'));
}

/** `RSA 2048`, `EC prime256v1`, `ED25519`; undefined for a key that OpenSSL does not know. */
function keyText(certificate: X509Certificate): Safe | undefined {
	try {
		const {asymmetricKeyType = '-', asymmetricKeyDetails: {modulusLength, namedCurve} = {}} = certificate.publicKey;
		return safeText([asymmetricKeyType.toUpperCase(), modulusLength ?? namedCurve ?? ''].join(' ').trim());
	} catch {
		return undefined;
	}
}
