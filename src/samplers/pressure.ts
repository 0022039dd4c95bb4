import {codeOf, ParseError, Unsupported} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {defineSampler, type Sample} from '../core/sampler.js';

const sources = ['cpu', 'memory', 'io'] as const;

/** Pressure stall information: how much of the time tasks had to wait (Documentation/accounting/psi.rst of the kernel). */
export const pressure = defineSampler<Sample['series']>({
	name: 'pressure',
	read: host => sources.flatMap(resource => readPressure(host, resource)),
	sample: ({raw}) => ({series: raw}),
});

function readPressure(host: Host, resource: (typeof sources)[number]): Sample['series'] {
	const source = `/proc/pressure/${resource}`;

	try {
		const {some, full} = parsePressure(source, host.readText(source));
		// Of the CPU the kernel tells no 'full' that means anything: somebody runs on it.
		const hasFull = full !== undefined && resource !== 'cpu';
		return [[`pressure.${resource}`, some], ...(hasFull ? [[`pressure.${resource}_full`, full] as const] : [])];
	} catch (error) {
		// EOPNOTSUPP: built in, but switched off by psi=0.
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EOPNOTSUPP' || codeOf(error) === 'ENOTSUP') {
			throw new Unsupported(`${source} is not on this machine`);
		}

		throw error;
	}
}

/** The 10 s averages of `some avg10=0.12 avg60=...` and `full avg10=...`, percent. @throws ParseError without the first. */
export function parsePressure(source: string, text: string): {readonly some: number; readonly full?: number} {
	const average = (row: string) => new RegExp(`^${row} avg10=(\\d+(?:\\.\\d+)?)`, 'm').exec(text)?.[1];
	const [some, full] = [average('some'), average('full')];

	if (some === undefined) {
		throw new ParseError(source, "has no 'some avg10='");
	}

	return {some: Number(some), ...(full !== undefined && {full: Number(full)})};
}
