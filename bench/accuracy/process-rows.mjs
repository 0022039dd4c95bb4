import {percentOf, scaled} from './reading.mjs';
import {exact, upTo, within} from './verdict.mjs';

/**
 * @import {Row, Seen} from './rows.mjs'
 * @import {Bound} from './verdict.mjs'
 */

/** With 200 forks a second somebody is always about to run or to be buried, for microseconds: our looks miss most of it. */
const momentary = upTo(2);

/**
 * Processes, connections and what else the kernel has one number of.
 *
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
export function processRows(seen) {
	return [...socketRows(seen), ...countRows(seen), ...ownRows(seen), ...loadRows(seen)];
}

/**
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
function socketRows({snapshot: {series}, kernel, said}) {
	const counts = [
		{measure: 'established', reading: kernel.count('Tcp.CurrEstab')},
		// Counted each 30 s only.
		{measure: 'listening', reading: kernel.countAtStart('tcp.listening')},
	];
	const rates = [
		['retransmits', 'Tcp.RetransSegs'],
		['listen_drops', 'TcpExt.ListenDrops'],
	];

	return [
		...counts.map(({measure, reading}) => ({
			name: `tcp.${measure}`,
			unit: 'count',
			value: series[`tcp.${measure}`],
			kernel: reading,
			bound: exact,
			tools: [{name: 'ss', value: said('ss', 'all', measure), bound: exact}],
		})),
		...rates.map(([measure = '', key = '']) => ({
			name: `tcp.${measure}`,
			unit: 'per second',
			value: series[`tcp.${measure}`],
			kernel: kernel.perSecond(key),
			bound: within(2),
		})),
	];
}

/**
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
function countRows({snapshot: {series}, kernel}) {
	/** @type {readonly (readonly [name: string, bound: Bound])[]} */
	const counts = [
		['process.count', exact],
		// While healthtop looks, up to four threads of its own read aside.
		['thread.count', upTo(4)],
		['process.running', momentary],
		['process.blocked', momentary],
		['process.zombies', momentary],
	];
	const percentages = [
		['files.open', 'files.open', 'files.max'],
		['conntrack.used', 'conntrack.count', 'conntrack.max'],
	];

	return [
		...counts.map(([name, bound]) => ({name, unit: 'count', value: series[name], kernel: kernel.count(name), bound})),
		...percentages.map(([name = '', part = '', whole = '']) => ({
			name,
			unit: 'percent',
			value: series[name],
			kernel: percentOf(kernel.count(part), kernel.count(whole)),
			bound: within(2),
		})),
	];
}

/**
 * Of healthtop itself, and the clock.
 *
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
function ownRows({snapshot: {series}, kernel, ownPid, uptime}) {
	return [
		{name: 'uptime', unit: 'seconds', value: series['uptime'], kernel: uptime, bound: upTo(0.25)},
		{
			name: 'self.cpu',
			unit: 'percent',
			value: series['self.cpu'],
			kernel: kernel.processPercent(ownPid),
			bound: upTo(1),
		},
		{
			name: 'self.memory',
			unit: 'bytes',
			value: series['self.memory'],
			// The reading itself takes memory, and right after it we end.
			kernel: kernel.before(`pid.${ownPid}.residentBytes`),
			bound: within(5),
		},
	];
}

/**
 * The processes of the load, as they stand in the list.
 *
 * @param {Seen} seen
 * @returns {readonly Row[]}
 */
function loadRows({snapshot, kernel, said, load}) {
	const find = (/** @type {number} */ pid) => snapshot.processes.find(process => process.pid === pid);
	/** @type {(who: string, pid: number) => readonly Row[]} */
	const rows = (who, pid) => [
		{
			name: `CPU of ${who}`,
			unit: 'percent',
			value: find(pid)?.cpuPercent,
			kernel: kernel.processPercent(pid),
			bound: upTo(1),
			tools: [{name: 'pidstat', value: said('pidstat', String(pid), '%CPU'), bound: upTo(2)}],
		},
		{
			name: `memory of ${who}`,
			unit: 'bytes',
			value: find(pid)?.memoryBytes,
			kernel: kernel.now(`pid.${pid}.residentBytes`),
			bound: within(1),
			tools: [{name: 'pidstat', value: scaled(said('pidstat', String(pid), 'RSS'), 1024), bound: within(1)}],
		},
	];

	return [
		...rows('the busy one', load.busyPid),
		...rows('the memory hog', load.hogPid),
		...rows('the writer', load.writerPid),
		{
			name: 'written by the writer',
			unit: 'bytes/s',
			value: find(load.writerPid)?.writtenBytesPerSecond,
			kernel: kernel.perSecond(`pid.${load.writerPid}.writtenBytes`),
			bound: within(2),
		},
	];
}
