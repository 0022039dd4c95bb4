import {execFile} from 'node:child_process';
import {appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll} from 'vitest';

/** Files (PEM) for a server. `cert` may have more than one certificate in it: what the server sends. */
export type Certificate = {readonly cert: string; readonly key: string};

/** Days from now, and who signed it. The halves are room for a slow test: `3.5` days ago is `3 days ago` for half a day. */
type Kind = {
	readonly from?: number;
	readonly to?: number;
	/** As in `DNS:localhost`, separated by commas. */
	readonly names?: string;
	readonly signedBy?: Signer;
	/** Whether what signed it is in the file, too. */
	readonly isWithSigner?: true;
};

type Signer = 'root' | 'intermediate' | 'stranger' | 'itself';

const here = 'DNS:localhost,IP:127.0.0.1,IP:::1';

/** For localhost, 127.0.0.1 and ::1 from yesterday on for 90 days, signed by `ca`, where nothing else is said. */
const kinds = {
	valid: {},
	/** 5 days left. */
	soon: {to: 5.5},
	/** 3 days ago. */
	expired: {from: -90, to: -3.5},
	/** 2 days from now. */
	notYetValid: {from: 2.5},
	selfSigned: {signedBy: 'itself'},
	/** By an authority that is not `ca`. */
	untrusted: {signedBy: 'stranger'},
	wrongName: {names: 'DNS:other.example'},
	/** The intermediate certificate that signed it is not sent. */
	incomplete: {signedBy: 'intermediate'},
	/** The same with the intermediate one: valid. */
	complete: {signedBy: 'intermediate', isWithSigner: true},
} satisfies Record<string, Kind>;

export type Certificates = Readonly<Record<keyof typeof kinds, Certificate>> & {
	/** The root certificate that is to be trusted; its name is `healthtop test root`. */
	readonly ca: string;
	/** The intermediate certificate, signed by `ca`; its name is `healthtop test intermediate`. */
	readonly intermediate: string;
};

let directory: string | undefined;
let made: Promise<Certificates> | undefined;

afterAll(() => {
	if (directory !== undefined) {
		rmSync(directory, {recursive: true, force: true});
	}
});

/** Certificates of each kind, made by `openssl` once a test file. Every file may be read by servers of other users. */
export function certificates(): Promise<Certificates> {
	made ??= make();
	return made;
}

async function make(): Promise<Certificates> {
	directory = mkdtempSync(join(tmpdir(), 'healthtop-certificates-'));
	chmodSync(directory, 0o755);
	writeFileSync(file('index'), '');
	writeFileSync(file('ca.conf'), authority);
	await makeRoot('root');
	await makeRoot('stranger');
	await sign('intermediate', {signedBy: 'root'}, 'basicConstraints=critical,CA:TRUE', 'healthtop test intermediate');

	for (const [name, kind] of Object.entries<Kind>(kinds)) {
		const {names = here, signedBy, isWithSigner} = kind;
		await sign(name, kind, `basicConstraints=CA:FALSE\nsubjectAltName=${names}`, 'localhost');

		if (isWithSigner && signedBy) {
			appendFileSync(file(`${name}.crt`), readFileSync(file(`${signedBy}.crt`)));
		}
	}

	const entries = Object.keys(kinds).map(name => [name, {cert: file(`${name}.crt`), key: file(`${name}.key`)}]);
	return {...Object.fromEntries(entries), ca: file('root.crt'), intermediate: file('intermediate.crt')};
}

function file(name: string): string {
	return join(directory ?? '', name);
}

async function openssl(...options: readonly string[]): Promise<void> {
	await promisify(execFile)('openssl', options, {cwd: directory, timeout: 60_000});
}

/** `ca` and not `x509`, which takes no dates before OpenSSL 3.4. */
const authority = `[ca]
default_ca=here
[here]
database=index
new_certs_dir=.
default_md=sha256
policy=any
unique_subject=no
rand_serial=yes
[any]
commonName=supplied
`;

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout'];

async function makeRoot(name: string): Promise<void> {
	const request = ['req', '-x509', ...newKey, `${name}.key`, '-out', `${name}.crt`];
	await openssl(...request, '-subj', `/CN=healthtop test ${name}`, '-days', '3650');
}

async function sign(name: string, kind: Kind, extensions: string, commonName: string): Promise<void> {
	const {from = -1, to = 90.5, signedBy = 'root'} = kind;
	writeFileSync(file(`${name}.ext`), extensions);
	await openssl('req', ...newKey, `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${commonName}`);
	chmodSync(file(`${name}.key`), 0o644);
	const signer =
		signedBy === 'itself'
			? ['-selfsign', '-keyfile', `${name}.key`]
			: ['-cert', `${signedBy}.crt`, '-keyfile', `${signedBy}.key`];
	const dates = ['-startdate', dateOf(from), '-enddate', dateOf(to)];
	const files = ['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.ext`];
	await openssl('ca', '-config', 'ca.conf', '-batch', '-notext', ...signer, ...dates, ...files);
}

/** `20261231235959Z` */
function dateOf(daysFromNow: number): string {
	return new Date(Date.now() + daysFromNow * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '');
}
