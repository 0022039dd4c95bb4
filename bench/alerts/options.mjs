import {positive} from '../options.mjs';
import {valuesOf} from '../running.mjs';

export const usage = `node bench/alerts.mjs [options]

  --ticks N        how many are measured, after 100 that are not (600)
  --gap MS         between two ticks (20); 1000 is as in earnest
  --rounds N       runs of each kind, in turn (3)
  --out FILE       also put the report between its marks in this Markdown file
  --json           print all figures as JSON instead of the report
  --strict         exit 1 when the goal is missed`;

/** @param {readonly string[]} args */
export function optionsFrom(args) {
	const values = valuesOf(args, {
		ticks: {type: 'string', default: '600'},
		gap: {type: 'string', default: '20'},
		rounds: {type: 'string', default: '3'},
		out: {type: 'string'},
		json: {type: 'boolean', default: false},
		strict: {type: 'boolean', default: false},
		help: {type: 'boolean', default: false},
	});

	return {
		...values,
		ticks: positive('--ticks', values.ticks),
		gapMs: positive('--gap', values.gap),
		rounds: positive('--rounds', values.rounds),
	};
}
