import {execFile, spawnSync} from 'node:child_process';
import {chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {onTestFinished} from 'vitest';
import type {Certificate} from './certificates.js';
import {start} from './engine-process.js';
import {folder} from './folder.js';
import {freePort} from './listening.js';
import {until} from './until.js';

export type Postfix = {
	readonly port: number;
	/** A mailbox (mbox) of everybody at example.com. */
	readonly mailbox: string;
	/** What it wrote to its log. */
	log(): string;
	/** How many mails it has taken and not delivered yet. */
	queued(): number;
	/** Ends it early; it ends when the test has. */
	stop(): Promise<void>;
};

export type PostfixOptions = {
	/** It offers STARTTLS with it. */
	readonly certificate?: Certificate;
	/** One that another one had, to take its place. */
	readonly port?: number;
	/** More of main.cf, or something else: `name = value`. */
	readonly settings?: Readonly<Record<string, string>>;
};

const path = `${process.env['PATH']}:/usr/sbin:/sbin`;

/**
 * A Postfix of its own on 127.0.0.1 that keeps what is sent to anybody at example.com and refuses the rest; it is stopped when the test has
 * ended. Only root can start one.
 */
export async function startPostfix(options: PostfixOptions = {}): Promise<Postfix> {
	const [directory, port] = [folder(), options.port ?? (await freePort())];
	const [etc, log, mail] = [join(directory, 'etc'), join(directory, 'log'), join(directory, 'mail')];
	makeDirectories(directory);
	writeFileSync(join(etc, 'master.cf'), masterOf(port));
	writeFileSync(join(etc, 'main.cf'), mainOf(directory, options));
	const running = start(['postfix', '-c', etc, 'start-fg'], {PATH: path});
	const end = async (how: 'stop' | 'abort') => {
		if (running.child.exitCode === null) {
			await promisify(execFile)('postfix', ['-c', etc, how], {env: {PATH: path}}).catch(() => {});
			await running.said;
		}
	};
	const stop = () => end('stop');
	// That waits for nobody: a stop takes seconds.
	onTestFinished(() => end('abort'));
	await until('postfix listens', () => {
		if (running.child.exitCode !== null) {
			throw new Error(`postfix: ${running.stdout()}${running.stderr()}${textOf(log)}`);
		}

		return textOf(log).includes('daemon started');
	});
	const queued = () => queuedIn(join(directory, 'spool'));
	return {port, mailbox: join(mail, 'ops'), log: () => textOf(log), queued, stop};
}

/** Those that it takes are in these queues until they are delivered (qmgr(8)). */
function queuedIn(spool: string): number {
	return ['maildrop', 'incoming', 'active', 'deferred']
		.map(queue => filesIn(join(spool, queue)).length)
		.reduce((sum, count) => sum + count);
}

function filesIn(directory: string): readonly string[] {
	return readdirSync(directory, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(({name}) => name);
}

/** Each is entered by another user. */
function makeDirectories(directory: string): void {
	chmodSync(directory, 0o755);
	const {uid, gid} = userOf('postfix');

	for (const name of ['etc', 'spool', 'lib', 'mail']) {
		mkdirSync(join(directory, name));
	}

	chownSync(join(directory, 'lib'), uid, gid);
	const nobody = userOf('nobody');
	chownSync(join(directory, 'mail'), nobody.uid, nobody.gid);
}

function userOf(name: string): {readonly uid: number; readonly gid: number} {
	const [uid, gid] = ['-u', '-g'].map(flag => Number(spawnSync('id', [flag, name], {encoding: 'utf8'}).stdout));
	return {uid: uid ?? 0, gid: gid ?? 0};
}

/** Those daemons that a mail to a mailbox here needs, none of them in a chroot. */
function masterOf(port: number): string {
	const rows = [
		['pickup', 'unix', '60', '1', 'pickup'],
		['cleanup', 'unix', '-', '0', 'cleanup'],
		['qmgr', 'unix', '300', '1', 'qmgr'],
		['tlsmgr', 'unix', '1000?', '1', 'tlsmgr'],
		['rewrite', 'unix', '-', '-', 'trivial-rewrite'],
		['bounce', 'unix', '-', '0', 'bounce'],
		['defer', 'unix', '-', '0', 'bounce'],
		['trace', 'unix', '-', '0', 'bounce'],
		['verify', 'unix', '-', '1', 'verify'],
		['flush', 'unix', '1000?', '0', 'flush'],
		['proxymap', 'unix', '-', '-', 'proxymap'],
		['smtp', 'unix', '-', '-', 'smtp'],
		['error', 'unix', '-', '-', 'error'],
		['retry', 'unix', '-', '-', 'error'],
		['discard', 'unix', '-', '-', 'discard'],
		['virtual', 'unix', '-', '-', 'virtual'],
		['anvil', 'unix', '-', '1', 'anvil'],
		['postlog', 'unix-dgram', '-', '1', 'postlogd'],
	];
	const own = rows.map(
		([name = '', type = '', wakeup = '', most = '', command = '']) =>
			`${name} ${type} ${isPublic(name) ? 'n' : '-'} ${name === 'virtual' ? 'n' : '-'} n ${wakeup} ${most} ${command}`,
	);
	return [`127.0.0.1:${port} inet n - n - - smtpd`, ...own, ''].join('\n');
}

/** Not private: reached by programs of other users. */
function isPublic(name: string): boolean {
	return ['pickup', 'cleanup', 'qmgr', 'flush', 'postlog'].includes(name);
}

function mainOf(directory: string, {certificate, settings = {}}: PostfixOptions): string {
	const tls = certificate && {
		smtpd_tls_cert_file: certificate.cert,
		smtpd_tls_key_file: certificate.key,
		smtpd_tls_security_level: 'may',
	};
	const all: Readonly<Record<string, string>> = {
		compatibility_level: '3.6',
		myhostname: 'mail.example.com',
		queue_directory: join(directory, 'spool'),
		data_directory: join(directory, 'lib'),
		mydestination: '',
		inet_interfaces: '127.0.0.1',
		mynetworks: '127.0.0.0/8',
		virtual_mailbox_domains: 'example.com',
		virtual_mailbox_base: join(directory, 'mail'),
		virtual_mailbox_maps: 'static:ops',
		virtual_uid_maps: `static:${userOf('nobody').uid}`,
		virtual_gid_maps: `static:${userOf('nobody').gid}`,
		virtual_minimum_uid: '100',
		smtpd_recipient_restrictions: 'permit_mynetworks,reject',
		alias_maps: '',
		alias_database: '',
		maillog_file: join(directory, 'log'),
		maillog_file_prefixes: `${directory},/var`,
		...tls,
		...settings,
	};
	return Object.entries(all)
		.map(([name, value]) => `${name} = ${value}\n`)
		.join('');
}

function textOf(file: string): string {
	try {
		return statSync(file).isFile() ? readFileSync(file, 'utf8') : '';
	} catch {
		return '';
	}
}
