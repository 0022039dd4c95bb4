import {spawnSync} from 'node:child_process';
import {chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import type {Certificate} from './certificates.js';
import {type Running, start} from './engine-process.js';
import {folder} from './folder.js';
import {freePort} from './listening.js';
import {until} from './until.js';

const versions = '/usr/lib/postgresql';

/** Where the newest PostgreSQL of this machine has its programs, for `testWith`; they are not in the PATH. */
export const postgresPath = `${versions}/${newest()}/bin/postgres`;

function newest(): string {
	return existsSync(versions) ? (readdirSync(versions).toSorted((a, b) => Number(b) - Number(a))[0] ?? '-') : '-';
}

export type PostgresOptions = {
	/** It offers TLS with it. */
	readonly certificate?: Certificate;
	readonly port?: number;
};

/** A PostgreSQL of its own on 127.0.0.1 that lets everybody in; it is killed when the test has ended. */
export async function startPostgres(options: PostgresOptions = {}): Promise<Running & {readonly port: number}> {
	const [directory, port] = [folder(), options.port ?? (await freePort())];
	const [data, own] = [join(directory, 'data'), ownerOf(directory)];
	run([
		...own.as,
		postgresPath.replace(/postgres$/, 'initdb'),
		'-D',
		data,
		'-A',
		'trust',
		'-U',
		'postgres',
		'--no-sync',
	]);
	const places = ['-p', String(port), '-k', directory, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'];
	const tls = options.certificate ? tlsOptions(directory, options.certificate, own) : [];
	const running = start([...own.as, postgresPath, '-D', data, ...places, ...tls]);
	await until('postgres listens', () => {
		if (running.child.exitCode !== null) {
			throw new Error(`postgres: ${running.stderr()}`);
		}

		return running.stderr().includes('ready to accept connections');
	});
	return {...running, port};
}

type Owner = {readonly uid: number; readonly gid: number; readonly as: readonly string[]};

/** It refuses root: then it works as `postgres`. */
function ownerOf(directory: string): Owner {
	if (process.geteuid?.() !== 0) {
		return {uid: -1, gid: -1, as: []};
	}

	const [uid = 0, gid = 0] = ['-u', '-g'].map(flag =>
		Number(spawnSync('id', [flag, 'postgres'], {encoding: 'utf8'}).stdout),
	);
	chownSync(directory, uid, gid);
	return {uid, gid, as: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']};
}

/** A key that others may read is refused. */
function tlsOptions(directory: string, certificate: Certificate, {uid, gid}: Owner): readonly string[] {
	const place = join(directory, 'tls');
	const [cert, key] = [join(place, 'cert'), join(place, 'key')];
	mkdirSync(place);
	copyFileSync(certificate.cert, cert);
	copyFileSync(certificate.key, key);
	chmodSync(key, 0o600);

	for (const path of [place, cert, key]) {
		chownSync(path, uid, gid);
	}

	return ['ssl=on', `ssl_cert_file=${cert}`, `ssl_key_file=${key}`].flatMap(setting => ['-c', setting]);
}

function run([program = '', ...words]: readonly string[]): void {
	const {status, stdout, stderr} = spawnSync(program, words, {encoding: 'utf8', timeout: 60_000, cwd: '/'});

	if (status !== 0) {
		throw new Error(`${program}: ${stdout}${stderr}`);
	}
}
