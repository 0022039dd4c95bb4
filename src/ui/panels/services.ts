import type {CheckState} from '../../core/check-state.js';
import {type Safe, safe} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {borderCounts} from './border-counts.js';
import {type Extent, offsetOf, type Panel} from './panel.js';
import {paintServiceRows} from './service-columns.js';
import {servicesOf} from './service-rows.js';
import {isZoomed, zoomedListRows} from './zoomed-parts.js';
import {paintZoomedService} from './zoomed-service.js';

export const services: Panel = {
	name: 'services',
	title: safe`Services`,
	area: 'check',
	summary,
	paint,
	extent,
};

/** What the border says of how many, in its order, and how soon each leaves where there is no room: what is worst stays longest. */
const countWords: readonly (readonly [state: CheckState, word: Safe, leaves: number])[] = [
	['ok', safe`ok`, 8],
	['waiting', safe`wait`, 7],
	['held', safe`held`, 6],
	['failing', safe`fail`, 5],
	['unknown', safe`unknown`, 4],
	['warning', safe`warn`, 2],
	['critical', safe`crit`, 1],
];

/** `5 ok · 1 wait · 1 crit · 5 of 7`. */
function summary(scene: Scene, rows: number, columns: number): Safe {
	const {counts, rows: all} = servicesOf(scene.snapshot);
	const shown = Math.min(all.length, extent(scene, rows).shown);
	const parts = [
		...countWords
			.filter(([state]) => counts[state] > 0)
			.map(([state, word, leaves]) => ({text: safe`${counts[state]} ${word}`, leaves})),
		...(shown < all.length ? [{text: safe`${shown} of ${all.length}`, leaves: 3}] : []),
	];
	return borderCounts(parts, columns, scene.symbols.dot);
}

function extent(scene: Scene, rows: number): Extent {
	const total = scene.snapshot.checks.length;
	return {total, shown: isZoomed('services', scene, rows) ? zoomedListRows(total, rows) : Math.max(1, rows)};
}

function paint(area: Area, scene: Scene): void {
	const {snapshot, look, view} = scene;

	if (snapshot.checks.length === 0) {
		area.text(0, 0, snapshot.past ? safe`none remembered` : safe`no checks are configured`, look.dim);
		return;
	}

	const size = extent(scene, area.rows);
	const offset = offsetOf('services', size, scene);
	const rows = servicesOf(snapshot).rows.slice(offset, offset + size.shown);

	if (isZoomed('services', scene, area.rows)) {
		paintZoomedService(area, rows, scene);
	} else {
		paintServiceRows(area, rows, view.bars.services?.id, scene);
	}
}

/** The service in line `y`, counted from 0, of a body of so many rows, and its row in the whole list: what `putRowBar` takes. */
export function serviceAt(
	scene: Scene,
	rows: number,
	y: number,
): {readonly id: string; readonly row: number} | undefined {
	const size = extent(scene, rows);
	const row = offsetOf('services', size, scene) + y;
	const check = y >= 0 && y < size.shown ? servicesOf(scene.snapshot).rows[row] : undefined;
	return check && {id: check.check, row};
}
