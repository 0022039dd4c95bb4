import {valuesOf} from './running.mjs';
import {toolNames} from './tools.mjs';
import {UserError} from './user-error.mjs';

/**
 * @import {Size} from './terminal.mjs'
 * @typedef {ReturnType<typeof optionsFrom>} Options
 */

export const usage = `node bench/cost.mjs [options]

  --tools LIST     which programs (${toolNames.join(',')})
  --worlds LIST    how many processes the machine shall have (100,1000)
  --sizes LIST     terminal sizes (80x24,200x50)
  --warmup S       seconds before the measurement (5)
  --seconds S      seconds measured (30)
  --out FILE       also put the report between its marks in this Markdown file
  --json           print all figures as JSON instead of the report
  --strict         exit 1 when healthtop misses a budget`;

/** @param {readonly string[]} args */
export function optionsFrom(args) {
	const values = valuesOf(args, {
		tools: {type: 'string', default: toolNames.join(',')},
		worlds: {type: 'string', default: '100,1000'},
		sizes: {type: 'string', default: '80x24,200x50'},
		warmup: {type: 'string', default: '5'},
		seconds: {type: 'string', default: '30'},
		out: {type: 'string'},
		json: {type: 'boolean', default: false},
		strict: {type: 'boolean', default: false},
		help: {type: 'boolean', default: false},
	});

	return {
		...values,
		tools: values.tools.split(',').map(name => toolFrom(name, toolNames)),
		worlds: values.worlds.split(',').map(text => positive('--worlds', text)),
		sizes: values.sizes.split(',').map(sizeFrom),
		warmUpMs: positive('--warmup', values.warmup) * 1000,
		windowMs: positive('--seconds', values.seconds) * 1000,
	};
}

/**
 * @param {string} name
 * @param {readonly string[]} known
 */
export function toolFrom(name, known) {
	if (!known.includes(name)) {
		throw new UserError(`--tools: '${name}' is not one of ${known.join(', ')}`);
	}

	return name;
}

/**
 * @param {string} option
 * @param {string} text
 */
export function positive(option, text) {
	const number = Number(text);

	if (!(number > 0)) {
		throw new UserError(`${option}: '${text}' is not a number above 0`);
	}

	return number;
}

/**
 * @param {string} text
 * @returns {Size & {readonly name: string}}
 */
export function sizeFrom(text) {
	const [, columns, rows] = /^(\d+)x(\d+)$/.exec(text) ?? [];

	if (!Number(columns) || !Number(rows)) {
		throw new UserError(`--sizes: '${text}' is not of the form 80x24`);
	}

	return {name: text, columns: Number(columns), rows: Number(rows)};
}
