import {codeOf, ParseError, Unsupported} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {defineSampler} from '../core/sampler.js';

const resources = ['cpu', 'memory', 'io'] as const;

/** Pressure stall information: how much of the time tasks had to wait (Documentation/accounting/psi.rst of the kernel). */
export const pressure = defineSampler<readonly [string, number][]>({
	name: 'pressure',
	read: host => resources.map((resource): [string, number] => [`pressure.${resource}`, readPressure(host, resource)]),
	sample: ({raw}) => ({series: raw}),
});

function readPressure(host: Host, resource: string): number {
	const source = `/proc/pressure/${resource}`;

	try {
		return parsePressure(source, host.readText(source));
	} catch (error) {
		// EOPNOTSUPP: built in, but switched off by psi=0.
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EOPNOTSUPP' || codeOf(error) === 'ENOTSUP') {
			throw new Unsupported(`${source} is not on this machine`);
		}

		throw error;
	}
}

/** `some avg10=0.12 avg60=...`: the 10 s average in percent. @throws ParseError without it. */
export function parsePressure(source: string, text: string): number {
	const average = /^some avg10=(\d+(?:\.\d+)?)/m.exec(text)?.[1];

	if (average === undefined) {
		throw new ParseError(source, "has no 'some avg10='");
	}

	return Number(average);
}
