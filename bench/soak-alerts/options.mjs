import {positive} from '../options.mjs';
import {valuesOf} from '../running.mjs';

/** @typedef {ReturnType<typeof optionsFrom>} Options */

export const usage = `node bench/soak-alerts.mjs [options]

  --days N         how long, by a clock that is moved by hand (30)
  --seed N         of all that happens (1)
  --every S        seconds between two ticks of the engine (1)
  --lines FILE     not a new run, but what the engine of one before has said
  --keep FILE      what the engine says also goes there
  --out FILE       also put the report between its marks in this Markdown file
  --json           print all figures as JSON instead of the report
  --strict         exit 1 when anything is told that should not be, or is not, or something grows`;

/** @param {readonly string[]} args */
export function optionsFrom(args) {
	const values = valuesOf(args, {
		days: {type: 'string', default: '30'},
		seed: {type: 'string', default: '1'},
		every: {type: 'string', default: '1'},
		lines: {type: 'string'},
		keep: {type: 'string'},
		out: {type: 'string'},
		json: {type: 'boolean', default: false},
		strict: {type: 'boolean', default: false},
		help: {type: 'boolean', default: false},
	});

	return {
		...values,
		days: positive('--days', values.days),
		seed: positive('--seed', values.seed),
		everyMs: positive('--every', values.every) * 1000,
	};
}
