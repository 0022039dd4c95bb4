import {ParseError} from '../core/errors.js';
import {defineSampler} from '../core/sampler.js';

const source = '/proc/loadavg';

/** The three averages of /proc/loadavg. */
export const load = defineSampler<readonly [number, number, number]>({
	name: 'load',
	read: host => parseLoadavg(host.readText(source)),
	sample: ({raw: [one, five, fifteen]}) => ({
		series: [
			['load.1', one],
			['load.5', five],
			['load.15', fifteen],
		],
	}),
});

/** `0.42 0.31 0.20 1/214 4711`. @throws ParseError when it does not begin with three numbers. */
export function parseLoadavg(text: string): readonly [number, number, number] {
	const [one, five, fifteen] = text.split(' ', 3).map(Number.parseFloat);

	if (one === undefined || five === undefined || fifteen === undefined || !Number.isFinite(one + five + fifteen)) {
		throw new ParseError(source, 'does not begin with three numbers');
	}

	return [one, five, fifteen];
}
