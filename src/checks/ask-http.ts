import type {Ask, CheckFact} from '../core/check.js';
import {bytesShort} from '../core/format.js';
import type {Redact} from '../core/redact.js';
import {safe, safeBytes} from '../core/safe.js';
import {type Attempt, asking, type Found} from './attempt.js';
import {type Body, readBody} from './http-body.js';
import {connector} from './http-connection.js';
import {type HttpOptions, sizeBytes} from './http-options.js';
import {type Head, type HttpRequest, headOf, type Send} from './http-request.js';
import {largerText, urlText} from './http-words.js';
import {locationOf, redirected} from './redirects.js';

/** Asks over HTTP/1.1, over a connection of its own, and follows redirects where that is wanted. */
export function askHttp(options: HttpOptions): Ask {
	const [first, most] = [firstRequest(options), sizeBytes(options.maxBody)];

	return context =>
		asking(context, async attempt => {
			const {request: send} = await import('node:http');
			attempt.begin();
			const {head, asked} = await lastHead(attempt, send, options, first);
			const body = await readBody(attempt, head, most);
			return found(head, asked, body, {most, hide: context.hide});
		});
}

function firstRequest({url, method, body, headers, user, password}: HttpOptions): HttpRequest {
	const isConfigured = Object.keys(headers).some(name => name.toLowerCase() === 'authorization');
	const credentials = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
	const login = !isConfigured && (user !== undefined || password !== undefined);
	return {
		url: new URL(url),
		method,
		body,
		headers: {...headers, ...(login && {Authorization: `Basic ${credentials}`})},
	};
}

/** The head of the answer behind all redirects, and what was asked on the way. */
async function lastHead(attempt: Attempt, send: Send, options: HttpOptions, first: HttpRequest) {
	const connect = connector(attempt, options);
	const asked = [first];

	for (let request = first; ; asked.push(request)) {
		const head = await headOf(attempt, send, await connect(request.url), request);
		attempt.values = {...attempt.values, STATUS: head.status, HEADERS: head.headers};
		const location = options.followRedirects ? locationOf(head.status, head.headers) : undefined;

		if (location === undefined) {
			return {head, asked};
		}

		head.response.destroy();
		request = redirected(request, asked, head.status, location, attempt.context.hide);
	}
}

function found(
	{status, headers, response}: Head,
	asked: readonly HttpRequest[],
	body: Body,
	{most, hide}: {readonly most: number; readonly hide: Redact},
): Found {
	const type = headers['content-type'];
	const answered = safe`${status} ${safeBytes(hide(response.statusMessage ?? ''))}`;
	const read = safe`${bytesShort(body.size)}${type === undefined ? safe`` : safe` of ${safeBytes(hide(type))}`}`;
	const facts: readonly CheckFact[] = [
		...asked.slice(1).map(({url}) => ({label: safe`Redirected to`, value: urlText(url, hide)})),
		{label: safe`Answered`, value: answered},
		{label: safe`Body`, value: read},
	];
	return {
		text: safe`${status}`,
		values: {BODY: body.text},
		facts,
		findings: body.isCut ? [{status: 'critical', reason: largerText(most)}] : [],
	};
}
