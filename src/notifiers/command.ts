import * as z from 'zod';
import {parseDurationMs} from '../core/duration-ms.js';
import {defineNotifier} from '../core/notifier.js';

const text = z.string().regex(/^[^\0]*$/, 'must be text without NUL');

/** The first `=` would make a variable of the program's environment of it (env(1)). */
const program = /^\/[^=\0]+$/;

const list = 'must be a list such as ["/usr/local/bin/page", "--now"]';

/** How long a program may take, ms: to hand something on is quick, and others wait. */
const [shortest, longest] = [1000, 300_000];

function isTimeout(written: string): boolean {
	const ms = parseDurationMs(written) ?? Number.NaN;
	return ms >= shortest && ms <= longest;
}

const commandOptions = z.object({
	command: z
		.array(text, list)
		.min(1, list)
		.refine(
			([first]) => first === undefined || program.test(first),
			'must begin with the absolute path of a program, without "=" in it',
		)
		.meta({
			description:
				'A program with its absolute path, and its arguments. No shell reads them; the alert is on its standard input.',
		}),
	timeout: z
		.string()
		.refine(isTimeout, 'must be a duration between "1s" and "5m"')
		.default('30s')
		.meta({description: 'How long it may take, "1s" to "5m". Default: "30s".'}),
});

/** What a program is told with. */
export type CommandOptions = z.output<typeof commandOptions>;

/** Hands an alert to a program. */
export const command = defineNotifier({
	type: 'command',
	tells: 'runs a program of yours, which gets the alert as JSON on its standard input',
	options: commandOptions,
	recipients: ({command: [first = '']}) => [first],
	timeout: ({timeout}) => parseDurationMs(timeout) ?? longest,
	load: async () => (await import('./tell-command.js')).tellCommand,
});
