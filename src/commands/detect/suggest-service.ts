import type {StartTls} from '../../checks/start-tls-names.js';
import {type Safe, safe} from '../../core/safe.js';
import {nameOf, type Spoken, siteOf} from './probe.js';
import type {ProtocolName} from './protocols.js';
import {baseOf, hostAndPort, type Known, whyOf} from './suggest-base.js';
import {suggestMysql} from './suggest-mysql.js';
import type {Suggestion} from './suggestion.js';
import type {Trust} from './tls-now.js';

/** Checks that suit a service: one of the service itself, and one of its certificate where it has one. */
export function suggestService(known: Known, spoken: Spoken): readonly Suggestion[] {
	const main = mainOf(known, spoken);
	const {port} = known.service;
	const tls = 'tls' in spoken ? spoken.tls : undefined;
	const startTls = 'startTls' in spoken ? spoken.startTls : undefined;
	return [
		main,
		...(tls ? [certificateOf(main, {host: spoken.host, port, trust: tls})] : []),
		...(startTls ? [certificateOf(main, {host: spoken.host, port, ...startTls})] : []),
	];
}

function mainOf(known: Known, spoken: Spoken): Suggestion {
	const {port} = known.service;
	const at = hostAndPort(spoken.host, port);

	switch (spoken.kind) {
		case 'mysql':
			return suggestMysql(known, spoken, baseOf(known, spoken.isMariaDb ? 'mariadb' : 'mysql', [3306]));
		case 'http':
			return web(known, spoken);
		case 'protocol': {
			const {send, expect, name, ports} = spoken.protocol;
			const base = baseOf(known, name, ports);
			const why = whyOf(known.service, known.sockets);
			const tls = spoken.tls ? {tls: true, ...trustOptions(spoken.tls)} : {};

			if (name === 'amqp') {
				const isRabbit = known.service.owner?.name === 'beam.smp';
				return {
					...base,
					...(isRabbit && {name: 'rabbitmq'}),
					comments: [why, ...amqpComments],
					options: {type: 'tcp', ...at},
				};
			}

			const comments = [why, ...protocolComments(name), ...trustComments(spoken.tls)];
			return {...base, comments, options: {type: 'tcp', ...at, ...(send !== undefined && {send}), expect, ...tls}};
		}
		case 'greets':
		case 'silent':
		case 'closed':
			return plain(known, spoken);
	}
}

function plain(known: Known, spoken: Spoken): Suggestion {
	const tls = 'tls' in spoken ? spoken.tls : undefined;
	const isGreeting = spoken.kind === 'greets';
	const what = isGreeting
		? safe`Whether it says something is checked, whatever that is.`
		: safe`It waits to be spoken to: only whether it accepts a connection is checked.`;
	return {
		...baseOf(known, tls ? 'tls' : 'tcp', []),
		comments: [whyOf(known.service, known.sockets), what, ...trustComments(tls)],
		options: {
			type: 'tcp',
			...hostAndPort(spoken.host, known.service.port),
			...(isGreeting && {expect: '(?s).'}),
			...(tls && {tls: true, ...trustOptions(tls)}),
		},
	};
}

function web(known: Known, {url, now, tls}: Extract<Spoken, {kind: 'http'}>): Suggestion {
	const {status, isEndless} = now;
	return {
		...baseOf(known, tls ? 'https' : 'http', tls ? [443] : [80]),
		comments: [whyOf(known.service, known.sockets), ...webComments(now), ...trustComments(tls)],
		options: {
			type: 'http',
			url,
			...(isEndless && {method: 'HEAD'}),
			...(tls && {...trustOptions(tls), ...siteOf(tls)}),
			...(isRefusal(status) && {conditions: [`[STATUS] == ${status}`]}),
		},
	};
}

/** It asks for a password, or has nothing at this path: no fault of the server's. */
export function isRefusal(status: number): boolean {
	return status >= 400 && status < 500;
}

export function webComments({
	status,
	isEndless,
}: {
	readonly status: number;
	readonly isEndless: boolean;
}): readonly Safe[] {
	const endless = isEndless ? [safe`What is at this path is large or never ends: only its head is asked for.`] : [];

	if (isRefusal(status)) {
		return [
			...endless,
			safe`It answers ${status} there now: name a path that answers 200, and take the condition away.`,
		];
	}

	return status >= 500 ? [...endless, safe`It answers ${status} there now, which is a failure.`] : endless;
}

const amqpComments = [
	safe`Only whether it accepts a connection is checked: with "send": "AMQP\\u0000\\u0000\\t\\u0001" and "expect": "^\\\\x01"`,
	safe`it would have to answer, and would log a warning each time.`,
];

function protocolComments(name: ProtocolName): readonly Safe[] {
	switch (name) {
		case 'postgresql':
			return [
				safe`Asks for a session as user postgres, and goes when a password is asked for or the session is granted.`,
			];
		case 'mqtt':
			return [safe`Asks for a connection (CONNECT), and takes any answer.`];
		default:
			return [];
	}
}

function trustOptions({serverName, insecure}: Trust): object {
	return {...(serverName !== undefined && {serverName}), ...(insecure !== undefined && {insecure: true})};
}

export function trustComments(tls: Trust | undefined): readonly Safe[] {
	if (tls?.problem !== undefined) {
		return [safe`Now: ${tls.problem}. The check says so until that is mended.`];
	}

	return tls?.insecure === undefined
		? []
		: [
				safe`Its ${tls.insecure}, hence "insecure": take it away, or name the "ca" that signed it, once it can be trusted.`,
			];
}

type Presented = {readonly host: string; readonly port: number; readonly trust: Trust; readonly by?: StartTls};

function certificateOf(whole: Suggestion, {host, port, trust, by}: Presented): Suggestion {
	const shown =
		by === undefined ? safe`The certificate that it shows.` : safe`The certificate that it shows after STARTTLS.`;
	return {
		name: whole.name,
		partOf: {whole, word: 'certificate'},
		place: whole.place,
		needs: whole,
		comments: [shown, ...trustComments(trust)],
		options: {
			type: 'certificate',
			host: nameOf(host),
			port,
			...(by && {startTls: by}),
			...trustOptions(trust),
			every: '1h',
		},
	};
}
