import {percentTenths, tenths, unknown} from '../../core/format.js';
import {levelOf} from '../../core/levels.js';
import {type Safe, safe, trimSafe} from '../../core/safe.js';
import {seriesName} from '../../core/series.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {type Fact, factRows, paintFacts, told, whole} from './zoomed-parts.js';

/** Columns of one of TCP's numbers. */
const tcpColumns = 16;

/** Under this height of the panel there are the numbers only. */
export const leastRows = 16;

/** From this width on there is room for a label, and a row of air above it. */
const leastLabelled = 60;

/** Rows of `paintTcp` in a panel of so many rows. */
export function tcpRows(rows: number): number {
	return rows >= leastRows ? 4 : 2;
}

/** Whether its first row is empty. */
export function hasAirAbove(columns: number): boolean {
	return columns >= leastLabelled;
}

/** What TCP and UDP have to tell: numbers, and with `hasStates` below them the sockets by their state. */
export function paintTcp(area: Area, scene: Scene, hasStates: boolean): void {
	const {look, snapshot} = scene;
	const {series} = snapshot;
	const fact = (label: Safe, name: string, value: Safe): Fact => ({
		label,
		value,
		style: look.level[levelOf(name, series.get(name))],
	});
	const rate = (name: string) => trimSafe(tenths(series.get(name)));
	const facts = [
		fact(safe`established`, 'tcp.established', whole(series.get('tcp.established'))),
		fact(safe`listening`, 'tcp.listening', whole(series.get('tcp.listening'))),
		fact(safe`resent/s`, 'tcp.retransmits', rate('tcp.retransmits')),
		fact(safe`refused/s`, 'tcp.listen_drops', rate('tcp.listen_drops')),
		fact(
			safe`conntrack`,
			'conntrack.used',
			told(scene, 'conntrack.used', value => trimSafe(percentTenths(value)), ['conntrack', safe`unused`]),
		),
		fact(safe`udp`, 'udp.sockets', whole(series.get('udp.sockets'))),
	];
	const y = hasAirAbove(area.columns) ? 1 : 0;
	const x = y === 0 ? 0 : area.text(0, y, safe`TCP`, look.strong) + 3;
	const part = area.part({x, y, columns: area.columns - x, rows: area.rows - y - (hasStates ? 1 : 0)});
	paintFacts(part, facts, tcpColumns, scene);

	if (hasStates) {
		const below = y + factRows(facts.length, part.columns, tcpColumns);
		paintStates(area.part({x, y: Math.min(below, area.rows - 1), columns: area.columns - x, rows: 1}), scene);
	}
}

/** Those that listen have their place among the numbers. */
const states = [
	safe`established`,
	safe`time-wait`,
	safe`close-wait`,
	safe`syn-recv`,
	safe`syn-sent`,
	safe`fin-wait-1`,
	safe`fin-wait-2`,
	safe`last-ack`,
	safe`closing`,
	safe`closed`,
] as const;

/** `sockets  90 established  3 time-wait`: states that no socket is in are left out, and the rarer ones where there is no room. */
function paintStates(area: Area, {look, snapshot}: Scene): void {
	const counts = states.map(state => [state, snapshot.series.get(seriesName('tcp.sockets', state))] as const);
	const present = counts.filter(([, count = 0]) => count > 0);
	let x = area.text(0, 0, safe`sockets`, look.dim) + 2;

	if (present.length === 0) {
		area.text(x, 0, counts.some(([, count]) => count !== undefined) ? safe`none connected` : unknown, look.text);
		return;
	}

	for (const [state, count = 0] of present) {
		const number = safe`${count} `;

		if (x + widthOf(number) + widthOf(state) > area.columns) {
			return;
		}

		x = area.text(x, 0, number, look.text);
		x = area.text(x, 0, state, look.dim) + 2;
	}
}
