import * as z from 'zod';
import {isPingUrl} from '../core/ping-url.js';
import {durationOption} from './duration-option.js';

const [usualEvery, usualTimeout] = ['1m', '10s'];

// Its path is a token: whoever prints what was written must not print this.
const url = z.string().superRefine((text, context) => {
	if (!isPingUrl(text)) {
		const message =
			'must be an address such as "https://hc.example.com/abc" without a user and a password; http only to this machine itself';
		context.addIssue({code: 'custom', message, params: {isSecret: true}});
	}
});

/** Who is called while healthtop is well, so that somebody notices when it is not. */
export const pingSchema = z
	.strictObject({
		url: url.meta({description: 'Address to call; a secret but for its host. https, or http to this machine itself.'}),
		every: durationOption('10s', '24h')
			.prefault(usualEvery)
			.meta({description: `Time between two calls, "10s" to "24h". Default: "${usualEvery}".`}),
		timeout: durationOption('1s', '1m')
			.prefault(usualTimeout)
			.meta({description: `How long one call may take, "1s" to "1m". Default: "${usualTimeout}".`}),
	})
	.optional()
	.meta({
		description:
			'An address that is called while healthtop is well, so that another machine notices when it is not. Default: none.',
	});
