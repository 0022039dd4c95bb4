import {execFile} from 'node:child_process';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {onTestFinished} from 'vitest';
import {makePostfix, postfixPath} from '../../bench/mail/postfix-files.mjs';
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

/**
 * A Postfix of its own on 127.0.0.1 that keeps what is sent to anybody at example.com and refuses the rest; it is stopped when the test has
 * ended. Only root can start one.
 */
export async function startPostfix(options: PostfixOptions = {}): Promise<Postfix> {
	const [directory, port] = [folder(), options.port ?? (await freePort())];
	const {etc, log, mail} = makePostfix(directory, port, settingsOf(options));
	const running = start(['postfix', '-c', etc, 'start-fg'], {PATH: postfixPath});
	const end = async (how: 'stop' | 'abort') => {
		if (running.child.exitCode === null) {
			await promisify(execFile)('postfix', ['-c', etc, how], {env: {PATH: postfixPath}}).catch(() => {});
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

function settingsOf({certificate, settings = {}}: PostfixOptions): Readonly<Record<string, string>> {
	const tls = certificate && {
		smtpd_tls_cert_file: certificate.cert,
		smtpd_tls_key_file: certificate.key,
		smtpd_tls_security_level: 'may',
	};
	return {...tls, ...settings};
}

function textOf(file: string): string {
	try {
		return statSync(file).isFile() ? readFileSync(file, 'utf8') : '';
	} catch {
		return '';
	}
}
