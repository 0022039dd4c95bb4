import {shortOf} from './query-error.js';
import {type Safe, safe} from './safe.js';

/** A moment as it was meant, wall clock, ms, or what to write instead. */
export type ParsedMoment = {readonly ok: true; readonly at: number} | {readonly ok: false; readonly problem: Safe};

const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Nobody means a moment before that; a number of years without its century is no year. */
const earliest = Date.UTC(1970, 0, 2);

/** The middle of the second that is written: what was read in it is nearest to it then, and not what was read just before. */
const half = 500;

/** A time of the day, and perhaps the day before it. */
const clock = /^(?:(yesterday|today|[a-z]{3,9}|\d{4}-\d\d-\d\d)[ t]+)?(\d{1,2}):(\d\d)(?::(\d\d))?$/;
const ago = /^-?((?:\d+(?:\.\d+)?[smhd] ?)+)(ago)?$/;

/**
 * What a person writes for a moment before `now` (wall clock, ms), in the local time zone: `03:12`, `03:12:40` (the last time it was so late),
 * `yesterday 22:00`, `sat 03:12`, `2026-11-20 03:12`, `2h ago`, `1h30m ago`, `-90s`.
 */
export function parseMoment(text: string, now: number): ParsedMoment {
	const written = text.trim().toLowerCase();
	const clockAt = atClock(written, now);
	const at = clockAt === undefined ? beforeNow(written, now) : Math.min(Math.max(now, clockAt), clockAt + half);

	if (at === undefined || !(at >= earliest)) {
		return {ok: false, problem: safe`'${shortOf(text.trim())}' is no moment: 03:12, yesterday 22:00, 2h ago`};
	}

	return at > now ? {ok: false, problem: safe`that has not been yet`} : {ok: true, at};
}

function beforeNow(text: string, now: number): number | undefined {
	const parts = ago.exec(text)?.[1]?.match(/[\d.]+[smhd]/g);
	return parts?.reduce((at, part) => at - Number(part.slice(0, -1)) * (units[part.at(-1) ?? ''] ?? 0), now);
}

function atClock(text: string, now: number): number | undefined {
	const [, day, hour = '', minute = '', second = '0'] = clock.exec(text) ?? [];
	const time = [Number(hour), Number(minute), Number(second)] as const;

	if (hour === '' || time[0] > 23 || time[1] > 59 || time[2] > 59) {
		return undefined;
	}

	const start = new Date(now);
	const at = (daysBack: number) =>
		new Date(start.getFullYear(), start.getMonth(), start.getDate() - daysBack, ...time).getTime();

	if (day === undefined) {
		return at(0) > now ? at(1) : at(0);
	}

	if (day === 'today' || day === 'yesterday') {
		return at(day === 'today' ? 0 : 1);
	}

	return /^\d/.test(day) ? onDate(day, time) : lastWeekday(day, at, start);
}

/** Undefined for a day that the calendar does not have. */
function onDate(date: string, time: readonly [number, number, number]): number | undefined {
	const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
	const at = new Date(year, month - 1, day, ...time);
	return at.getMonth() === month - 1 && at.getDate() === day ? at.getTime() : undefined;
}

/** Today where it is that day and so late already, else in the week before. */
function lastWeekday(day: string, at: (daysBack: number) => number, now: Date): number | undefined {
	const wanted = days.findIndex(name => day === name || day === name.slice(0, 3));

	if (wanted < 0) {
		return undefined;
	}

	const back = (now.getDay() - wanted + 7) % 7;
	return back === 0 && at(0) > now.getTime() ? at(7) : at(back);
}
