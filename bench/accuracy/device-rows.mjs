import {mapped, percentOf, scaled, sumOf} from './reading.mjs';
import {toolRate, upTo, within} from './verdict.mjs';

/**
 * @import {Reading} from './reading.mjs'
 * @import {Row, Seen} from './rows.mjs'
 * @import {Bound} from './verdict.mjs'
 */

/** The kernel counts sectors of 512 bytes, whatever the disk's own are. */
const sectorBytes = 512;

/** sysstat says kB and means KiB. */
const kibibyte = 1024;

/**
 * @param {Seen} seen
 * @param {string} mount
 * @returns {readonly Row[]}
 */
export function diskRows({snapshot: {series}, kernel, said}, mount) {
	const now = (/** @type {string} */ name) => kernel.now(`space.${mount}.${name}`);
	const df = (/** @type {string} */ column) => said('df', mount, column) ?? Number.NaN;
	/** @type {(measure: string, unit: string, reading: Reading | undefined, value: number) => Row} */
	const row = (measure, unit, reading, value) => ({
		name: `disk.${measure}:${mount}`,
		unit,
		value: series[`disk.${measure}:${mount}`],
		kernel: reading,
		bound: within(0.1),
		tools: [{name: 'df', value, bound: within(0.1)}],
	});

	return [
		row('size', 'bytes', now('size'), df('size')),
		row('free', 'bytes', now('free'), df('Avail')),
		row(
			'used',
			'percent',
			percentOf(now('used'), sumOf(now('used'), now('free'))),
			(df('Used') * 100) / (df('Used') + df('Avail')),
		),
		row(
			'inodes_used',
			'percent',
			percentOf(now('inodesUsed'), now('inodes')),
			(df('IUsed') * 100) / (df('IUsed') + df('IFree')),
		),
	];
}

/**
 * @param {Seen} seen
 * @param {string} device
 * @returns {readonly Row[]}
 */
export function ioRows({snapshot: {series}, kernel, said}, device) {
	const rate = (/** @type {string} */ name) => kernel.perSecond(`disk.${device}.${name}`);
	const iostat = (/** @type {string} */ column) => said('iostat', device, column);
	const waited = (/** @type {string} */ kind) => (iostat(`${kind}/s`) ?? 0) * (iostat(`${kind}_await`) ?? Number.NaN);
	const requests = (iostat('r/s') ?? 0) + (iostat('w/s') ?? 0);
	/** @type {(measure: string, unit: string, reading: Reading | undefined, value: number | undefined) => Row} */
	const row = (measure, unit, reading, value) => ({
		name: `io.${measure}:${device}`,
		unit,
		value: series[`io.${measure}:${device}`],
		kernel: reading,
		bound: within(2),
		tools: [{name: 'iostat', value, bound: toolRate}],
	});
	/** @type {(row: Row, bound: Bound, toolBound: Bound) => Row} */
	const bounded = (one, bound, toolBound) => ({
		...one,
		bound,
		tools: (one.tools ?? []).map(tool => ({...tool, bound: toolBound})),
	});
	const latency = requests > 0 ? (waited('r') + waited('w')) / requests : undefined;
	const busy = mapped(rate('msBusy'), ms => Math.min(100, ms / 10));

	return [
		row('read', 'bytes/s', mapped(rate('sectorsRead'), bytesOf), scaled(iostat('rkB/s'), kibibyte)),
		row('written', 'bytes/s', mapped(rate('sectorsWritten'), bytesOf), scaled(iostat('wkB/s'), kibibyte)),
		row('reads', 'per second', rate('reads'), iostat('r/s')),
		row('writes', 'per second', rate('writes'), iostat('w/s')),
		bounded(
			row('latency', 'ms', kernel.latency(device), latency),
			{percent: 5, absolute: 0.1},
			{percent: 10, absolute: 0.2},
		),
		bounded(row('busy', 'percent', busy, iostat('%util')), upTo(2), upTo(3)),
	];
}

const bytesOf = (/** @type {number} */ sectors) => sectors * sectorBytes;

/**
 * @param {Seen} seen
 * @param {string} name
 * @returns {readonly Row[]}
 */
export function networkRows({snapshot: {series}, kernel, said}, name) {
	const rate = (/** @type {readonly string[]} */ ...keys) => kernel.perSecond(...keys.map(key => `net.${name}.${key}`));
	const sar = (/** @type {string} */ column) => said('sar', name, column);
	/** @type {(measure: string, unit: string, reading: Reading | undefined, value?: number | undefined) => Row} */
	const row = (measure, unit, reading, value) => ({
		name: `network.${measure}:${name}`,
		unit,
		value: series[`network.${measure}:${name}`],
		kernel: reading,
		bound: within(2),
		tools: [{name: 'sar', value, bound: toolRate}],
	});
	/** @type {(measure: string, key: string) => Row} */
	const total = (measure, key) => ({
		...row(measure, 'bytes', kernel.now(`net.${name}.${key}`)),
		bound: within(0.1),
		tools: [],
	});

	return [
		row('received', 'bytes/s', rate('receivedBytes'), scaled(sar('rxkB/s'), kibibyte)),
		row('sent', 'bytes/s', rate('sentBytes'), scaled(sar('txkB/s'), kibibyte)),
		row('packets_in', 'per second', rate('packetsIn'), sar('rxpck/s')),
		row('packets_out', 'per second', rate('packetsOut'), sar('txpck/s')),
		row('errors', 'per second', rate('errorsIn', 'errorsOut')),
		row('drops', 'per second', rate('dropsIn', 'dropsOut')),
		total('received_total', 'receivedBytes'),
		total('sent_total', 'sentBytes'),
	];
}
