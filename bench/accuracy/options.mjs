import {valuesOf} from '../running.mjs';
import {UserError} from '../user-error.mjs';

/** @typedef {ReturnType<typeof optionsFrom>} Options */

export const usage = `node bench/accuracy.mjs [options]

  --seconds S      length of the window that all look at, at least 10 (10)
  --out FILE       also put the report between its marks in this Markdown file
  --json           print all figures as JSON instead of the report
  --strict         exit 1 when something is out of its bound`;

/** In less healthtop looks at file systems only once, at the start; and the tools know no parts of a second. */
const leastSeconds = 10;

/** @param {readonly string[]} args */
export function optionsFrom(args) {
	const values = valuesOf(args, {
		seconds: {type: 'string', default: '10'},
		out: {type: 'string'},
		json: {type: 'boolean', default: false},
		strict: {type: 'boolean', default: false},
		help: {type: 'boolean', default: false},
	});
	const seconds = Number(values.seconds);

	if (!Number.isInteger(seconds) || seconds < leastSeconds) {
		throw new UserError(`--seconds: '${values.seconds}' is not a whole number of at least ${leastSeconds}`);
	}

	return {...values, seconds};
}
