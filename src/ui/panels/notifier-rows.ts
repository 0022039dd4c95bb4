import type {NotifierState} from '../../core/alerts/alert.js';
import {notifierText} from '../../core/alerts/alert-words.js';
import {safe} from '../../core/safe.js';
import {cut} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {isZoomed} from './zoomed-parts.js';

/** Columns of a notifier's name: longer ones are cut. */
const mostName = 20;

/** Those that are not well, the ones that somebody has to mend first. */
function troubled({snapshot: {notifiers}}: Scene): readonly NotifierState[] {
	const all = notifiers.filter(({state}) => state !== 'well');
	return [...all.filter(({state}) => state === 'broken'), ...all.filter(({state}) => state !== 'broken')];
}

/** Rows of a body of so many that they take, above the list: never most of it, and in the zoom, which is about an alert, still less. */
export function notifierRows(scene: Scene, rows: number): number {
	const part = isZoomed('alerts', scene, rows) ? 16 : 4;
	return Math.min(troubled(scene).length, Math.max(1, Math.floor(rows / part)), Math.max(0, rows - 1));
}

/** A row for each: that nobody is told is worse than anything in the list. Of those there is no room for, how many. */
export function paintNotifiers(area: Area, scene: Scene): void {
	const {look, symbols, snapshot} = scene;
	const all = troubled(scene);
	const shown = all.slice(0, area.rows);

	for (const [y, notifier] of shown.entries()) {
		const isBroken = notifier.state === 'broken';
		const level = isBroken ? 'critical' : 'warning';
		const x = area.text(0, y, symbols.level[level], look.strongLevel[level]) + 1;
		const more = y === shown.length - 1 && all.length > shown.length ? safe`+${all.length - shown.length}` : safe``;
		const end = area.right(area.columns, y, more, look.strong) - (more === '' ? 0 : 1);
		const name = area.text(x, y, safe`notifier ${cut(notifier.name, mostName)}: `, look.strong, end - x);
		area.text(name, y, notifierText(notifier, snapshot.at), look.text, end - name);
	}
}
