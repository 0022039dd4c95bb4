import {usualProgram} from '../engine/resident.mjs';
import {positive} from '../options.mjs';
import {valuesOf} from '../running.mjs';

/** @typedef {ReturnType<typeof optionsFrom>} Options */

export const usage = `node bench/soak.mjs [options]

  --minutes M      how long (60)
  --sample S       seconds between two samples (10)
  --row M          minutes in a row of the table (5)
  --reload M       minutes between two 'healthtop engine reload' (5)
  --program FILE   the bundle (dist/main.js)
  --out FILE       also put the report between its marks in this Markdown file
  --json           print all samples as JSON instead of the report
  --strict         exit 1 when something grows, fails or ends`;

/** @param {readonly string[]} args */
export function optionsFrom(args) {
	const values = valuesOf(args, {
		minutes: {type: 'string', default: '60'},
		sample: {type: 'string', default: '10'},
		row: {type: 'string', default: '5'},
		reload: {type: 'string', default: '5'},
		program: {type: 'string', default: usualProgram},
		out: {type: 'string'},
		json: {type: 'boolean', default: false},
		strict: {type: 'boolean', default: false},
		help: {type: 'boolean', default: false},
	});

	return {
		...values,
		totalMs: positive('--minutes', values.minutes) * 60_000,
		sampleMs: positive('--sample', values.sample) * 1000,
		rowMs: positive('--row', values.row) * 60_000,
		reloadMs: positive('--reload', values.reload) * 60_000,
	};
}
