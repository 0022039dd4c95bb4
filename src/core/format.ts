import type {Safe} from './safe.js';

/** What stands where a number is not known yet, or cannot be known. */
export const unknown = '-' as Safe;

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const decimalUnits = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s', 'PB/s'];

/** Memory and space in powers of 1024, always 8 columns: ` 612 GiB`, ` 1.2 GiB`, `   512 B`. */
export function bytes(value: number | undefined): Safe {
	return scaled(value, 1024, binaryUnits, 8);
}

/** A rate in powers of 1000, always 8 columns: `1.2 MB/s`, `310 kB/s`, `   0 B/s`. */
export function bytesPerSecond(value: number | undefined): Safe {
	return scaled(value, 1000, decimalUnits, 8);
}

/** Two rates in the unit of the larger: numbers in 3 columns each, and the unit. */
export function ratesTogether(a: number | undefined, b: number | undefined): readonly [Safe, Safe, Safe] {
	const largest = Math.max(a ?? 0, b ?? 0);
	let power = 0;

	while (largest / 1000 ** power >= 999.5 && power < decimalUnits.length - 1) {
		power += 1;
	}

	const number = (value: number | undefined) => {
		const scaled = (value ?? 0) / 1000 ** power;
		return (value === undefined ? unknown : scaled.toFixed(power > 0 && scaled < 9.95 ? 1 : 0)).padStart(3) as Safe;
	};
	return [number(a), number(b), (decimalUnits[power] ?? '') as Safe];
}

/** As `bytes`, without the padding. */
export function bytesShort(value: number | undefined): Safe {
	return bytes(value).trim() as Safe;
}

/** A whole percentage in 4 columns: ` 23%`, `100%`. */
export function percent(value: number | undefined): Safe {
	return (value === undefined ? unknown : `${Math.round(value)}%`).padStart(4) as Safe;
}

/** A percentage rounded up, as `df` does: 94.1 % used is shown as 95 %. */
export function percentUp(value: number | undefined): Safe {
	return (value === undefined ? unknown : `${Math.ceil(value - 1e-9)}%`).padStart(4) as Safe;
}

/** One decimal in 5 columns: ` 12.1`, `100.0`, ` 1250` from 1000 on. */
export function tenths(value: number | undefined): Safe {
	if (value === undefined) {
		return unknown.padStart(5) as Safe;
	}

	return (value < 999.95 ? value.toFixed(1) : value.toFixed(0)).padStart(5) as Safe;
}

/** A percentage with one decimal in 6 columns: ` 12.1%`. */
export function percentTenths(value: number | undefined): Safe {
	return (value === undefined ? unknown.padStart(6) : `${tenths(value)}%`) as Safe;
}

/** Two decimals in at least 5 columns: ` 0.42`. */
export function hundredths(value: number | undefined): Safe {
	return (value === undefined ? unknown : value.toFixed(2)).padStart(5) as Safe;
}

/** A time span in its two largest units, at most 7 columns: `12d 3h`, `23h 59m`, `2m14s`, `40s`. */
export function span(seconds: number): Safe {
	const s = Math.max(0, Math.floor(seconds));
	const [days, hours, minutes] = [Math.floor(s / 86_400), Math.floor(s / 3600) % 24, Math.floor(s / 60) % 60];

	if (days > 0) {
		return (days > 99 ? `${days}d` : `${days}d ${hours}h`) as Safe;
	}

	if (hours > 0) {
		return `${hours}h ${minutes}m` as Safe;
	}

	return (minutes > 0 ? `${minutes}m${s % 60}s` : `${s}s`) as Safe;
}

/** A time span in its largest unit, as a forecast deserves: `~40m`, `~5h`, `~2d`. */
export function about(seconds: number): Safe {
	const minutes = Math.max(1, Math.round(seconds / 60));

	if (minutes < 60) {
		return `~${minutes}m` as Safe;
	}

	return (minutes < 48 * 60 ? `~${Math.round(minutes / 60)}h` : `~${Math.round(minutes / 1440)}d`) as Safe;
}

/** `03:14:51` in the local time zone. */
export function timeOfDay(at: number): Safe {
	return twoDigits(new Date(at), date => [date.getHours(), date.getMinutes(), date.getSeconds()]);
}

/** `03:14` in the local time zone. */
export function clockTime(at: number): Safe {
	return twoDigits(new Date(at), date => [date.getHours(), date.getMinutes()]);
}

/** `Sat 21` in the local time zone. */
export function dayOfWeek(at: number): Safe {
	const date = new Date(at);
	return `${weekdays[date.getDay()]} ${String(date.getDate()).padStart(2, '0')}` as Safe;
}

/** `Nov 21` in the local time zone. */
export function dayOfYear(at: number): Safe {
	const date = new Date(at);
	return `${months[date.getMonth()]} ${String(date.getDate()).padStart(2, '0')}` as Safe;
}

/** `2026-11-21` in the local time zone. */
export function calendarDate(at: number): Safe {
	const date = new Date(at);
	const [month, day] = [date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0'));
	return `${date.getFullYear()}-${month}-${day}` as Safe;
}

/** A moment near `now`, in at most 12 columns: `03:14:51` on the same day, `Nov 21 03:14` in its year, else `2025-11-21`. */
export function nearTime(at: number, now: number): Safe {
	const [then, today] = [new Date(at), new Date(now)];

	if (then.toDateString() === today.toDateString()) {
		return timeOfDay(at);
	}

	return then.getFullYear() === today.getFullYear() ? (`${dayOfYear(at)} ${clockTime(at)}` as Safe) : calendarDate(at);
}

/** When something started, in 5 columns: `03:14` today, `Nov21` this year, ` 2024` before. */
export function startTime(at: number, now: number): Safe {
	const [then, today] = [new Date(at), new Date(now)];

	if (Number.isNaN(then.getTime())) {
		return unknown.padStart(5) as Safe;
	}

	if (then.toDateString() === today.toDateString()) {
		return twoDigits(then, date => [date.getHours(), date.getMinutes()]);
	}

	if (then.getFullYear() === today.getFullYear()) {
		return `${months[then.getMonth()]}${String(then.getDate()).padStart(2, '0')}` as Safe;
	}

	return String(then.getFullYear()).padStart(5) as Safe;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function twoDigits(date: Date, parts: (date: Date) => number[]): Safe {
	return parts(date)
		.map(part => String(part).padStart(2, '0'))
		.join(':') as Safe;
}

/** At most three digits before the unit (four below the next power of 1024): the width never changes. */
function scaled(value: number | undefined, base: number, units: readonly string[], width: number): Safe {
	if (value === undefined) {
		return unknown.padStart(width) as Safe;
	}

	let [rest, power] = [Math.max(0, value), 0];

	while (rest >= base - 0.5 && power < units.length - 1) {
		rest /= base;
		power += 1;
	}

	const digits = power > 0 && rest < 9.95 ? rest.toFixed(1) : rest.toFixed(0);
	return `${digits} ${units[power]}`.padStart(width) as Safe;
}
