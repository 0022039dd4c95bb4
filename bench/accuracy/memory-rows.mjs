import {difference, mapped, percentOf, scaled, sumOf} from './reading.mjs';
import {exact, toolRate, within} from './verdict.mjs';

/**
 * @import {Reading} from './reading.mjs'
 * @import {Row, Seen} from './rows.mjs'
 */

const pageBytes = 4096;

/**
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
export function memoryRows(seen) {
	return [...spaceRows(seen), ...swapRows(seen)];
}

/**
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
function spaceRows({snapshot: {series}, kernel, said}) {
	const now = (/** @type {string} */ name) => kernel.now(`meminfo.${name}:`);
	const free = (/** @type {string} */ column, row = 'Mem:') => said('free', row, column);
	/** @type {(name: string, reading: Reading | undefined, value?: number | undefined, unit?: string) => Row} */
	const row = (name, reading, value, unit = 'bytes') => ({
		name,
		unit,
		value: series[name],
		kernel: reading,
		bound: within(0.1),
		tools: [{name: 'free', value, bound: within(1)}],
	});
	const [total, available] = [now('MemTotal'), now('MemAvailable')];
	const [size = Number.NaN, rest = Number.NaN] = [free('total'), free('available')];

	return [
		row('memory.total', total, size),
		row('memory.available', available, rest),
		row('memory.used', percentOf(difference(total, available), total), ((size - rest) * 100) / size, 'percent'),
		row('memory.cached', sumOf(now('Cached'), now('SReclaimable')), free('cache')),
		row('memory.buffers', now('Buffers'), free('buffers')),
		row('memory.shared', now('Shmem'), free('shared')),
		row('memory.slab', now('Slab')),
		row('swap.total', now('SwapTotal'), free('total', 'Swap:')),
		row('swap.used', percentOf(difference(now('SwapTotal'), now('SwapFree')), now('SwapTotal')), undefined, 'percent'),
	];
}

/**
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
function swapRows({snapshot: {series}, kernel, said}) {
	const swaps = [
		['swap.in', 'vmstat.pswpin', 'si'],
		['swap.out', 'vmstat.pswpout', 'so'],
	];

	return [
		...swaps.map(([name = '', key = '', column = '']) => ({
			name,
			unit: 'bytes/s',
			value: series[name],
			kernel: mapped(kernel.perSecond(key), pages => pages * pageBytes),
			bound: within(2),
			tools: [{name: 'vmstat', value: scaled(said('vmstat', 'all', column), 1024), bound: toolRate}],
		})),
		{
			name: 'memory.oom_kills',
			unit: 'count',
			value: series['memory.oom_kills'],
			kernel: kernel.now('vmstat.oom_kill'),
			bound: exact,
		},
	];
}
