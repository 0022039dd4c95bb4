import {defineCheck} from '../core/check.js';
import {httpOptions} from './http-options.js';

/** What a server answers over HTTP/1.1, asked over a connection of its own. */
export const http = defineCheck({
	type: 'http',
	asks: 'status, time, headers, body, certificate',
	uses: 'socket',
	options: httpOptions,
	placeholders: ['CONNECTED', 'STATUS', 'RESPONSE_TIME', 'IP', 'BODY', 'HEADERS', 'CERTIFICATE_EXPIRATION'],
	conditions: ({url, insecure}) => [
		'[STATUS] < 400',
		...(/^https:/i.test(url) && !insecure ? [{warning: '[CERTIFICATE_EXPIRATION] > 336h'}] : []),
	],
	load: async () => (await import('./ask-http.js')).askHttp,
});
