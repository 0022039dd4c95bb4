import type {ProtocolName} from './protocols.js';

/** What is known of a program that serves. */
export type Daemon = {
	/** Names its checks. */
	readonly name: string;
	/** What it may be asked, besides listening to its greeting; HTTP with and without TLS counts as one. */
	readonly speaks: readonly (ProtocolName | 'mysql' | 'http')[];
	/** It greets, but may take its time. */
	readonly isSlow?: true;
	/** It serves names at those of its ports that are both TCP's and UDP's. */
	readonly isNameServer?: true;
};

const http = ['http'] as const;

/** By `comm`, the kernel's short name of a process, which has at most 15 characters. */
const daemons: Readonly<Record<string, Daemon>> = {
	mariadbd: {name: 'mariadb', speaks: ['mysql'], isSlow: true},
	mysqld: {name: 'mysql', speaks: ['mysql'], isSlow: true},
	postgres: {name: 'postgresql', speaks: ['postgresql']},
	pgbouncer: {name: 'pgbouncer', speaks: ['postgresql']},
	'redis-server': {name: 'redis', speaks: ['redis']},
	'redis-sentinel': {name: 'redis-sentinel', speaks: ['redis']},
	'valkey-server': {name: 'valkey', speaks: ['redis']},
	'keydb-server': {name: 'keydb', speaks: ['redis']},
	memcached: {name: 'memcached', speaks: ['memcached']},
	'beam.smp': {name: 'erlang', speaks: ['amqp', 'http']},
	mosquitto: {name: 'mosquitto', speaks: ['mqtt', 'http']},
	'nats-server': {name: 'nats', speaks: http, isSlow: true},
	nginx: {name: 'nginx', speaks: http},
	apache2: {name: 'apache', speaks: http},
	httpd: {name: 'apache', speaks: http},
	caddy: {name: 'caddy', speaks: http},
	lighttpd: {name: 'lighttpd', speaks: http},
	haproxy: {name: 'haproxy', speaks: http},
	traefik: {name: 'traefik', speaks: http},
	varnishd: {name: 'varnish', speaks: http},
	sshd: {name: 'ssh', speaks: [], isSlow: true},
	dropbear: {name: 'ssh', speaks: [], isSlow: true},
	master: {name: 'postfix', speaks: ['smtp'], isSlow: true},
	exim4: {name: 'exim', speaks: ['smtp'], isSlow: true},
	exim: {name: 'exim', speaks: ['smtp'], isSlow: true},
	smtpd: {name: 'smtpd', speaks: ['smtp'], isSlow: true},
	dovecot: {name: 'dovecot', speaks: ['imap', 'pop3', 'sieve'], isSlow: true},
	vsftpd: {name: 'vsftpd', speaks: ['ftp'], isSlow: true},
	proftpd: {name: 'proftpd', speaks: ['ftp'], isSlow: true},
	'pure-ftpd': {name: 'pure-ftpd', speaks: ['ftp'], isSlow: true},
	epmd: {name: 'epmd', speaks: []},
	mongod: {name: 'mongodb', speaks: []},
	slapd: {name: 'ldap', speaks: []},
	rpcbind: {name: 'rpcbind', speaks: []},
	smbd: {name: 'samba', speaks: []},
	unbound: {name: 'unbound', speaks: [], isNameServer: true},
	dnsmasq: {name: 'dnsmasq', speaks: [], isNameServer: true},
	named: {name: 'named', speaks: [], isNameServer: true},
	nsd: {name: 'nsd', speaks: [], isNameServer: true},
	knotd: {name: 'knot', speaks: [], isNameServer: true},
	kresd: {name: 'knot-resolver', speaks: [], isNameServer: true},
	pdns_server: {name: 'powerdns', speaks: [], isNameServer: true},
	pdns_recursor: {name: 'powerdns-recursor', speaks: [], isNameServer: true},
	'systemd-resolve': {name: 'systemd-resolved', speaks: [], isNameServer: true},
	coredns: {name: 'coredns', speaks: http, isNameServer: true},
};

/** Programs that answer for others: what is behind them says nothing of itself but what it speaks. */
const proxies: readonly string[] = [
	'docker-proxy',
	'rootlessport',
	'slirp4netns',
	'pasta',
	'conmon',
	'systemd',
	'inetd',
	'xinetd',
	'socat',
	'stunnel4',
	'stunnel',
	'kube-proxy',
];

/** Ends of tunnels: a connection to one leaves the machine. */
const tunnels: readonly string[] = ['ssh', 'sshd-session', 'autossh', 'kubectl', 'cloudflared', 'ngrok'];

/** Daemons that work without a port; `php-fpm8.2` has its version in its name. */
const quiet =
	/^(?:cron|crond|anacron|atd|rsyslogd|syslog-ng|syslogd|auditd|chronyd|ntpd|dockerd|containerd|fail2ban-server|supervisord|keepalived|smartd|mdadm|openvpn|monit|telegraf|filebeat|fluent-bit|vector|promtail|salt-minion|puppet|qemu-ga|php-fpm(?:\d[\d.]*)?)$/;

/** Undefined for a program that nothing is known of. */
export function daemonOf(comm: string): Daemon | undefined {
	return Object.hasOwn(daemons, comm) ? daemons[comm] : undefined;
}

export function isProxy(comm: string): boolean {
	return proxies.includes(comm);
}

export function isNameServer(comm: string): boolean {
	return daemonOf(comm)?.isNameServer ?? false;
}

export function isTunnel(comm: string): boolean {
	return tunnels.includes(comm);
}

export function isQuiet(comm: string): boolean {
	return quiet.test(comm);
}
