import * as z from 'zod';
import {accountOption} from './account-option.js';
import {pathOption} from './options.js';

const text = z.string().regex(/^[^\0]*$/, 'must be text without NUL');

/** The first `=` would make a variable of the program's environment of it (env(1)). */
const program = /^\/[^=\0]+$/;

const list = 'must be a list such as ["/usr/lib/nagios/plugins/check_load", "-r", "-w", "2"]';

/** What is run, and as what. */
export const commandOptions = z.object({
	command: z
		.array(text, list)
		.min(1, list)
		.refine(
			([first]) => first === undefined || program.test(first),
			'must begin with the absolute path of a program, without "=" in it',
		)
		.meta({description: 'A program with its absolute path, and its arguments. No shell reads them.'}),
	env: z
		.record(
			z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must have names such as "API_TOKEN"'),
			text,
			'must be an object such as {"API_TOKEN": "..."}',
		)
		.default({})
		.meta({description: 'What is in its environment besides PATH and LC_ALL, and instead of them. Default: nothing.'}),
	cwd: pathOption.default('/').meta({description: 'Directory that it runs in. Default: "/".'}),
	user: accountOption('user', 'nagios')
		.optional()
		.meta({description: "User that it runs as, with this user's groups; only root may. Default: healthtop's own."}),
});

export type CommandOptions = z.output<typeof commandOptions>;
