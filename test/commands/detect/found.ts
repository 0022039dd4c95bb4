import type {Spoken} from '../../../src/commands/detect/probe.js';
import {protocols} from '../../../src/commands/detect/protocols.js';
import {servicesOf} from '../../../src/commands/detect/services.js';
import type {Known} from '../../../src/commands/detect/suggest-base.js';
import {suggestMysqlSocket} from '../../../src/commands/detect/suggest-mysql.js';
import {
	suggestDns,
	suggestProcess,
	suggestUnit,
	suggestWebSocket,
} from '../../../src/commands/detect/suggest-others.js';
import {suggestService} from '../../../src/commands/detect/suggest-service.js';
import type {Suggestion} from '../../../src/commands/detect/suggestion.js';
import {safe, safeText} from '../../../src/core/safe.js';
import type {Listener} from '../../../src/core/snapshot.js';

export const listener = (port: number, address: string, name?: string, protocol: 'tcp' | 'udp' = 'tcp'): Listener => ({
	protocol,
	address: safeText(address),
	port,
	owner: name === undefined ? 'denied' : {pid: 7, name: safeText(name), others: 0},
});

/** A service as it is found. */
export function known(port: number, name?: string, address = '127.0.0.1'): Known {
	const [service] = servicesOf([listener(port, address, name)]);

	if (!service) {
		throw new Error('no service');
	}

	return {service, sockets: []};
}

export const suggestion = (name: string, rest: Partial<Suggestion> = {}): Suggestion => ({
	name,
	comments: [],
	options: {type: 'tcp', port: rest.port ?? 1},
	place: safe`here`,
	...rest,
});

export const problem = safe`certificate expired 3 days ago`;
export const now = {status: 200, isEndless: false};
export const here = {host: '127.0.0.1'} as const;

/** What is found, and what is written for it. */
export const written: Record<string, [known: Known, spoken: Spoken, ...options: object[]]> = {
	'MariaDB at another port': [
		known(3307, 'mariadbd'),
		{kind: 'mysql', isMariaDb: true, ...here},
		{type: 'mysql', port: 3307, user: 'monitor', password: `\${MARIADB_PASSWORD}`},
	],
	'MySQL at an address of ours': [
		known(3306, 'mysqld', '192.0.2.7'),
		{kind: 'mysql', isMariaDb: false, host: '192.0.2.7'},
		{type: 'mysql', host: '192.0.2.7', port: 3306, user: 'monitor', password: `\${MYSQL_PASSWORD}`},
	],
	'HTTP that answers': [
		known(8080, 'node'),
		{kind: 'http', url: 'http://127.0.0.1:8080/', now, ...here},
		{type: 'http', url: 'http://127.0.0.1:8080/'},
	],
	'HTTP that asks who we are': [
		known(8080, 'nginx'),
		{kind: 'http', url: 'http://127.0.0.1:8080/', now: {...now, status: 401}, ...here},
		{type: 'http', url: 'http://127.0.0.1:8080/', conditions: ['[STATUS] == 401']},
	],
	'HTTP that is broken': [
		known(8080, 'nginx'),
		{kind: 'http', url: 'http://127.0.0.1:8080/', now: {...now, status: 503}, ...here},
		{type: 'http', url: 'http://127.0.0.1:8080/'},
	],
	'HTTP without an end': [
		known(8080, 'nginx'),
		{kind: 'http', url: 'http://127.0.0.1:8080/', now: {...now, isEndless: true}, ...here},
		{type: 'http', url: 'http://127.0.0.1:8080/', method: 'HEAD'},
	],
	'HTTPS of another name': [
		known(8443, 'nginx'),
		{kind: 'http', url: 'https://localhost:8443/', now, tls: {serverName: 'shop.example.com'}, ...here},
		{
			type: 'http',
			url: 'https://localhost:8443/',
			serverName: 'shop.example.com',
			headers: {Host: 'shop.example.com'},
		},
		{
			type: 'certificate',
			host: 'localhost',
			port: 8443,
			serverName: 'shop.example.com',
			every: '1h',
			dependsOn: ['nginx'],
		},
	],
	'HTTPS with a certificate of its own': [
		known(443, 'nginx'),
		{kind: 'http', url: 'https://localhost/', now, tls: {insecure: safe`certificate is self-signed`}, ...here},
		{type: 'http', url: 'https://localhost/', insecure: true},
		{type: 'certificate', host: 'localhost', port: 443, insecure: true, every: '1h', dependsOn: ['nginx']},
	],
	'HTTPS with one that has expired': [
		known(443, 'nginx'),
		{kind: 'http', url: 'https://localhost/', now, tls: {problem}, ...here},
		{type: 'http', url: 'https://localhost/'},
		{type: 'certificate', host: 'localhost', port: 443, every: '1h', dependsOn: ['nginx']},
	],
	'SMTP with STARTTLS': [
		known(25, 'master'),
		{
			kind: 'protocol',
			protocol: protocol('smtp'),
			startTls: {by: 'smtp', trust: {serverName: 'mail.example.com'}},
			...here,
		},
		{type: 'tcp', port: 25, expect: '^220'},
		{
			type: 'certificate',
			host: 'localhost',
			port: 25,
			startTls: 'smtp',
			serverName: 'mail.example.com',
			every: '1h',
			dependsOn: ['postfix'],
		},
	],
	'IMAP in TLS': [
		known(993, 'dovecot'),
		{kind: 'protocol', protocol: protocol('imap'), tls: {insecure: safe`certificate is self-signed`}, ...here},
		{type: 'tcp', port: 993, expect: '^[*] OK', tls: true, insecure: true},
		{type: 'certificate', host: 'localhost', port: 993, insecure: true, every: '1h', dependsOn: ['dovecot']},
	],
	Redis: [
		known(6379, 'redis-server'),
		{kind: 'protocol', protocol: protocol('redis'), ...here},
		{type: 'tcp', port: 6379, send: 'PING\r\n', expect: '^[+]PONG|^-NOAUTH'},
	],
	'RabbitMQ, which would log a warning each time': [
		known(5672, 'beam.smp'),
		{kind: 'protocol', protocol: protocol('amqp'), ...here},
		{type: 'tcp', port: 5672},
	],
	'something that says something': [
		known(7001, 'python3', '::1'),
		{kind: 'greets', host: '::1'},
		{type: 'tcp', host: '::1', port: 7001, expect: '(?s).'},
	],
	'something silent': [known(7000), {kind: 'silent', ...here}, {type: 'tcp', port: 7000}],
	'something silent in TLS': [
		known(7000),
		{kind: 'silent', tls: {}, ...here},
		{type: 'tcp', port: 7000, tls: true},
		{type: 'certificate', host: 'localhost', port: 7000, every: '1h', dependsOn: ['tls-7000']},
	],
};

export function protocol(name: string) {
	const found = protocols.find(protocol => protocol.name === name);

	if (!found) {
		throw new Error(name);
	}

	return found;
}

/** Everything that can be written. */
export const everything: readonly Suggestion[] = [
	...Object.values(written).flatMap(([known, spoken]) => suggestService(known, spoken)),
	suggestDns(known(53, 'unbound'), {service: known(53).service, server: '127.0.0.1', rcode: 'NOERROR'}),
	suggestDns(known(5300, 'nsd'), {service: known(53).service, server: '[::1]:5300', rcode: 'REFUSED'}),
	suggestUnit('postgresql@15-main.service', true),
	suggestProcess(safe`cron`),
	suggestMysqlSocket({path: safe`/run/mysqld/mysqld.sock`, owner: undefined}, undefined),
	suggestWebSocket(
		{path: safe`/run/docker.sock`, owner: undefined},
		{url: 'http://localhost/_ping', now: {status: 404, isEndless: true}},
		'docker',
		undefined,
	),
	...protocols.flatMap(protocol => suggestService(known(1000, 'x'), {kind: 'protocol', protocol, ...here})),
];
