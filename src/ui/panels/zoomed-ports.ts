import {padSafe, safe} from '../../core/safe.js';
import type {Listener} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {type Column, paintTable} from './zoomed-table.js';

/** Columns that a port needs at least, on a screen that is wide enough those that most addresses need; and between two of them. */
const [leastColumns, usualColumns] = [36, 56];
const wideFrom = 100;
const gap = 3;

/** A name has so many before anything behind it has its place. */
const leastName = 6;

/** Rows above the ports: the title and the headings. */
export const portsHead = 2;

/** How many ports stand beside each other. */
export function portsAcross(columns: number): number {
	const each = (columns >= wideFrom ? usualColumns : leastColumns) + gap;
	return Math.max(1, Math.floor((columns + gap) / each));
}

/** Listening ports from number `from` on, as many as there is room for, from top to bottom and then to the right. */
export function paintPorts(area: Area, from: number, scene: Scene): void {
	const {listeners, past} = scene.snapshot;
	const {look} = scene;
	const x = area.text(0, 0, safe`Listening`, look.strong) + 2;

	if (!listeners || listeners.length === 0) {
		area.text(
			x,
			0,
			listeners ? safe`no port` : past ? safe`not remembered` : safe`read while this panel is open`,
			look.dim,
		);
		return;
	}

	const isDenied = listeners.some(({owner}) => owner === 'denied');
	const room = portsAcross(area.columns) * Math.max(0, area.rows - portsHead);
	const last = Math.min(listeners.length, from + room);
	const all = safe`${listeners.length} ports`;
	const count =
		area.text(x, 0, last - from < listeners.length ? safe`${from + 1}-${last} of ${all}` : all, look.dim) + 2;
	area.text(count, 0, isDenied ? safe`no permission: run as root to see whose` : safe``, look.dim);
	const across = portsAcross(area.columns);
	const columns = Math.floor((area.columns + gap) / across) - gap;
	const rows = Math.max(0, area.rows - portsHead);
	const table = columnsOf(listeners);

	for (let index = 0; index < across; index++) {
		const first = from + index * rows;
		const shown = listeners.slice(first, first + rows);

		if (shown.length > 0) {
			const part = area.part({x: index * (columns + gap), y: 1, columns, rows: rows + 1});
			paintTable(part, shown, table, scene);
		}
	}
}

/** As wide as all of them need, so that scrolling moves none. */
function columnsOf(listeners: readonly Listener[]): readonly Column<Listener>[] {
	const address = listeners.reduce((most, one) => Math.max(most, widthOf(one.address)), 7);
	return [
		{
			heading: safe` PORT`,
			least: 9,
			leaves: 0,
			paint: (cell, {port, protocol}, {look}) => {
				const x = cell.text(0, 0, padSafe(safe`${port}`, 5, 'start'), look.text);
				cell.text(x, 0, protocol === 'tcp' ? safe`/tcp` : safe`/udp`, look.dim);
			},
		},
		{
			heading: safe`ADDRESS`,
			least: Math.min(9, address),
			most: address,
			leaves: 2,
			paint: (cell, row, {look}) => cell.text(0, 0, row.address, look.text),
		},
		{heading: safe`PROCESS`, least: 13, most: 40, leaves: 1, paint: paintOwner},
	];
}

/** `nginx 812 +3`: the pid, and how many others have the port. */
function paintOwner(cell: Area, {owner}: Listener, {look}: Scene): void {
	if (typeof owner !== 'object') {
		cell.text(0, 0, owner === 'denied' ? safe`no permission` : safe`-`, look.dim);
		return;
	}

	const {name, pid, others} = owner;
	const room = cell.columns - Math.min(leastName, widthOf(name));
	const pidText = safe` ${pid}`;
	const all = others > 0 ? safe`${pidText} +${others}` : pidText;
	const behind = [all, pidText].find(text => widthOf(text) <= room) ?? safe``;
	const x = cell.text(0, 0, name, look.text, cell.columns - widthOf(behind));
	cell.text(x, 0, behind, look.dim);
}
