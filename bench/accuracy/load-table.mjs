import {markdownTable} from '../markdown.mjs';
import {number} from './verdict.mjs';

/**
 * @import {Load} from './load.mjs'
 * @import {Judged} from './report.mjs'
 */

/**
 * The load as it was asked for, as it was done within the window, and what of it is to be seen in which rows. Those are no
 * bounds: others use the machine, too, and a network's packets have headers.
 *
 * @param {Pick<Load, 'plan' | 'done'>} load
 * @param {{readonly from: number, readonly to: number}} window
 * @param {string} device
 * @param {readonly Judged[]} rows
 */
export function loadTable({plan, done}, {from, to}, device, rows) {
	const saw = (/** @type {string} */ name) => {
		const value = rows.find(row => row.name === name)?.value;
		return `${value === undefined ? '-' : number(value)} (${name})`;
	};
	const rate = (/** @type {string} */ key) =>
		number(((done.growth(key, from, to)?.value ?? Number.NaN) * 1000) / (to - from));

	return markdownTable([
		['load', 'asked for', 'done', 'healthtop saw'],
		[`\`${plan.busy.file} ${plan.busy.args.join(' ')}\``, '100 % of a core', '', saw('CPU of the busy one')],
		['memory, touched ten times a second at nice 10', `${plan.hogBytes} bytes`, '', saw('memory of the memory hog')],
		[`file on ${device}, O_DIRECT`, `${plan.fileBytesPerSecond} bytes/s`, rate('written'), saw(`io.written:${device}`)],
		['a quarter of it read back', `${plan.fileBytesPerSecond / 4} bytes/s`, rate('read'), saw(`io.read:${device}`)],
		['TCP to ourselves', `${plan.tcpBytesPerSecond} bytes/s`, rate('received'), saw('network.received:lo')],
		['`/bin/true`', `${plan.forksPerSecond} per second`, rate('forks'), saw('cpu.forks')],
	]);
}
