import * as z from 'zod';
import {certificateOptions, pathOption} from './options.js';

/** Where it goes to: `http:` or `https:`, without a user and a password. */
const urlOption = z.string().superRefine((text, context) => {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	// Whoever prints what was written must not print this.
	const say = (message: string) => context.addIssue({code: 'custom', message, params: {isSecret: true}});

	if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
		say('must be an address such as "http://127.0.0.1:8080/health" or "https://shop.example.com/"');
	} else if (url.username !== '' || url.password !== '') {
		say('must be without a user and a password: write them as "user" and "password" beside it');
	}
});

/** RFC 9110, section 5.6.2. */
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

const headersOption = z.record(z.string(), z.string()).superRefine((headers, context) => {
	for (const [name, value] of Object.entries(headers)) {
		const message = headerProblem(name, value);

		if (message !== undefined) {
			context.addIssue({code: 'custom', message, path: [name], params: {isSecret: true}});
		}
	}
});

function headerProblem(name: string, value: string): string | undefined {
	if (!fieldName.test(name)) {
		return 'must be the name of a header such as "Accept": letters, digits and dashes';
	}

	if (/^(?:content-length|transfer-encoding)$/i.test(name)) {
		return 'is made from the body: leave it out';
	}

	return fieldValue.test(value)
		? undefined
		: 'must be one line of Latin letters, without line ends and control characters';
}

/** Bytes of a size as it is written: `64KiB`. */
export function sizeBytes(text: string): number {
	const [, number, unit = ''] = sizePattern.exec(text) ?? [];
	return Math.round(Number(number) * (sizeUnits[unit] ?? Number.NaN));
}

const sizeUnits: Readonly<Record<string, number>> = {B: 1, KiB: 2 ** 10, MiB: 2 ** 20};

const sizePattern = /^(\d+(?:\.\d+)?)(B|KiB|MiB)$/;

/** Of as many checks as there may be at once, all are in memory. */
const largestBody = 64 << 20;

const bodySizeOption = z
	.string()
	.refine(
		text => sizeBytes(text) >= 1 && sizeBytes(text) <= largestBody,
		'must be a size from "1B" to "64MiB" such as "64KiB"',
	);

/** What an `http` check is configured with. */
export const httpOptions = z.object({
	url: urlOption.meta({description: 'Address to ask: http or https.'}),
	method: z
		.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
		.default('GET')
		.meta({description: 'Method. Default: "GET".'}),
	headers: headersOption.default({}).meta({description: 'Headers to send, by name. Default: none.'}),
	body: z.string().optional().meta({description: 'Text to send. Default: none.'}),
	user: z
		.string()
		.regex(/^[^:\x00-\x1f\x7f]*$/, 'must be a name without colons and control characters')
		.optional()
		.meta({description: 'User to log in as (Basic). Default: none.'}),
	password: z.string().optional().meta({description: 'Password of the user. Default: none.'}),
	followRedirects: z.boolean().default(false).meta({
		description:
			'Whether redirects are followed, at most 5: what may be a secret is never sent to another origin. Default: false.',
	}),
	maxBody: bodySizeOption
		.default('1MiB')
		.meta({description: 'Largest size that a body may have, at most "64MiB". Default: "1MiB".'}),
	unixSocket: pathOption
		.optional()
		.meta({description: 'Path of a socket to ask instead of the host of the address. Default: none.'}),
	...certificateOptions,
});

export type HttpOptions = z.output<typeof httpOptions>;
