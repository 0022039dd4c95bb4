import type {CheckStatus} from '../../core/check.js';
import {type CheckState, checkReason, checkState, checkStateWords, knownSince} from '../../core/check-state.js';
import {attemptText, responseTime, uptimeText} from '../../core/check-words.js';
import {nearTime, span, startTime} from '../../core/format.js';
import {repeatSafe, type Safe, safe, trimSafe} from '../../core/safe.js';
import type {Check} from '../../core/snapshot.js';
import {cut, widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import type {Look} from '../theme.js';
import {paintResponses} from './service-responses.js';

/** A cell of a service's row; `own` is the style of all its text where the row has one, under the bar. */
export type PaintCell = (cell: Area, check: Check, scene: Scene, own: number | undefined) => void;

/** The style of a state's sign and word. */
export function stateStyle(state: CheckState, {level, strongLevel, strong, dim}: Look): number {
	switch (state) {
		case 'critical':
		case 'warning':
		case 'ok':
			return strongLevel[state];
		case 'unknown':
			return strong;
		case 'failing':
			return level.warning;
		case 'held':
		case 'waiting':
			return dim;
	}
}

/** `✗ CRIT`. */
export const paintState: PaintCell = (cell, check, {look, symbols}, own) => {
	const state = checkState(check);
	cell.text(0, 0, safe`${symbols.check[state]} ${checkStateWords[state]}`, own ?? stateStyle(state, look));
};

/** What a row says of a service: why it is not ok, or what was found. */
type What = {
	readonly text: Safe;
	readonly isDim?: true;
	/** Response time, where the text is what was found. */
	readonly ms?: number | undefined;
	/** Which one it is of how many that change the state: never cut. */
	readonly attempt: Safe;
};

function whatOf(check: Check, {snapshot}: Scene, hasReason: boolean): What {
	const {result, blockedBy} = check;
	const attempt = hasReason ? safe`` : attemptText(check);

	if (blockedBy !== undefined) {
		return {text: safe`blocked by ${blockedBy}`, isDim: true, attempt};
	}

	if (!result) {
		return {text: safe`no result, due ${nearTime(check.dueAt, snapshot.at)}`, isDim: true, attempt};
	}

	const {reason, text, ms} = result;

	if (reason !== undefined && !hasReason) {
		return {text: reason, attempt};
	}

	// What a program says is both; once is enough.
	return {text: hasReason && text === reason ? safe`` : text, ms, attempt};
}

/** Columns of a response time. */
const msColumns = 7;

/** `200     42 ms ▁▁▂▁▁▁▃▁▁`, `refused on 127.0.0.1:3306 2/3`. What is found comes before how long it took, and that before its past. */
function paintWhat(cell: Area, check: Check, scene: Scene, own: number | undefined, hasReason: boolean): void {
	const {look} = scene;
	const {text, isDim, ms, attempt} = whatOf(check, scene, hasReason);
	const style = own ?? (isDim ? look.dim : look.text);

	if (attempt !== '') {
		const end = cell.text(0, 0, text, style, cell.columns - widthOf(attempt) - 1);
		cell.text(end === 0 ? 0 : end + 1, 0, attempt, own ?? look.level.warning);
		return;
	}

	const end = cell.text(0, 0, text, style);

	if (ms === undefined) {
		return;
	}

	const time = responseTime(ms);
	const graphColumns = cell.columns >= 20 ? Math.min(24, Math.floor(cell.columns * 0.36)) : 0;
	const graphAt = cell.columns - graphColumns;
	const isBeside = graphColumns > 0 && end + 1 + Math.max(msColumns, widthOf(time)) + 1 <= graphAt;
	const timeEnd = isBeside ? graphAt - 1 : cell.columns;

	if (end === 0 || end + 1 + widthOf(time) <= timeEnd) {
		cell.right(timeEnd, 0, time, style);
	}

	if (isBeside) {
		paintResponses(cell.part({x: graphAt, y: 0, columns: graphColumns, rows: 1}), check, scene, own ?? look.services);
	}
}

/** What was found, or instead why it is not ok. */
export const paintWhatOrReason: PaintCell = (cell, check, scene, own) => paintWhat(cell, check, scene, own, false);

/** What was found, where the reason has a column of its own. */
export const paintFound: PaintCell = (cell, check, scene, own) => paintWhat(cell, check, scene, own, true);

export const paintReason: PaintCell = (cell, check, {look}, own) => {
	const reason = check.blockedBy === undefined ? checkReason(check) : check.result?.reason;
	const attempt = attemptText(check);
	const room = attempt === '' ? cell.columns : cell.columns - widthOf(attempt) - 1;
	const end = cell.text(0, 0, reason ?? safe``, own ?? look.text, room);
	cell.text(end === 0 ? 0 : end + 1, 0, attempt, own ?? look.level.warning);
};

const statusOf: Readonly<Record<string, CheckStatus>> = {o: 'ok', w: 'warning', c: 'critical'};

/** The last results, newest at the right end. */
export const paintRecent: PaintCell = (cell, {recent}, {look, symbols}, own) => {
	const styles: Record<CheckStatus, number> = {
		ok: look.strongLevel.ok,
		warning: look.level.warning,
		critical: look.level.critical,
		unknown: look.dim,
	};
	const letters = recent.slice(-cell.columns).padStart(cell.columns, 'u');

	for (const {index, 0: run} of letters.matchAll(/(.)\1*/g)) {
		const status = statusOf[run[0] ?? ''] ?? 'unknown';
		cell.text(index, 0, repeatSafe(symbols.result[status], run.length), own ?? styles[status]);
	}
};

export const paintUptime: PaintCell = (cell, check, {look}, own) => {
	cell.right(cell.columns, 0, uptimeText(check), own ?? look.dim);
};

/** For how long it has been as it is, where that is known. */
export const paintSince: PaintCell = (cell, check, {snapshot, look}, own) => {
	const since = knownSince(check, snapshot);
	const text = since === undefined ? safe`` : safe`for ${span((snapshot.at - since) / 1000)}`;
	cell.right(cell.columns, 0, text, own ?? (check.status === 'ok' ? look.dim : look.text));
};

/** In one column: of what is not ok how long that has been so. */
export const paintUptimeOrSince: PaintCell = (cell, check, scene, own) => {
	const isWell = check.blockedBy === undefined && (check.status === 'ok' || check.status === 'waiting');

	if (isWell) {
		paintUptime(cell, check, scene, own);
	} else {
		paintSince(cell, check, scene, own);
	}
};

/** `03:14:51` today, else the day, the year. */
function shortTime(at: number, now: number): Safe {
	const near = nearTime(at, now);
	return widthOf(near) === 8 ? near : trimSafe(startTime(at, now));
}

/** When its state has changed last. */
export const paintChanged: PaintCell = (cell, {changes: [last]}, {snapshot, look}, own) => {
	cell.text(0, 0, last ? safe`changed ${shortTime(last.at, snapshot.at)}` : safe``, own ?? look.dim);
};

/** When it is asked next. */
export const paintDue: PaintCell = (cell, {dueAt}, {snapshot, look}, own) => {
	cell.text(0, 0, snapshot.past ? safe`` : safe`due ${shortTime(dueAt, snapshot.at)}`, own ?? look.dim);
};

export const paintName: PaintCell = (cell, {name}, {look}, own) => {
	cell.text(0, 0, cut(name, cell.columns), own ?? look.text);
};
