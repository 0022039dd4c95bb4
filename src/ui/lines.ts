import {bytesShort, percentTenths, timeOfDay} from '../core/format.js';
import {type Safe, safe, safeText, trimSafe} from '../core/safe.js';
import {cut, widthOf} from '../core/width.js';
import type {Area} from './area.js';
import {type Trouble, troublesOf, wellText} from './headline.js';
import {bindings} from './keys-table.js';
import type {Scene} from './scene.js';

/** The first line: whose machine, what is wrong, what time it is. The clock stays longest, then the trouble, then the name. */
export function paintHeader(area: Area, scene: Scene): void {
	const {snapshot, look, view, symbols} = scene;
	const clock = view.isFrozen ? safe` frozen ${timeOfDay(snapshot.at)} ` : safe` ${timeOfDay(snapshot.at)} `;
	const end = area.right(area.columns, 0, clock, view.isFrozen ? look.inverse : look.text) - 1;
	const name = cut(snapshot.host, Math.max(0, Math.min(30, Math.floor(end / 3))));
	const x = area.text(1, 0, name, look.strong) + 2;
	const troubles = troublesOf(snapshot);

	if (troubles.length === 0) {
		const behind = area.text(x, 0, safe`all well`, look.strongLevel.ok, end - x);
		area.text(behind, 0, wellText(snapshot, symbols.dot), look.text, end - behind);
		return;
	}

	paintTroubles(area, x, end, troubles, scene);
}

function paintTroubles(
	area: Area,
	from: number,
	end: number,
	troubles: readonly Trouble[],
	{look, symbols}: Scene,
): void {
	let x = from;

	for (const [index, {level, text}] of troubles.entries()) {
		const left = troubles.length - index - 1;
		const more = left > 0 ? safe` +${left}` : safe``;
		const word = symbols.levelWord[level];
		const isFirst = index === 0;

		// The first is cut to what there is; of the others only those that fit whole are worth their place.
		if (!isFirst && x + widthOf(word) + 1 + widthOf(text) + widthOf(more) > end) {
			area.text(x - 1, 0, safe`+${left + 1}`, look.strong, end - x + 1);
			return;
		}

		x = area.text(x, 0, safe`${word} `, look.strongLevel[level], end - x);
		x = area.text(x, 0, text, look.text, end - x - widthOf(more)) + 2;
	}
}

/** The last line: the keys that work now, and what healthtop itself costs. */
export function paintFooter(area: Area, {snapshot, look}: Scene): void {
	const [cpu, memory] = [snapshot.series.get('self.cpu'), snapshot.series.get('self.memory')];
	const cost = safe`me ${trimSafe(percentTenths(cpu))} ${bytesShort(memory)} `;
	const end = area.columns - widthOf(cost) - 1;
	let x = 1;

	for (const {keys, footer} of bindings) {
		const key = safeText(keys[0] ?? '');

		if (footer && x + widthOf(key) + 1 + widthOf(footer) <= end) {
			x = area.text(x, 0, key, look.strong) + 1;
			x = area.text(x, 0, footer, look.dim) + 2;
		}
	}

	area.right(area.columns, 0, cost, look.dim);
}

/** What stands in a panel that could not be painted or has nothing to show, and why. */
export function paintReason(area: Area, reason: Safe, {look}: Pick<Scene, 'look'>): void {
	area.text(0, 0, reason, look.level.warning);
}
