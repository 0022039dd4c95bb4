import {usualProgram} from '../engine/resident.mjs';
import {positive} from '../options.mjs';
import {valuesOf} from '../running.mjs';
import {UserError} from '../user-error.mjs';
import {kinds} from './targets.mjs';

/** @typedef {ReturnType<typeof optionsFrom>} Options */

const partNames = /** @type {const} */ (['healthtop', 'monit', 'plugins']);

export const usage = `node bench/checks.mjs [options]

  --parts LIST     who checks, one after the other (${partNames.join(',')})
  --checks N       how many checks: 60 % http, 20 % tcp, 10 % mysql, 10 % process (500)
  --kinds LIST     only those of these kinds (${kinds.join(',')})
  --warmup S       seconds before each measurement (60)
  --seconds S      seconds measured (180)
  --program FILE   the bundle (dist/main.js)
  --out FILE       also put the report between its marks in this Markdown file
  --json           print all figures as JSON instead of the report
  --strict         exit 1 when a goal is missed`;

/** The first round must be over, ms. */
const leastWarmUpMs = 12_000;

/** @param {readonly string[]} args */
export function optionsFrom(args) {
	const values = valuesOf(args, {
		parts: {type: 'string', default: partNames.join(',')},
		checks: {type: 'string', default: '500'},
		kinds: {type: 'string', default: kinds.join(',')},
		warmup: {type: 'string', default: '60'},
		seconds: {type: 'string', default: '180'},
		program: {type: 'string', default: usualProgram},
		out: {type: 'string'},
		json: {type: 'boolean', default: false},
		strict: {type: 'boolean', default: false},
		help: {type: 'boolean', default: false},
	});

	const warmUpMs = positive('--warmup', values.warmup) * 1000;

	if (warmUpMs < leastWarmUpMs) {
		throw new UserError(`--warmup: must be at least ${leastWarmUpMs / 1000}, so that the first round is over`);
	}

	return {
		...values,
		parts: values.parts.split(',').map(name => oneOf('--parts', name, partNames)),
		checks: Math.ceil(positive('--checks', values.checks)),
		kinds: values.kinds.split(',').map(name => oneOf('--kinds', name, kinds)),
		warmUpMs,
		windowMs: positive('--seconds', values.seconds) * 1000,
	};
}

/**
 * @template {string} T
 * @param {string} option
 * @param {string} name
 * @param {readonly T[]} known
 */
function oneOf(option, name, known) {
	const found = known.find(one => one === name);

	if (found === undefined) {
		throw new UserError(`${option}: '${name}' is not one of ${known.join(', ')}`);
	}

	return found;
}
