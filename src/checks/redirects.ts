import type {Redact} from '../core/redact.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {Failed} from './failed.js';
import type {HttpRequest} from './http-request.js';
import {urlText} from './http-words.js';

const most = 5;

/** Those that name another address to ask (RFC 9110, section 15.4). */
const statuses: readonly number[] = [301, 302, 303, 307, 308];

/** What may be sent to any origin; everything else that is configured may be a secret. */
const harmless = /^(?:accept(?:-encoding|-language)?|cache-control|content-type|pragma|user-agent)$/i;

/** Where an answer leads to; undefined when it is the last one. One character a byte. */
export function locationOf(status: number, headers: Readonly<Record<string, string>>): string | undefined {
	return statuses.includes(status) ? headers['location'] : undefined;
}

/**
 * What a redirect asks for after all that was `asked`, of which `from` was answered with it. Another origin is told nothing that is
 * configured but what is harmless, and what was left out on the way stays out.
 * @throws {Failed} when it is not to be followed.
 */
export function redirected(
	from: HttpRequest,
	asked: readonly HttpRequest[],
	status: number,
	location: string,
	hide: Redact,
): HttpRequest {
	const url = urlOf(from.url, location, hide);
	const shown = urlText(url, hide);
	const isSameOrigin = url.origin === from.url.origin;
	// RFC 9110, sections 15.4.2 to 15.4.4.
	const becomesGet = status === 303 ? from.method !== 'HEAD' : status < 303 && from.method === 'POST';

	if (!becomesGet && from.body !== undefined && !isSameOrigin) {
		throw refused(safe`redirected to ${shown}, which is not followed: the body would go to another origin`);
	}

	const headers = Object.entries(from.headers).filter(
		([name]) => (isSameOrigin || harmless.test(name)) && !(becomesGet && /^content-/i.test(name)),
	);
	const next = {
		url,
		method: becomesGet ? 'GET' : from.method,
		body: becomesGet ? undefined : from.body,
		headers: Object.fromEntries(headers),
	};

	if (asked.some(({method, url: {href}}) => method === next.method && href === url.href)) {
		throw refused(safe`redirected in a circle, back to ${shown}`);
	}

	if (asked.length > most) {
		throw refused(safe`redirected more than ${most} times, at last to ${shown}`);
	}

	return next;
}

function urlOf(base: URL, location: string, hide: Redact): URL {
	const text = Buffer.from(location, 'latin1').toString();

	if (!URL.canParse(text, base.href)) {
		throw refused(safe`redirected to what is no address`);
	}

	const url = new URL(text, base);

	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		const scheme = safeText(hide(url.protocol).slice(0, 40));
		throw refused(safe`redirected to ${scheme}, which is not followed: only http and https are`);
	}

	return url;
}

function refused(reason: Safe): Failed {
	return new Failed({status: 'critical', reason});
}
