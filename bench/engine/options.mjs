import {positive, sizeFrom} from '../options.mjs';
import {valuesOf} from '../running.mjs';
import {UserError} from '../user-error.mjs';
import {usualProgram} from './resident.mjs';

/** @typedef {ReturnType<typeof optionsFrom>} Options */

const partNames = ['watched', 'attach', 'crowd'];

export const usage = `node bench/engine.mjs [options]

  --parts LIST     what is measured (${partNames.join(',')})
  --worlds LIST    how many processes the machine shall have (100,1000)
  --sizes LIST     terminal sizes (80x24,120x36,200x50)
  --screens LIST   how many of each size look at it (1,2,4)
  --warmup S       seconds before the first measurement (30)
  --settle S       seconds before each other one (10)
  --seconds S      seconds measured (60)
  --starts N       of an attached screen (20)
  --beats N        readings that an engine with a past has (900)
  --program FILE   the bundle (dist/main.js)
  --out FILE       also put the report between its marks in this Markdown file
  --json           print all figures as JSON instead of the report
  --strict         exit 1 when a goal is missed`;

/** @param {readonly string[]} args */
export function optionsFrom(args) {
	const values = valuesOf(args, {
		parts: {type: 'string', default: partNames.join(',')},
		worlds: {type: 'string', default: '100,1000'},
		sizes: {type: 'string', default: '80x24,120x36,200x50'},
		screens: {type: 'string', default: '1,2,4'},
		warmup: {type: 'string', default: '30'},
		settle: {type: 'string', default: '10'},
		seconds: {type: 'string', default: '60'},
		starts: {type: 'string', default: '20'},
		beats: {type: 'string', default: '900'},
		program: {type: 'string', default: usualProgram},
		out: {type: 'string'},
		json: {type: 'boolean', default: false},
		strict: {type: 'boolean', default: false},
		help: {type: 'boolean', default: false},
	});

	return {
		...values,
		parts: values.parts.split(',').map(partFrom),
		worlds: values.worlds.split(',').map(text => positive('--worlds', text)),
		sizes: values.sizes.split(',').map(sizeFrom),
		screens: values.screens.split(',').map(text => Math.ceil(positive('--screens', text))),
		warmUpMs: positive('--warmup', values.warmup) * 1000,
		settleMs: positive('--settle', values.settle) * 1000,
		windowMs: positive('--seconds', values.seconds) * 1000,
		starts: Math.ceil(positive('--starts', values.starts)),
		beats: positive('--beats', values.beats),
	};
}

/** @param {string} name */
function partFrom(name) {
	if (!partNames.includes(name)) {
		throw new UserError(`--parts: '${name}' is not one of ${partNames.join(', ')}`);
	}

	return name;
}
