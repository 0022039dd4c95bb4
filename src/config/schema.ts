import * as z from 'zod';
import {parseDuration} from './parse-duration.js';

const duration = z.string().transform((text, context) => {
	const ms = parseDuration(text);

	if (ms === undefined) {
		context.addIssue({code: 'custom', message: 'must be a duration such as "30s", "5m" or "48h"', input: text});
		return z.NEVER;
	}

	return ms;
});

const beat = duration.refine(ms => ms >= 200 && ms <= 60_000, 'must be between "200ms" and "60s"');
const period = duration.refine(ms => ms >= 200 && ms <= 86_400_000, 'must be between "200ms" and "24h"');
const filter = z.strictObject({only: z.array(z.string()).optional(), except: z.array(z.string()).optional()});

/** The configuration of everything that exists. Durations come out in ms. */
export function configSchema(samplers: readonly string[]) {
	const sampling = z.strictObject(Object.fromEntries(samplers.map(name => [name, period.optional()])));
	return z.strictObject({
		$schema: z.string().optional(),
		every: beat.default(1000),
		sampling: sampling.default({}),
		mounts: filter.default({}),
		devices: filter.default({}),
		interfaces: filter.default({}),
	});
}
