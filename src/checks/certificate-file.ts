import {X509Certificate} from 'node:crypto';
import {isIP} from 'node:net';
import {bytesOf} from '../core/bytes-of.js';
import type {Finding} from '../core/check.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {legacyFacts} from './certificate-facts.js';
import {certificateProblem} from './certificate-words.js';
import {Failed} from './failed.js';
import {ofFile} from './of-file.js';

/** Far more than any chain takes, bytes. */
const mostBytes = 1 << 20;

/** More certificates than any authority's file has. */
const mostCertificates = 500;

const pem = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * The certificates of a file (PEM, or one in DER), in the order in which they stand there. Its keys are nobody's business.
 * @throws {Failed}
 */
export async function readCertificates(attempt: Attempt, path: string): Promise<readonly X509Certificate[]> {
	const {host, signal} = attempt.context;
	const [file, place] = [safeText(path), bytesOf(path)];
	const stat = await ofFile(attempt, file, () => host.stat(place, signal));

	if (!stat) {
		throw failed(safe`no file ${file}`);
	}

	if (stat.type !== 'file') {
		throw failed(safe`no certificate in ${file}: it is a ${safeText(stat.type)}`);
	}

	if (stat.sizeBytes > mostBytes) {
		throw failed(safe`no certificate in ${file}: it has more than 1 MiB`);
	}

	const text = await ofFile(attempt, file, () => host.readEnd(place, mostBytes, signal));
	const blocks = text?.match(pem)?.slice(0, mostCertificates);
	return blocks
		? blocks.map((block, at) => parsed(block) ?? broken(file, at))
		: [parsed(Buffer.from(text ?? '', 'latin1')) ?? none(file)];
}

function parsed(bytes: string | Buffer): X509Certificate | undefined {
	try {
		return new X509Certificate(bytes);
	} catch {
		return undefined;
	}
}

function broken(file: Safe, at: number): never {
	throw failed(safe`certificate ${at + 1} of ${file} is broken`);
}

function none(file: Safe): never {
	throw failed(safe`no certificate in ${file}`);
}

function failed(reason: Safe): Failed {
	return new Failed({status: 'critical', reason});
}

export type FileWish = {
	/** The name that the first one must be for, if any. */
	readonly name: string | undefined;
	/** Those of which one must have signed the last one, if any must. */
	readonly trusted: readonly X509Certificate[] | undefined;
	/** Wall clock, ms. */
	readonly now: number;
};

/**
 * What a server would be distrusted for that sent these certificates: the first reason there is. Of an authority's file only the first one is
 * judged: those in it do not vouch for each other.
 */
export function fileFindings(all: readonly X509Certificate[], wish: FileWish): readonly Finding[] {
	const chain = all[0]?.ca ? all.slice(0, 1) : all;
	const reason = timeProblem(chain, wish.now) ?? nameProblem(chain, wish) ?? chainProblem(chain, wish.trusted);
	return reason === undefined ? [] : [{status: 'critical', reason}];
}

function timeProblem(chain: readonly X509Certificate[], now: number): Safe | undefined {
	const times = chain.flatMap(one => legacyFacts(one) ?? []);
	const code = times.some(({validTo}) => validTo < now)
		? 'CERT_HAS_EXPIRED'
		: times.some(({validFrom}) => validFrom > now)
			? 'CERT_NOT_YET_VALID'
			: undefined;
	const legacy = chain.map(one => one.toLegacyObject());
	return code && certificateProblem({code, name: '', facts: times[0], chain: legacy, now});
}

function nameProblem([leaf]: readonly X509Certificate[], {name, now}: FileWish): Safe | undefined {
	if (!leaf || name === undefined || (isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) !== undefined) {
		return undefined;
	}

	const code = 'ERR_TLS_CERT_ALTNAME_INVALID';
	return certificateProblem({code, name, facts: legacyFacts(leaf), chain: [leaf.toLegacyObject()], now});
}

function chainProblem(chain: readonly X509Certificate[], trusted: FileWish['trusted']): Safe | undefined {
	const wrong = chain.findIndex((one, at) => at > 0 && !hasSigned(one, chain[at - 1]));

	if (wrong > 0) {
		return safe`certificate ${wrong + 1} of the file did not sign the one before it`;
	}

	const isTrusted = (one: X509Certificate) => trusted?.some(root => root.raw.equals(one.raw) || hasSigned(root, one));
	const last = chain.at(-1);

	if (trusted === undefined || last === undefined || chain.some(isTrusted)) {
		return undefined;
	}

	return chain.length === 1 && hasSigned(last, last)
		? safe`certificate is self-signed`
		: safe`certificate is signed by '${legacyFacts(last)?.issuer ?? safe`-`}', which is not trusted here`;
}

function hasSigned(signer: X509Certificate, certificate: X509Certificate | undefined): boolean {
	try {
		return certificate?.checkIssued(signer) === true && certificate.verify(signer.publicKey);
	} catch {
		// A key that OpenSSL does not know has signed nothing.
		return false;
	}
}
