import * as z from 'zod';
import {alertDefaults} from '../core/alerts/alert-settings.js';
import {durationOption} from './duration-option.js';
import {formatDuration} from './format-duration.js';
import {parseDuration} from './parse-duration.js';
import {wholeOption} from './whole-option.js';

type Times = Exclude<keyof typeof alertDefaults, 'perHour'>;

function time(key: Times, least: string, most: string, meaning: string) {
	const usual = formatDuration(alertDefaults[key]);
	return durationOption(least, most)
		.prefault(usual)
		.meta({description: `${meaning}, "${least}" to "${most}". Default: "${usual}".`});
}

/** `0s` is never; what is shorter than this is a message every few moments. */
const repeat = {least: '5m', most: '7d'} as const;

const repeatEvery = durationOption('0s', repeat.most)
	.superRefine((ms, context) => {
		if (ms > 0 && ms < (parseDuration(repeat.least) ?? 0)) {
			const message = `must be "0s" (never), or between "${repeat.least}" and "${repeat.most}"`;
			context.addIssue({code: 'custom', message});
		}
	})
	.prefault(formatDuration(alertDefaults.repeatEvery))
	.meta({
		description: `Between two messages about what goes on and nobody has acknowledged, "${repeat.least}" to "${repeat.most}", or "0s": never again. Default: "${formatDuration(alertDefaults.repeatEvery)}".`,
	});

/** When people are told. */
export const alertsSchema = z
	.strictObject({
		groupWait: time(
			'groupWait',
			'0s',
			'10m',
			'What begins within it goes into one message (of something critical at most 10 s)',
		),
		groupInterval: time(
			'groupInterval',
			'0s',
			'1h',
			'Between two messages to one recipient, unless something critical is new',
		),
		repeatEvery,
		downgradeAfter: time(
			'downgradeAfter',
			'0s',
			'24h',
			'How long only a lesser level must hold until that is what counts',
		),
		noDataAfter: time(
			'noDataAfter',
			'10s',
			'24h',
			'How long there may be no data of something that fires until that is an alert of its own',
		),
		perHour: wholeOption(1, 1000)
			.prefault(alertDefaults.perHour)
			.meta({
				description: `Messages to one recipient in an hour; what is more is told together. 1 to 1000. Default: ${alertDefaults.perHour}.`,
			}),
	})
	.prefault({})
	.meta({description: 'When people are told.'});
