import {http} from '../../checks/http.js';
import {greetingOf} from '../../checks/mysql-greeting.js';
import type {StartTls} from '../../checks/start-tls-names.js';
import {tcp} from '../../checks/tcp.js';
import {type Safe, safe} from '../../core/safe.js';
import {type Around, askNow} from './ask-now.js';
import {type Daemon, daemonOf} from './known-daemons.js';
import {type Protocol, protocols} from './protocols.js';
import type {Service} from './services.js';
import {type Trust, tlsNow} from './tls-now.js';

/** What a service turned out to be, and at which of its addresses. */
export type Spoken = {readonly host: string} & (
	| {readonly kind: 'mysql'; readonly isMariaDb: boolean}
	| {
			readonly kind: 'protocol';
			readonly protocol: Protocol;
			readonly tls?: Trust;
			/** What it shows to who asks for TLS in the middle. */
			readonly startTls?: {readonly by: StartTls; readonly trust: Trust};
	  }
	| {readonly kind: 'http'; readonly url: string; readonly now: HttpNow; readonly tls?: Trust}
	/** It says something that is not known here. */
	| {readonly kind: 'greets'}
	/** It accepts connections. */
	| {readonly kind: 'silent'; readonly tls?: Trust}
	/** It could not be asked. */
	| {readonly kind: 'closed'; readonly reason: Safe}
);

/** What a server of HTTP answers now. */
export type HttpNow = {
	readonly status: number;
	/** Its body is too large, or never ends. */
	readonly isEndless: boolean;
};

/** How long to wait for a greeting, and of those that are known to greet. */
const [greetingMs, slowGreetingMs] = [500, 3000];
const [answerMs, httpMs, tlsMs] = [2000, 2000, 2000];

/** What is meant for something else breaks nothing there, but would only be noise in its log. */
const withoutTls: readonly string[] = ['mysql', 'postgresql', 'memcached', 'amqp'];

/** Those whose certificates others see. */
const startTlsProtocols = ['smtp', 'imap', 'pop3', 'ftp'] as const satisfies readonly StartTls[];

type At = {readonly host: string; readonly port: number; readonly daemon: Daemon | undefined; readonly around: Around};

/** Finds out what a service speaks, whatever its port is: by listening first, then by asking what hurts nobody. */
export async function probe({port, hosts, owner}: Service, around: Around): Promise<Spoken> {
	const daemon = owner && daemonOf(owner.name);
	let closed: Spoken = {kind: 'closed', host: hosts[0] ?? '', reason: safe`it has no address that can be asked`};

	for (const host of hosts) {
		const at = {host, port, daemon, around};
		const {isConnected, text, reason} = await greeting(at, {});

		if (isConnected) {
			return text === '' ? asked(at) : withStartTls(heard(text, at), at);
		}

		closed = {kind: 'closed', host, reason};
	}

	return closed;
}

/** What it says when nobody has said anything. */
async function greeting({host, port, daemon, around}: At, tls: object) {
	const timeout = isLikelyToGreet(port, daemon) ? slowGreetingMs : greetingMs;
	const {values, failure} = await askNow(tcp, {host, port, expect: '(?s).', ...tls}, timeout, around);
	const {CONNECTED: isConnected = false, BODY: text = ''} = values;
	return {isConnected, text, reason: failure?.reason ?? safe`closed at once`};
}

/** Some do not begin to work before somebody comes. */
function isLikelyToGreet(port: number, daemon: Daemon | undefined): boolean {
	return daemon ? daemon.isSlow === true : protocols.some(({greets, ports}) => greets && ports.includes(port));
}

function heard(text: string, {host, port, daemon}: At): Spoken {
	const packet = greetingOf(Buffer.from(text, 'latin1'));

	if (typeof packet === 'object') {
		return {kind: 'mysql', host, isMariaDb: text.includes('MariaDB')};
	}

	const possible = protocols.filter(({greets}) => greets?.test(text));
	const protocol =
		possible.find(({name}) => daemon?.speaks.includes(name)) ??
		possible.find(({name}) => text.toLowerCase().includes(name)) ??
		possible.find(({ports}) => ports.includes(port)) ??
		possible[0];
	return protocol ? {kind: 'protocol', protocol, host} : {kind: 'greets', host};
}

async function withStartTls(spoken: Spoken, {host, port, around}: At): Promise<Spoken> {
	const by = spoken.kind === 'protocol' && startTlsProtocols.find(name => name === spoken.protocol.name);

	if (!by) {
		return spoken;
	}

	const trust = await tlsNow({place: {host, port}, name: nameOf(host), startTls: by}, slowGreetingMs, around);
	return trust ? {...spoken, startTls: {by, trust}} : spoken;
}

async function asked(at: At): Promise<Spoken> {
	return (await answering(at)) ?? (await webAt(at)) ?? (await encrypted(at)) ?? {kind: 'silent', host: at.host};
}

/** The protocol of those that wait to be asked: one that this program speaks or, of one that is not known, that is usual on this port. */
async function answering({host, port, daemon, around}: At): Promise<Spoken | undefined> {
	const silent = protocols.filter(({greets}) => greets === undefined);
	const likely = silent.filter(({name, ports}) => (daemon ? daemon.speaks.includes(name) : ports.includes(port)));

	for (const protocol of likely) {
		const {send, expect} = protocol;
		const {failure, findings = []} = await askNow(tcp, {host, port, send, expect}, answerMs, around);

		if (!failure && findings.length === 0) {
			return {kind: 'protocol', host, protocol};
		}
	}

	return undefined;
}

async function webAt(at: At): Promise<Spoken | undefined> {
	const {host, port, daemon, around} = at;

	if (daemon && !daemon.speaks.includes('http')) {
		return undefined;
	}

	const url = urlOf('http:', host, port);
	const now = await httpNow({url}, around);

	// That is also what one of HTTPS says to somebody who speaks no TLS.
	if (now?.status !== 400) {
		return now && {kind: 'http', host, url, now};
	}

	return (await encrypted(at)) ?? {kind: 'http', host, url, now};
}

/** What is behind TLS, where there is any. */
async function encrypted(at: At): Promise<Spoken | undefined> {
	const {host, port, daemon, around} = at;

	if (daemon?.speaks.every(name => withoutTls.includes(name))) {
		return undefined;
	}

	const name = nameOf(host);
	const tls = await tlsNow({place: {host, port}, name}, tlsMs, around);

	if (!tls) {
		return undefined;
	}

	const {text} = await greeting(at, {tls: true, insecure: true});

	if (text !== '') {
		const spoken = heard(text, at);
		return spoken.kind === 'protocol' ? {...spoken, tls} : {kind: 'silent', host, tls};
	}

	const url = urlOf('https:', name, port);
	const now =
		daemon && !daemon.speaks.includes('http')
			? undefined
			: await httpNow({url, ...siteOf(tls), insecure: true}, around);
	return now ? {kind: 'http', host, url, now, tls} : {kind: 'silent', host, tls};
}

/** What is on this machine is asked for by the name that certificates for it have. */
export function nameOf(host: string): string {
	return host === '127.0.0.1' ? 'localhost' : host;
}

/** The site that a certificate is for. */
export function siteOf({serverName}: Trust): object {
	return serverName === undefined ? {} : {serverName, headers: {Host: serverName}};
}

function urlOf(protocol: 'http:' | 'https:', host: string, port: number): string {
	// Without the port that the protocol has by itself.
	return new URL(`${protocol}//${host.includes(':') ? `[${host}]` : host}:${port}/`).href;
}

/** Undefined where it is no server of HTTP. */
export async function httpNow(options: object, around: Around): Promise<HttpNow | undefined> {
	const {values, failure, findings = []} = await askNow(http, options, httpMs, around);
	const {STATUS: status} = values;
	return status === undefined ? undefined : {status, isEndless: failure !== undefined || findings.length > 0};
}
