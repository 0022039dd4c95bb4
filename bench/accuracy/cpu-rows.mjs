import {exact, toolRate, upTo, within} from './verdict.mjs';

/**
 * @import {Row, Seen, ToolValue} from './rows.mjs'
 * @typedef {(...columns: string[]) => number} Sum
 */

/** So many points the tools may be off, whose windows are not quite ours; vmstat prints whole ones. */
const toolPoints = upTo(2);

/** The same of one core of two. */
const toolPointsOfACore = upTo(4);

/**
 * Use of the cores, switches, forks, load and pressure.
 *
 * @param {Seen} seen
 * @param {readonly string[]} cores
 * @returns {readonly Row[]}
 */
export function cpuRows(seen, cores) {
	return [...shareRows(seen), ...cores.map(core => coreRow(seen, core)), ...eventRows(seen), ...waitingRows(seen)];
}

const busy = ['user', 'nice', 'system', 'irq', 'softirq', 'steal'];

/** @type {(seen: Seen, core: string) => Sum} */
const sumOfMpstat =
	({said}, core) =>
	(...columns) =>
		columns.reduce((sum, column) => sum + (said('mpstat', core, column) ?? Number.NaN), 0);

/**
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
function shareRows(seen) {
	const {snapshot, kernel, said} = seen;
	const mpstat = sumOfMpstat(seen, 'all');
	const vmstat = (/** @type {string} */ column) => ({
		name: 'vmstat',
		value: said('vmstat', 'all', column),
		bound: toolPoints,
	});
	/** @type {(measure: string, parts: readonly string[], value: number, ...more: ToolValue[]) => Row} */
	const row = (measure, parts, value, ...more) => ({
		name: `cpu.${measure}`,
		unit: 'percent',
		value: snapshot.series[`cpu.${measure}`],
		kernel: kernel.share('cpu', ...parts),
		bound: upTo(1),
		tools: [{name: 'mpstat', value, bound: toolPoints}, ...more],
	});

	return [
		row('used', busy, 100 - mpstat('%idle', '%iowait')),
		row('user', ['user'], mpstat('%usr', '%guest')),
		row('nice', ['nice'], mpstat('%nice', '%gnice')),
		row('system', ['system'], mpstat('%sys')),
		row('irq', ['irq', 'softirq'], mpstat('%irq', '%soft')),
		row('iowait', ['iowait'], mpstat('%iowait'), vmstat('wa')),
		row('steal', ['steal'], mpstat('%steal'), vmstat('st')),
	];
}

/** @type {(seen: Seen, core: string) => Row} */
function coreRow(seen, core) {
	return {
		name: `core.used:${core}`,
		unit: 'percent',
		value: seen.snapshot.series[`core.used:${core}`],
		kernel: seen.kernel.share(`cpu${core}`, ...busy),
		bound: upTo(1),
		tools: [{name: 'mpstat', value: 100 - sumOfMpstat(seen, core)('%idle', '%iowait'), bound: toolPointsOfACore}],
	};
}

/**
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
function eventRows({snapshot: {series}, kernel, said}) {
	return [
		{
			name: 'cpu.switches',
			unit: 'per second',
			value: series['cpu.switches'],
			kernel: kernel.perSecond('stat.ctxt'),
			bound: within(2),
			tools: [{name: 'vmstat', value: said('vmstat', 'all', 'cs'), bound: toolRate}],
		},
		{
			name: 'cpu.forks',
			unit: 'per second',
			value: series['cpu.forks'],
			kernel: kernel.perSecond('stat.processes'),
			bound: within(2),
			tools: [{name: 'vmstat -s', value: said('vmstat -s', 'rate', 'forks'), bound: toolRate}],
		},
		{
			name: 'cpu.frequency',
			unit: 'MHz',
			value: series['cpu.frequency'],
			kernel: kernel.now('cpu.megahertz'),
			bound: within(2),
		},
	];
}

/**
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
function waitingRows({snapshot: {series}, kernel}) {
	const pressures = [
		['pressure.cpu', 'pressure.cpu.some'],
		['pressure.memory', 'pressure.memory.some'],
		['pressure.memory_full', 'pressure.memory.full'],
		['pressure.io', 'pressure.io.some'],
		['pressure.io_full', 'pressure.io.full'],
	];

	return [
		...['load.1', 'load.5', 'load.15'].map(name => ({
			name,
			unit: 'count',
			value: series[name],
			kernel: kernel.now(name),
			bound: exact,
		})),
		...pressures.map(([name = '', key = '']) => ({
			name,
			unit: 'percent',
			value: series[name],
			kernel: kernel.now(key),
			bound: upTo(0.5),
		})),
	];
}
