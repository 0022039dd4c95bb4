import type {Alert} from '../../core/alerts/alert.js';
import {alertShown, alertWords} from '../../core/alerts/alert-words.js';
import {nearTime, span} from '../../core/format.js';
import {repeatSafe, type Safe, safe, safeText} from '../../core/safe.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {alertStyle} from './alert-cells.js';
import {paintAlertRows} from './alert-columns.js';
import {type Block, paintBlocks} from './blocks.js';
import {factsBlock, lastAnswerBlocks, runbookBlock, sayBlock} from './zoomed-alert-now.js';
import {processesBlock, timelineBlock} from './zoomed-alert-past.js';
import {hourBlock, liveBlock} from './zoomed-alert-values.js';
import {below, wideRule} from './zoomed-parts.js';

/** From this width on numbers and words are beside each other. */
const twoColumns = 100;

/** The list, of which `rows` are seen, and below it all about the incident that the bar is on. */
export function paintZoomedAlert(area: Area, rows: readonly Alert[], scene: Scene): void {
	const alert = shownAlert(scene);
	const [list = area, rule = area, rest = area] = below(area, [rows.length, 1, area.rows - rows.length - 1]);
	paintAlertRows(list, rows, alert?.incident, scene);

	if (alert) {
		paintRule(rule, alert, scene);
		paintAll(rest, alert, scene);
	}
}

/** The alert that the bar is on, else the worst. */
function shownAlert({snapshot: {alerts}, view}: Scene): Alert | undefined {
	return alerts.find(({incident}) => incident === view.bars.alerts?.id) ?? alerts[0];
}

/** `── orders-db  check  k3f9 ──────── ✗ CRIT since 03:12:37, for 2m14s ──`. */
function paintRule(area: Area, alert: Alert, scene: Scene): void {
	const {look, symbols} = scene;
	const shown = alertShown(alert);
	area.text(0, 0, repeatSafe(symbols.rule, area.columns), look.border);
	const word = safe` ${symbols.alert[shown]} ${alertWords[shown]} `;
	const whenAt = area.right(area.columns - 2, 0, whenText(alert, area.columns >= wideRule, scene), look.text);
	const wordAt = area.right(whenAt, 0, word, alertStyle(alert, look));
	const x = area.text(2, 0, safe` ${alert.title} `, look.strong, wordAt - 4);
	const about = safe` ${alert.of}  ${safeText(alert.incident)} `;
	area.text(x, 0, x + widthOf(about) + 1 <= wordAt ? about : safe``, look.dim);
}

function whenText({since, endedAt}: Alert, isLong: boolean, {snapshot: {at}}: Scene): Safe {
	if (endedAt !== undefined) {
		const lasted = isLong ? safe`, lasted ${span((endedAt - since) / 1000)}` : safe``;
		return safe`${span((at - endedAt) / 1000)} ago${lasted} `;
	}

	return safe`${isLong ? safe`since ${nearTime(since, at)}, ` : safe``}for ${span((at - since) / 1000)} `;
}

function paintAll(area: Area, alert: Alert, scene: Scene): void {
	const {columns} = area;
	const half = columns >= twoColumns ? Math.floor((columns - 3) / 2) : columns;
	const head = [
		...sayBlock(alert, columns, scene),
		...factsBlock(alert, columns, scene),
		...runbookBlock(alert, scene),
	];
	const values = [...hourBlock(alert, half, scene), ...processesBlock(alert, half, scene)];
	const live = liveBlock(alert, half, scene);
	const answer = lastAnswerBlocks(alert, half, scene);
	const timeline = timelineBlock(alert, scene);

	if (half === columns || values.length + live.length === 0) {
		// In the order in which somebody asks: what, what has been done, what it looked like, what it looks like now.
		paintBlocks(area, [...head, ...answer, ...values, ...timeline, ...live]);
		return;
	}

	const wanted = head.reduce((sum, {most}) => sum + most, 0) + head.length;
	const headRows = Math.min(Math.floor(area.rows / 2), wanted);
	const [top = area, lower = area] = below(area, [headRows, area.rows - headRows]);
	const part = (x: number) => lower.part({x, y: 0, columns: half, rows: lower.rows});
	paintBlocks(top, head);
	paintBlocks(part(0), inColumn([...values, ...live]));
	paintBlocks(part(columns - half), [...timeline, ...answer]);
}

/** Two graphs below each other: the one of now takes what is left. */
function inColumn(blocks: readonly Block[]): readonly Block[] {
	const taker = blocks.findLastIndex(({takesRest}) => takesRest);
	return blocks.map(({takesRest, ...block}, index) => (takesRest && index === taker ? {...block, takesRest} : block));
}
