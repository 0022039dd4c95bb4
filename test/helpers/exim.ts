import {chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Certificate} from './certificates.js';
import {start} from './engine-process.js';
import {folder} from './folder.js';
import {freePort} from './listening.js';
import {until} from './until.js';

/** Unpacked beside the machine's own mail server (`dpkg -x`), since only one can be installed; `.ci/run` puts it there. */
export const eximPath = '/opt/healthtop-exim/usr/sbin/exim4';

export type Exim = {
	readonly port: number;
	/** A Maildir of everybody at example.com. */
	readonly maildir: string;
	log(): string;
};

export type EximOptions = {
	/** It offers STARTTLS with it, and a login below that. */
	readonly certificate?: Certificate;
	readonly login?: {readonly user: string; readonly password: string};
};

/** Debian's build runs as this user and ends at once where there is none. */
const user = 'Debian-exim';
const id = 65_001;

/** An Exim of its own on 127.0.0.1; it is killed when the test has ended. Only root can start one. */
export async function startExim(options: EximOptions = {}): Promise<Exim> {
	const [directory, port] = [folder(), await freePort()];
	chmodSync(directory, 0o755);

	for (const name of ['spool', 'log', 'mail']) {
		mkdirSync(join(directory, name));
		chownSync(join(directory, name), id, id);
	}

	writeFileSync(
		join(directory, 'passwd'),
		`${readFileSync('/etc/passwd', 'utf8')}${user}:x:${id}:${id}::/:/bin/false\n`,
	);
	writeFileSync(join(directory, 'group'), `${readFileSync('/etc/group', 'utf8')}${user}:x:${id}:\n`);
	writeFileSync(join(directory, 'exim.conf'), confOf(directory, port, options));
	// The user exists only where it can see it.
	const script = `mount --bind ${directory}/passwd /etc/passwd && mount --bind ${directory}/group /etc/group && exec ${eximPath} -C ${directory}/exim.conf -bdf`;
	const running = start(['unshare', '-m', '--propagation', 'private', 'sh', '-c', script]);
	const log = () => `${textOf(join(directory, 'log', 'mainlog'))}${running.stdout()}${running.stderr()}`;
	await until('exim listens', () => {
		if (running.child.exitCode !== null) {
			throw new Error(`exim: ${log()}`);
		}

		return log().includes('daemon started');
	});
	return {port, maildir: join(directory, 'mail'), log};
}

function confOf(directory: string, port: number, {certificate, login}: EximOptions): string {
	const tls = certificate
		? `tls_advertise_hosts = *\ntls_certificate = ${certificate.cert}\ntls_privatekey = ${certificate.key}`
		: 'tls_advertise_hosts =';
	const plain = login
		? `plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{${login.user}}}{eq{$auth3}{${login.password}}}}}
  server_advertise_condition = \${if def:tls_in_cipher}`
		: '';
	return `primary_hostname = mail.example.com
spool_directory = ${directory}/spool
log_file_path = ${directory}/log/%slog
pid_file_path = ${directory}/pid
exim_path = ${eximPath}
domainlist local_domains = example.com
acl_smtp_rcpt = rcpt
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
keep_environment =
${tls}
begin acl
rcpt:
  ${login ? 'require authenticated = *' : ''}
  accept domains = +local_domains
  deny
begin routers
all:
  driver = accept
  domains = +local_domains
  transport = box
begin transports
box:
  driver = appendfile
  directory = ${directory}/mail
  maildir_format
  create_directory
  user = ${user}
  group = ${user}
begin authenticators
${plain}
`;
}

function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
