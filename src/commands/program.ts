import {Command, CommanderError} from 'commander';
import {UserError} from '../core/errors.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import type {SnapshotOptions} from './snapshot.js';

/** Reads the arguments and runs the command they name. Throws UserError for what the user can mend. */
export async function program(argv: readonly string[], version: string, io: Io): Promise<Outcome> {
	let outcome: Outcome = {code: 0};
	let help = '';
	const healthtop = new Command('healthtop')
		.description('One terminal program for whoever looks after a server.')
		.option(
			'--config <file>',
			'configuration file (else HEALTHTOP_CONFIG, ~/.config/healthtop/config.json, /etc/healthtop/config.json)',
		)
		.option('--root <dir>', 'read the machine whose proc, sys and etc are below this directory')
		.option('--no-color', 'no colours (NO_COLOR does the same)')
		.option('--ascii', 'only ASCII characters')
		.version(version, '--version', 'print the version')
		.helpOption('-h, --help', 'print this help')
		.exitOverride()
		.configureOutput({
			writeOut: text => (help += text),
			writeErr: text => io.stderr.write(text.replace(/^error: /, 'healthtop: ')),
		})
		.allowExcessArguments()
		.action(async (options: GlobalOptions, {args: [unknown]}: Command) => {
			if (unknown !== undefined) {
				throw new UserError(`unknown command '${unknown}'; 'healthtop --help' lists them`);
			}

			const {screen} = await import('./screen.js');
			outcome = await screen(options, io);
		});

	healthtop
		.command('snapshot')
		.description('print two readings of the machine, one interval apart')
		.allowExcessArguments(false)
		.option('--json', 'as JSON')
		.option('--interval <duration>', 'time between the two readings', '1s')
		.helpOption('-h, --help', 'print this help')
		.action(async (_: unknown, command: Command) => {
			const {snapshot} = await import('./snapshot.js');
			outcome = await snapshot(command.optsWithGlobals<SnapshotOptions>(), io);
		});

	try {
		await healthtop.parseAsync(argv, {from: 'user'});
	} catch (error) {
		if (error instanceof CommanderError) {
			await print(io.stdout, help);
			return {code: error.exitCode};
		}

		throw error;
	}

	return outcome;
}
