import {dayOfWeek, dayOfYear, span, timeOfDay} from '../core/format.js';
import type {PastEvent} from '../core/history.js';
import {parseMoment} from '../core/parse-moment.js';
import {type Safe, safe, safeText, tailSafe} from '../core/safe.js';
import {cut, widthOf} from '../core/width.js';
import type {Area} from './area.js';
import {type Away, awaySince, awayText, shortAwayText} from './away.js';
import {joinedTroubles, quietText, standingTroubles, type Trouble, troublesOf} from './headline.js';
import {costText, placedHints} from './hints.js';
import type {Notice} from './notice.js';
import type {Scene} from './scene.js';

/** The first line: whose machine, what is wrong, what time it is. The clock stays longest, then the trouble, then the name. */
export function paintHeader(area: Area, scene: Scene): void {
	const {snapshot, look, view, standing} = scene;
	const isStill = view.isFrozen || view.time.past !== undefined || standing.trouble !== undefined;
	const clock = area.right(area.columns, 0, clockOf(scene), isStill ? look.inverse : look.text);
	const range = view.time.span === 'readings' ? safe`` : safe` last ${safeText(view.time.span)} `;
	const troubles = joinedTroubles(standingTroubles(standing), troublesOf(snapshot));
	const away = snapshot.past || view.isFrozen ? undefined : awaySince(snapshot.alerts, view.keyAt, snapshot.at);
	const missed = away && troubles.length > 0 ? awayBeside(away, area.columns) : safe``;
	const ranged = area.right(clock, 0, range, look.dim);
	const end = area.right(ranged, 0, missed, look.inverse) - 1;
	// On a narrow screen the trouble is worth more than the name.
	const hasName = troubles.length === 0 || end >= 40;
	const name = cut(snapshot.host, hasName ? Math.min(30, Math.floor(end / 3)) : 0);
	const x = hasName ? area.text(1, 0, name, look.strong) + 2 : 1;

	if (snapshot.intervalMs === 0 && !standing.trouble) {
		area.text(x, 0, safe`first reading`, look.dim, end - x);
		return;
	}

	const told = eventNear(scene) ?? (snapshot.past && !snapshot.past.values ? safe`nothing was read then` : undefined);

	if (told && !standing.trouble) {
		area.text(x, 0, told, look.level.warning, end - x);
		return;
	}

	if (troubles.length === 0) {
		paintQuiet(area.part({x: 0, y: 0, columns: end, rows: 1}), x, away, scene);
		return;
	}

	paintTroubles(area, x, end, troubles, scene);
}

/** What was missed, where troubles want the line, too. */
function awayBeside(away: Away, columns: number): Safe {
	return columns >= 110 ? safe` ${awayText(away)} ` : columns >= 78 ? safe` ${shortAwayText(away)} ` : safe``;
}

/** That all is well, and what was not while nobody looked; else what there is to know. */
function paintQuiet(area: Area, x: number, away: Away | undefined, {snapshot, look, symbols, standing}: Scene): void {
	const {note} = standing;
	// Whoever only watches has no alerts.
	const {isWell, text} = quietText(snapshot, symbols.dot, note === undefined ? undefined : true);
	const behind = isWell ? area.text(x, 0, safe`all well`, look.strongLevel.ok) : x;

	if (away && isWell) {
		const dot = area.text(behind, 0, safe` ${symbols.dot} `, look.text);
		area.text(dot, 0, awayText(away), look.strong);
		return;
	}

	area.text(behind, 0, safe`${text}${note ? safe` ${symbols.dot} ${note}` : safe``}`, look.text);
}

/** Within it a day of the week says which one it is. */
const weekMs = 6 * 86_400_000;

/** ` 03:14:51 `; of the past how long ago it is, and over what its values are means: ` ◀ Sat 21 03:12:40 · 2h 4m ago `. */
function clockOf({snapshot, newest, view, symbols}: Scene): Safe {
	const {past} = snapshot;

	if (!past) {
		return view.isFrozen ? safe` frozen ${timeOfDay(snapshot.at)} ` : safe` ${timeOfDay(snapshot.at)} `;
	}

	const ms = newest - snapshot.at;
	const isToday = dayOfYear(snapshot.at) === dayOfYear(newest) && ms < weekMs;
	const day = isToday ? safe`` : safe`${ms < weekMs ? dayOfWeek(snapshot.at) : dayOfYear(snapshot.at)} `;
	const minutes = past.values ? (past.values.to - past.values.from) / 60_000 : 0;
	const mean = minutes > 0 ? safe` mean of ${minutes}m` : safe``;
	// After the clock was set back it can be later than now.
	const ago = ms < 0 ? safe`${symbols.dot} ahead` : safe`${symbols.dot} ${span(ms / 1000)} ago`;
	return safe` ${symbols.back} ${day}${timeOfDay(snapshot.at)}${mean} ${ago} `;
}

/** What happened to time at the moment that is shown. */
function eventNear({timeline, view, symbols}: Scene): Safe | undefined {
	const cursor = view.time.past ? timeline.cursor(nearValues) : undefined;
	const near = timeline.marks(nearValues).find(({index}) => index === cursor)?.event;
	return near && safe`${symbols.mark} ${eventTexts[near.kind](span(Math.abs(near.ms) / 1000), near.ms < 0)}`;
}

/** An event is told where it is no farther from the cursor than one of so many steps of the graphs. */
const nearValues = 60;

const eventTexts: Readonly<Record<PastEvent['kind'], (time: Safe, isBack: boolean) => Safe>> = {
	started: () => safe`healthtop was started`,
	'clock-set': (time, isBack) =>
		isBack ? safe`the clock was set back by ${time}` : safe`the clock was set on by ${time}`,
	suspended: time => safe`the machine was suspended for ${time}`,
	stalled: time => safe`healthtop was stopped for ${time}`,
};

function paintTroubles(
	area: Area,
	from: number,
	end: number,
	troubles: readonly Trouble[],
	{look, symbols, standing: {note}}: Scene,
): void {
	let x = from;

	for (const [index, trouble] of troubles.entries()) {
		const word = symbols.levelWord[trouble.level];
		const left = troubles.length - index - 1;
		const more = left > 0 ? safe` +${left}` : safe``;
		const needed = widthOf(word) + 1 + leastOf(trouble) + widthOf(more);

		// The first is cut to what there is; others are told as far as they are worth their place.
		if (index > 0 && x + needed > end) {
			area.text(x - 1, 0, safe`+${left + 1}`, look.strong, end - x + 1);
			return;
		}

		x = area.text(x, 0, safe`${word} `, look.strongLevel[trouble.level], end - x);
		const room = end - x - widthOf(more);
		const text = index === 0 ? firstText(troubles, room, symbols) : trouble.text;
		x = area.text(x, 0, text, look.text, room) + 2;
	}

	if (note && x + widthOf(note) <= end) {
		area.text(x, 0, note, look.dim);
	}
}

/** Columns that are worth it of what is wrong with the configuration. */
const leastConfiguration = 24;

/** Columns that a trouble behind the first needs: that one of the configuration is there counts more than its end. */
function leastOf({text, isConfiguration, least = widthOf(text)}: Trouble): number {
	return Math.min(widthOf(text), isConfiguration ? leastConfiguration : least);
}

/** All that there is to say of the first, or less where only that leaves the configuration its place behind it. */
function firstText([first, second]: readonly Trouble[], room: number, {levelWord}: Scene['symbols']): Safe {
	const [text, whole] = [first?.text ?? safe``, first?.whole ?? first?.text ?? safe``];

	if (!second?.isConfiguration) {
		return whole;
	}

	const before = room - 2 - widthOf(levelWord[second.level]) - 1 - leastOf(second);
	return widthOf(whole) > before && widthOf(text) <= before ? text : whole;
}

/** What the last key came to. */
function paintNotice(area: Area, {level, text}: Notice, {look, symbols}: Scene): void {
	const x = area.text(1, 0, symbols.level[level], look.strongLevel[level]) + 1;
	area.text(x, 0, text, look.text);
}

type Field = {
	readonly label: Safe;
	readonly text: string;
	readonly problem: Safe | undefined;
	readonly hint: Safe;
};

/** What is being typed. */
function fieldOf({filter, view: {moment}, newest}: Scene): Field | undefined {
	if (moment) {
		const {text} = moment;
		const parsed = text.trim() === '' ? undefined : parseMoment(text, newest);
		const hint = safe`03:12, yesterday 22:00, sat 03:12, 2h ago   enter goes   esc leaves`;
		return {label: safe`go to`, text, problem: parsed && !parsed.ok ? parsed.problem : undefined, hint};
	}

	const hint = safe`words, cpu>5 and user=root, /pattern/   enter keeps   esc leaves`;
	return filter.before === undefined ? undefined : {label: safe`filter`, ...filter, hint};
}

/** A text field as the last line: what was typed, and what to write instead or what can be written. */
function paintField(area: Area, {label: name, text, problem, hint}: Field, {look}: Scene): void {
	const label = area.text(1, 0, safe`${name} `, look.dim);
	const shown = safeText(text);
	const room = Math.max(1, area.columns - label - 2);
	const typed = area.text(label, 0, tailSafe(shown, Math.max(0, shown.length - room)), look.strong);
	const x = area.text(typed, 0, safe` `, look.inverse) + 1;
	area.text(x, 0, cut(problem ?? hint, Math.max(0, area.columns - x)), problem ? look.level.warning : look.dim);
}

/** The last line: the keys that work now, and what healthtop itself costs; or the filter while it is typed. */
export function paintFooter(area: Area, scene: Scene): void {
	if (scene.view.notice) {
		paintNotice(area, scene.view.notice, scene);
		return;
	}

	const field = fieldOf(scene);

	if (field) {
		paintField(area, field, scene);
		return;
	}

	const {look} = scene;

	for (const {x, key, text} of placedHints(scene, area.columns)) {
		area.text(area.text(x, 0, key, look.strong) + 1, 0, text, look.dim);
	}

	area.right(area.columns, 0, costText(scene), look.dim);
}

/** What stands in a panel that could not be painted or has nothing to show, and why. */
export function paintReason(area: Area, reason: Safe, {look}: Pick<Scene, 'look'>): void {
	area.text(0, 0, reason, look.level.warning);
}
