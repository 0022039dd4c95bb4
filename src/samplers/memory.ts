import {ParseError} from '../core/errors.js';
import {defineSampler, type Sample} from '../core/sampler.js';

const source = '/proc/meminfo';

/** Fields of /proc/meminfo in bytes; the kernel writes KiB and calls them kB. */
export type MemoryRaw = ReadonlyMap<string, number>;

export const memory = defineSampler<MemoryRaw>({
	name: 'memory',
	read: host => parseMeminfo(host.readText(source)),
	sample: ({raw}) => ({series: memorySeries(raw)}),
});

/** Rows `Name:   1234 kB`; rows of another shape are passed over. @throws ParseError without MemTotal. */
export function parseMeminfo(text: string): MemoryRaw {
	const fields = new Map<string, number>();

	for (const [, name = '', kibibytes] of text.matchAll(/^([^:\n]+):\s+(\d+) kB$/gm)) {
		fields.set(name, Number(kibibytes) * 1024);
	}

	if (!fields.get('MemTotal')) {
		throw new ParseError(source, 'has no MemTotal');
	}

	// What is cut off must not look like memory in use.
	if (!fields.has('MemAvailable') && !(fields.has('MemFree') && fields.has('Cached'))) {
		throw new ParseError(source, 'has neither MemAvailable nor MemFree and Cached');
	}

	return fields;
}

/** Shmem came with Linux 2.6.32: without it, shared memory is not 0 but unknown. */
const told = [
	['memory.buffers', 'Buffers'],
	['memory.shared', 'Shmem'],
	['memory.slab', 'Slab'],
	['swap.total', 'SwapTotal'],
] as const;

/** The series of one reading, with what the kernel does not tell left out. */
export function memorySeries(fields: MemoryRaw): Sample['series'] {
	const field = (name: string) => fields.get(name) ?? 0;
	const [total, swapTotal] = [field('MemTotal'), field('SwapTotal')];
	const cached = field('Cached') + field('SReclaimable');
	// Before Linux 3.14 there is no MemAvailable. Shared pages are in Cached but cannot be dropped.
	const estimate = Math.max(0, field('MemFree') + field('Buffers') + cached - field('Shmem'));
	const available = Math.min(total, fields.get('MemAvailable') ?? estimate);
	const series: [string, number][] = [
		['memory.used', ((total - available) * 100) / total],
		['memory.total', total],
		['memory.available', available],
		['memory.cached', cached],
	];

	for (const [name, key] of told) {
		const value = fields.get(key);

		if (value !== undefined) {
			series.push([name, value]);
		}
	}

	const swapFree = fields.get('SwapFree');

	if (swapTotal > 0 && swapFree !== undefined) {
		series.push(['swap.used', ((swapTotal - swapFree) * 100) / swapTotal]);
	}

	return series;
}
