import {type Safe, safe, safeText} from '../../core/safe.js';
import type {NameServer} from './dns-now.js';
import type {HttpNow} from './probe.js';
import {baseOf, type Known, whoOf, whyOf} from './suggest-base.js';
import {isRefusal, webComments} from './suggest-service.js';
import type {Suggestion} from './suggestion.js';
import type {UnixSocket} from './unix-sockets.js';

/** Check of a name server, by what it says of a name that nearly every one knows. */
export function suggestDns(known: Known, {server, rcode}: NameServer): Suggestion {
	const isAnswered = rcode === 'NOERROR';
	const own = isAnswered ? [] : [safe`It does not know localhost: name one that it knows, and take the rcode away.`];
	return {
		...baseOf(known, 'dns', [53]),
		comments: [whyOf(known.service, known.sockets), ...own],
		options: {type: 'dns', server, domain: 'localhost', ...(!isAnswered && {rcode})},
	};
}

/** Check of a service of systemd. */
export function suggestUnit(unit: string, hasFailed: boolean): Suggestion {
	const why = hasFailed
		? safe`A service of systemd that has failed: the check says so until it runs again.`
		: safe`A service of systemd that runs.`;
	return {name: unit, comments: [why], options: {type: 'systemd', unit}, place: safe`${safeText(unit)} of systemd`};
}

/** Check of a server of HTTP that has only a socket in the file system. */
export function suggestWebSocket(
	{path, owner}: UnixSocket,
	{url, now}: {readonly url: string; readonly now: HttpNow},
	name: string,
	needs: Suggestion | undefined,
): Suggestion {
	const who = whoOf(owner);
	return {
		name,
		place: safe`${who} on ${path}`,
		comments: [safe`${who} listens on ${path}`, ...webComments(now)],
		options: {
			type: 'http',
			url,
			unixSocket: path,
			...(now.isEndless && {method: 'HEAD'}),
			...(isRefusal(now.status) && {conditions: [`[STATUS] == ${now.status}`]}),
		},
		...(needs && {needs}),
	};
}

/** Check that a program runs which has no port. */
export function suggestProcess(comm: Safe): Suggestion {
	return {
		name: comm,
		place: safe`${comm}, without a port`,
		comments: [safe`${comm} runs, and has no port to ask at.`],
		options: {type: 'process', match: {name: comm}},
	};
}
