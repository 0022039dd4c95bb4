import {codeOf, ParseError} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {defineSampler} from '../core/sampler.js';

const directory = '/proc/sys/net/netfilter';

/** Connections that the firewall follows, in percent of what it can: at 100 new ones are dropped. Undefined while there is no such firewall. */
export const conntrack = defineSampler<number | undefined>({
	name: 'conntrack',
	every: 10_000,
	read(host) {
		const [count, most] = [numberIn(host, 'nf_conntrack_count'), numberIn(host, 'nf_conntrack_max')];
		return count !== undefined && most ? (count * 100) / most : undefined;
	},
	sample: ({raw}) => ({series: raw === undefined ? [] : [['conntrack.used', raw]]}),
});

function numberIn(host: Host, name: string): number | undefined {
	const source = `${directory}/${name}`;
	let text: string;

	try {
		text = host.readText(source);
	} catch (error) {
		// The module is not loaded; a firewall that is started loads it.
		if (codeOf(error) === 'ENOENT') {
			return undefined;
		}

		throw error;
	}

	const value = Number.parseInt(text, 10);

	if (Number.isNaN(value)) {
		throw new ParseError(source, 'is no number');
	}

	return value;
}
