import {checkState, checkStateWords, knownSince} from '../../core/check-state.js';
import {nearTime, span} from '../../core/format.js';
import {repeatSafe, safe} from '../../core/safe.js';
import type {Check} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {type Block, paintBlocks} from './blocks.js';
import {stateStyle} from './service-cells.js';
import {paintServiceRows} from './service-columns.js';
import {shownService} from './service-rows.js';
import {below, wideRule} from './zoomed-parts.js';
import {
	certificateBlock,
	conditionsBlock,
	factsBlock,
	reasonBlock,
	stagesBlock,
	summaryBlock,
} from './zoomed-service-now.js';
import {changesBlock, responsesBlock} from './zoomed-service-past.js';

/** From this width on what is and what was stand beside each other. */
const twoColumns = 100;

/** The list, of which `rows` are seen, and below it all about the service that the bar is on. */
export function paintZoomedService(area: Area, rows: readonly Check[], scene: Scene): void {
	const check = shownService(scene);
	const [list = area, rule = area, rest = area] = below(area, [rows.length, 1, area.rows - rows.length - 1]);
	paintServiceRows(list, rows, check?.check, scene);

	if (check) {
		paintRule(rule, check, scene);
		paintAll(rest, check, scene);
	}
}

/** `── orders-db  mysql ──────────── ✗ CRIT since 03:12:37, for 2m14s ──`. */
function paintRule(area: Area, check: Check, scene: Scene): void {
	const {look, symbols, snapshot} = scene;
	const state = checkState(check);
	area.text(0, 0, repeatSafe(symbols.rule, area.columns), look.border);
	const known = knownSince(check, snapshot);
	const when = area.columns >= wideRule ? safe`since ${nearTime(check.since, snapshot.at)}, ` : safe``;
	const since = known === undefined ? safe`` : safe`${when}for ${span((snapshot.at - known) / 1000)} `;
	const word = safe` ${symbols.check[state]} ${checkStateWords[state]} `;
	const sinceAt = area.right(area.columns - 2, 0, since, look.text);
	const wordAt = area.right(sinceAt, 0, word, stateStyle(state, look));
	const x = area.text(2, 0, safe` ${check.name} `, look.strong, wordAt - 4);
	const type = safe` ${check.type} `;
	area.text(x, 0, x + widthOf(type) + 1 <= wordAt ? type : safe``, look.dim);
}

function paintAll(area: Area, check: Check, scene: Scene): void {
	const {columns} = area;
	const half = columns >= twoColumns ? Math.floor((columns - 3) / 2) : columns;
	const head = [...reasonBlock(check, columns, scene), ...summaryBlock(check, columns, scene)];
	const conditions = conditionsBlock(check.result?.conditions ?? [], scene);
	const stages = stagesBlock(check.result?.stages ?? [], half, scene);
	const rest = [...certificateBlock(check, scene), ...factsBlock(check, half, scene)];
	const now = [...conditions, ...stages, ...rest];

	if (half === columns || now.length === 0) {
		// In the order in which somebody asks: why, what of it, since when.
		paintBlocks(area, [...head, ...conditions, ...stages, ...pastBlocks(check, columns, scene), ...rest]);
		return;
	}

	const wanted = head.reduce((sum, {most}) => sum + most, 0) + head.length;
	const headRows = Math.min(Math.floor(area.rows / 2), wanted);
	const [top = area, lower = area] = below(area, [headRows, area.rows - headRows]);
	paintBlocks(top, head);
	paintBlocks(lower.part({x: 0, y: 0, columns: half, rows: lower.rows}), now);
	paintBlocks(lower.part({x: columns - half, y: 0, columns: half, rows: lower.rows}), pastBlocks(check, half, scene));
}

function pastBlocks(check: Check, columns: number, scene: Scene): readonly Block[] {
	return [...responsesBlock(check, columns, scene), ...changesBlock(check, scene)];
}
