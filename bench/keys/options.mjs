import {positive, sizeFrom, toolFrom} from '../options.mjs';
import {valuesOf} from '../running.mjs';
import {programNames} from './presses.mjs';

/** @typedef {ReturnType<typeof optionsFrom>} Options */

export const usage = `node bench/keys.mjs [options]

  --tools LIST     which programs (${programNames.join(',')})
  --worlds LIST    how many processes the machine shall have (100,1000)
  --sizes LIST     terminal sizes (80x24,200x50)
  --presses N      of each kind (100)
  --warmup S       seconds before the first press (3)
  --seconds S      how long it rests, and how long the arrow is held (10)
  --seed N         of the moments (1)
  --out FILE       also put the report between its marks in this Markdown file
  --json           print all figures as JSON instead of the report
  --strict         exit 1 when healthtop misses the budget`;

/** @param {readonly string[]} args */
export function optionsFrom(args) {
	const values = valuesOf(args, {
		tools: {type: 'string', default: programNames.join(',')},
		worlds: {type: 'string', default: '100,1000'},
		sizes: {type: 'string', default: '80x24,200x50'},
		presses: {type: 'string', default: '100'},
		warmup: {type: 'string', default: '3'},
		seconds: {type: 'string', default: '10'},
		seed: {type: 'string', default: '1'},
		out: {type: 'string'},
		json: {type: 'boolean', default: false},
		strict: {type: 'boolean', default: false},
		help: {type: 'boolean', default: false},
	});

	return {
		...values,
		tools: values.tools.split(',').map(name => toolFrom(name, programNames)),
		worlds: values.worlds.split(',').map(text => positive('--worlds', text)),
		sizes: values.sizes.split(',').map(sizeFrom),
		count: Math.ceil(positive('--presses', values.presses)),
		warmUpMs: positive('--warmup', values.warmup) * 1000,
		holdMs: positive('--seconds', values.seconds) * 1000,
		seed: positive('--seed', values.seed),
	};
}
