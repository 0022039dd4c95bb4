import {execFile} from 'node:child_process';
import {chmodSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {type Certificate, certificates} from './certificates.js';

type Odd = {
	readonly subject?: string;
	readonly names?: string;
	readonly days?: number;
	/** Whether it may sign others. */
	readonly isAuthority?: true;
	/** Of `certificates()` or one of those here. */
	readonly signedBy?: string;
	readonly options?: readonly string[];
	readonly key?: readonly string[];
	/** What stands behind it in its file: what the server sends besides. */
	readonly behind?: readonly string[];
};

const here = 'DNS:localhost,IP:127.0.0.1';
const elliptic = ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];

/** Signers in front of those that they sign. Valid for 90 days from now where nothing else is said. */
const kinds = {
	/** It expires long before what it has signed. */
	fading: {subject: '/CN=healthtop test fading', days: 5, isAuthority: true},
	stale: {subject: '/CN=healthtop test stale', days: -1, isAuthority: true},
	lower: {subject: '/CN=healthtop test lower', isAuthority: true, signedBy: 'intermediate'},
	fadingChain: {signedBy: 'fading', behind: ['fading']},
	staleChain: {signedBy: 'stale', behind: ['stale']},
	/** Three certificates, the last two of them in the wrong order. */
	reversed: {signedBy: 'lower', behind: ['intermediate', 'lower']},
	inOrder: {signedBy: 'lower', behind: ['lower', 'intermediate']},
	/** With a second certificate that has not signed it. */
	unrelated: {behind: ['lower']},
	withRoot: {behind: ['root']},
	strangerWithRoot: {signedBy: 'stranger', behind: ['stranger']},
	noName: {subject: '/'},
	noCommonName: {subject: '/O=Shop Ltd'},
	manyNames: {names: [here, ...Array.from({length: 3000}, (_, at) => `DNS:shop-${at}.example.com`)].join(',')},
	/** More than OpenSSL takes of a server, 100 KiB. */
	tooManyNames: {names: [here, ...Array.from({length: 10_000}, (_, at) => `DNS:shop-${at}.example.com`)].join(',')},
	sha1: {options: ['-sha1']},
	rsa: {key: ['rsa:2048']},
	ed25519: {key: ['ed25519']},
	/** Its subject would do something to a terminal. */
	hostile: {subject: '/CN=\x1b]0;owned\x07', names: 'DNS:other.example'},
} satisfies Record<string, Odd>;

export type MoreCertificates = Readonly<Record<keyof typeof kinds, Certificate>> & {readonly ca: string};

let made: Promise<MoreCertificates> | undefined;

/** Odd ones, signed by `ca` of `certificates()` where nothing else is said; made once a test file, and gone with those. */
export function moreCertificates(): Promise<MoreCertificates> {
	made ??= make();
	return made;
}

async function make(): Promise<MoreCertificates> {
	const {ca} = await certificates();
	const directory = dirname(ca);

	for (const [name, kind] of Object.entries<Odd>(kinds)) {
		await sign(directory, name, kind);
	}

	const entries = Object.entries<Odd>(kinds).map(([name, {behind = []}]) => {
		const cert = join(directory, `${name}.pem`);
		writeFileSync(cert, [name, ...behind].map(one => readFileSync(join(directory, `${one}.crt`), 'utf8')).join(''));
		return [name, {cert, key: join(directory, `${name}.key`)}];
	});
	return {...Object.fromEntries(entries), ca};
}

async function sign(directory: string, name: string, kind: Odd): Promise<void> {
	const {
		subject = '/CN=localhost',
		names = here,
		days = 90,
		isAuthority,
		signedBy = 'root',
		options = [],
		key = elliptic,
	} = kind;
	const openssl = (...words: readonly string[]) =>
		promisify(execFile)('openssl', words, {cwd: directory, timeout: 60_000});
	const constraints = isAuthority ? 'critical,CA:TRUE' : `CA:FALSE\nsubjectAltName=${names}`;
	writeFileSync(join(directory, `${name}.ext`), `basicConstraints=${constraints}`);
	await openssl(
		'req',
		'-newkey',
		...key,
		'-nodes',
		'-keyout',
		`${name}.key`,
		'-out',
		`${name}.csr`,
		'-subj',
		subject,
		'-utf8',
	);
	chmodSync(join(directory, `${name}.key`), 0o644);
	const signer = ['-CA', `${signedBy}.crt`, '-CAkey', `${signedBy}.key`, '-CAcreateserial'];
	const files = ['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.ext`];
	await openssl('x509', '-req', ...files, ...signer, '-days', String(days), ...options);
}
