import {ParseError} from '../core/errors.js';
import {defineSampler} from '../core/sampler.js';

const source = '/proc/uptime';

/** Seconds since the machine started. */
export const uptime = defineSampler<number>({
	name: 'uptime',
	read: host => parseUptime(host.readText(source)),
	sample: ({raw}) => ({series: [['uptime', raw]]}),
});

/** `1046400.22 2034112.10`: the first number. @throws ParseError when it is none. */
export function parseUptime(text: string): number {
	const seconds = Number.parseFloat(text);

	if (!Number.isFinite(seconds)) {
		throw new ParseError(source, 'does not begin with a number');
	}

	return seconds;
}
