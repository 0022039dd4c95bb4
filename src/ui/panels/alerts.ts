import {type AlertShown, alertShown} from '../../core/alerts/alert-words.js';
import {type Safe, safe} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {paintAlertRows} from './alert-columns.js';
import {borderCounts} from './border-counts.js';
import {notifierRows, paintNotifiers} from './notifier-rows.js';
import {type Extent, offsetOf, type Panel} from './panel.js';
import {paintZoomedAlert} from './zoomed-alert.js';
import {below, isZoomed, zoomedListRows} from './zoomed-parts.js';

export const alerts: Panel = {
	name: 'alerts',
	title: safe`Alerts`,
	area: 'alerts',
	summary,
	paint,
	extent,
};

/** What the border says of how many, the worst first, and how soon each leaves where there is no room. */
const countWords: readonly (readonly [shown: AlertShown, word: Safe, leaves: number])[] = [
	['critical', safe`crit`, 1],
	['warning', safe`warn`, 2],
	['flapping', safe`flap`, 4],
	['info', safe`info`, 6],
	['recovering', safe`recov`, 5],
	['pending', safe`pend`, 7],
	['over', safe`over`, 8],
];

/** `1 crit · 2 warn · 3 over · 4 of 6`. */
function summary(scene: Scene, rows: number, columns: number): Safe {
	const all = scene.snapshot.alerts;
	const {shown} = extent(scene, rows);
	const parts = countWords.flatMap(([state, word, leaves]) => {
		const count = all.filter(alert => alertShown(alert) === state).length;
		return count > 0 ? [{text: safe`${count} ${word}`, leaves}] : [];
	});
	const seen = shown < all.length ? [{text: safe`${shown} of ${all.length}`, leaves: 3}] : [];
	return borderCounts([...parts, ...seen], columns, scene.symbols.dot);
}

function extent(scene: Scene, rows: number): Extent {
	const total = scene.snapshot.alerts.length;
	const left = rows - notifierRows(scene, rows);
	return {total, shown: isZoomed('alerts', scene, rows) ? zoomedListRows(total, left) : Math.max(1, left)};
}

function paint(area: Area, scene: Scene): void {
	const top = notifierRows(scene, area.rows);
	const [notifiers = area, list = area] = below(area, [top, area.rows - top]);
	paintNotifiers(notifiers, scene);

	if (scene.snapshot.alerts.length === 0) {
		list.text(0, 0, scene.snapshot.past ? safe`none remembered` : safe`no alerts in the last 24 hours`, scene.look.dim);
		return;
	}

	const size = extent(scene, area.rows);
	const offset = offsetOf('alerts', size, scene);
	const rows = scene.snapshot.alerts.slice(offset, offset + size.shown);

	if (isZoomed('alerts', scene, area.rows)) {
		paintZoomedAlert(list, rows, scene);
	} else {
		paintAlertRows(list, rows, scene.view.bars.alerts?.id, scene);
	}
}

/** The alert in line `y`, counted from 0, of a body of so many rows, and its row in the whole list: what `putRowBar` takes. */
export function alertAt(
	scene: Scene,
	rows: number,
	y: number,
): {readonly id: string; readonly row: number} | undefined {
	const size = extent(scene, rows);
	const line = y - notifierRows(scene, rows);
	const row = offsetOf('alerts', size, scene) + line;
	const alert = line >= 0 && line < size.shown ? scene.snapshot.alerts[row] : undefined;
	return alert && {id: alert.incident, row};
}
