import * as z from 'zod';
import {durationOption} from './duration-option.js';

/** Five fields, or one of the names that stand for some. What they may be is croner's to say. */
const cronPattern = /^(?:@(?:hourly|daily|midnight|weekly|monthly|yearly|annually)|\S+(?: +\S+){4})$/i;

const cronMessage =
	'must be five fields as cron has them, minute, hour, day, month and weekday: "0 8 * * 1-5" is at 8 from Monday to Friday';

/** When something counts: from each moment that a cron expression names, for so long. The program for it is loaded with the first one. */
export const hoursOption = z
	.strictObject({
		cron: z.string().meta({description: 'When it begins to count: minute, hour, day, month, weekday.'}),
		duration: durationOption('1m', '31d').meta({description: 'How long it does then, "1m" to "31d".'}),
		timezone: z
			.string()
			.refine(isTimezone, 'must be a time zone such as "Europe/Berlin" or "UTC"')
			.optional()
			.meta({description: 'Whose hours are meant: "Europe/Berlin". Default: the machine\'s.'}),
	})
	.transform(async (when, context) => {
		const isOpen = await openAt(when);

		if (!isOpen) {
			context.addIssue({code: 'custom', message: cronMessage, path: ['cron'], input: when.cron});
			return z.NEVER;
		}

		return {...when, isOpen};
	});

type When = {readonly cron: string; readonly duration: number; readonly timezone?: string | undefined};

/** Tells whether hours are open; undefined where they never are. */
async function openAt({cron, duration, timezone}: When): Promise<((wall: number) => boolean) | undefined> {
	if (!cronPattern.test(cron)) {
		return undefined;
	}

	const {Cron} = await import('croner');

	try {
		const times = new Cron(cron, {mode: '5-part', ...(timezone !== undefined && {timezone})});
		const nextAfter = (wall: number) => times.nextRun(new Date(wall))?.getTime();
		// 30 February.
		return nextAfter(0) === undefined ? undefined : opening(nextAfter, duration);
	} catch {
		return undefined;
	}
}

/**
 * Whether there was a beginning within the last `duration` ms. What that comes to is remembered until it may be another: it is asked at every
 * tick, and to look for a time takes 50 microseconds.
 */
function opening(nextAfter: (wall: number) => number | undefined, duration: number): (wall: number) => boolean {
	let known = {from: 0, until: 0, isOpen: false};

	return wall => {
		if (wall < known.from || wall >= known.until) {
			const begin = nextAfter(wall - duration) ?? Number.POSITIVE_INFINITY;
			known =
				begin <= wall
					? {from: begin, until: begin + duration, isOpen: true}
					: {from: wall, until: begin, isOpen: false};
		}

		return known.isOpen;
	};
}

function isTimezone(timeZone: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', {timeZone}).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
