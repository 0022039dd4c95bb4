import {Command, CommanderError} from 'commander';
import {UserError} from '../core/errors.js';
import {type LogLevel, logLevels} from '../core/log.js';
import {type ThemeName, themeNames} from '../core/theme-name.js';
import {writeCrashFile} from '../engine/crash-file.js';
import {stateDirectoryOf} from '../engine/state-directory.js';
import {addAlerts, addNotify} from './add-alerts.js';
import type {CheckOptions} from './check.js';
import type {InitOptions} from './config-init.js';
import type {EngineOptions} from './engine-control.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import type {RunOptions} from './run.js';
import type {SnapshotOptions} from './snapshot.js';

/** Reads the arguments and runs the command they name. Throws UserError for what the user can mend. */
export async function program(argv: readonly string[], version: string, io: Io): Promise<Outcome> {
	let outcome: Outcome = {code: 0};
	let help = '';
	const healthtop = withGlobalOptions(new Command('healthtop'))
		.description('One terminal program for whoever looks after a server.')
		.hook('preAction', (_, command) => keepCrashes(command.optsWithGlobals<GlobalOptions>(), io))
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

	for (const add of [addRun, addCheck, addAlerts, addNotify, addEngine, addFacts, addConfig]) {
		add(healthtop, io, ended => {
			outcome = ended;
		});
	}

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

function withGlobalOptions(command: Command): Command {
	return command
		.option(
			'--config <file>',
			'configuration file (else HEALTHTOP_CONFIG, ~/.config/healthtop/config.json, /etc/healthtop/config.json)',
		)
		.option(
			'--state-dir <dir>',
			'where what is kept lies (else HEALTHTOP_STATE_DIR, STATE_DIRECTORY, ~/.local/state/healthtop)',
			parseStateDir,
		)
		.option('--root <dir>', 'read the machine whose proc, sys and etc are below this directory')
		.option('--read-only', 'watch only: no key acts on the machine')
		.option('--log-level <level>', 'least grave level that is logged: debug, info, warn or error', parseLevel)
		.option('--theme <name>', 'colours of the screen: dark, light or terminal (its own 16)', parseTheme)
		.option('--no-color', 'no colours (NO_COLOR does the same)')
		.option('--ascii', 'only ASCII characters');
}

function parseStateDir(text: string): string {
	if (text === '') {
		throw new UserError('--state-dir is empty: name a directory, or leave the option out');
	}

	return text;
}

function parseLevel(text: string): LogLevel {
	const level = logLevels.find(level => level === text);

	if (level === undefined) {
		throw new UserError(`--log-level '${text}': must be debug, info, warn or error`);
	}

	return level;
}

function parseTheme(text: string): ThemeName {
	const theme = themeNames.find(theme => theme === text);

	if (theme === undefined) {
		throw new UserError(`--theme '${text}': must be dark, light or terminal`);
	}

	return theme;
}

/** From now on an error that nothing catches leaves a file in the state directory. */
function keepCrashes({stateDir}: GlobalOptions, io: Io): void {
	const directory = stateDirectoryOf({option: stateDir, env: io.env});

	if (directory) {
		const {version} = io;
		io.onCrash(error => writeCrashFile({error, directory, version, at: io.clock.wall(), secrets: io.secrets}));
	}
}

/** The engine without a screen. */
function addRun(healthtop: Command, io: Io, end: (outcome: Outcome) => void): void {
	healthtop
		.command('run')
		.description('run the engine without a screen: for systemd, a container, or a script')
		.allowExcessArguments(false)
		.option('--log-file', 'log into healthtop.log of the state directory, not to standard error')
		.helpOption('-h, --help', 'print this help')
		.action(async (_: unknown, command: Command) => {
			const {run} = await import('./run.js');
			end(await run(command.optsWithGlobals<RunOptions>(), io));
		});
}

/** `engine status|stop|reload`. */
function addEngine(healthtop: Command, io: Io, end: (outcome: Outcome) => void): void {
	const engine = healthtop.command('engine').description('ask the engine that runs, or end it');
	engine.helpOption('-h, --help', 'print this help').helpCommand(false).allowExcessArguments(false);

	for (const [verb, description] of [
		['status', 'say how the engine is that runs'],
		['stop', 'end it'],
		['reload', 'make it read its configuration now'],
	] as const) {
		const command = engine.command(verb).description(description).helpOption('-h, --help', 'print this help');
		command
			.allowExcessArguments(false)
			.option('--json', 'the answer as JSON')
			.action(async (_: unknown, given: Command) => {
				const {engineControl} = await import('./engine-control.js');
				end(await engineControl(verb, given.optsWithGlobals<EngineOptions>(), io));
			});
	}
}

/** Every check once, for cron and Nagios: also a wrong option is 3. */
function addCheck(healthtop: Command, io: Io, end: (outcome: Outcome) => void): void {
	healthtop
		.command('check')
		.description('ask every check once and print what a Nagios plug-in would; exit 0, 1, 2 or 3')
		.argument('[name...]', 'only these')
		.option('--json', 'as JSON')
		.helpOption('-h, --help', 'print this help')
		// Nagios reads the standard output only.
		.configureOutput({writeErr: text => io.stdout.write(text.replace(/^error: /, 'UNKNOWN - '))})
		.exitOverride(({exitCode, code, message}) => {
			throw new CommanderError(exitCode === 0 ? 0 : 3, code, message);
		})
		.action(async (names: readonly string[], _: unknown, command: Command) => {
			const {check} = await import('./check.js');
			end(await check(names, command.optsWithGlobals<CheckOptions>(), io));
		});
}

/** What the program calls by itself. */
function addFacts(healthtop: Command, io: Io, end: (outcome: Outcome) => void): void {
	healthtop
		.command('facts', {hidden: true})
		.description('print what the machine is, as JSON')
		.action(async (_: unknown, command: Command) => {
			const {facts} = await import('./facts.js');
			end(await facts(command.optsWithGlobals<GlobalOptions>(), io));
		});
}

/** `config init|check|show|schema`. */
function addConfig(healthtop: Command, io: Io, end: (outcome: Outcome) => void): void {
	const config = healthtop.command('config').description('make, check and print the configuration');
	config.helpOption('-h, --help', 'print this help').helpCommand(false).allowExcessArguments(false);
	config
		.command('init')
		.description('look at what this machine runs, and write a configuration with a check for each')
		.helpOption('-h, --help', 'print this help')
		.option('--force', 'put it in the place of one that is there, which is kept beside it')
		.option('--stdout', 'print it, and write nothing')
		.allowExcessArguments(false)
		.action(async (_: unknown, given: Command) => {
			const {configInit} = await import('./config-init.js');
			end(await configInit(given.optsWithGlobals<InitOptions>(), io));
		});

	for (const [name, command, description] of [
		['check', 'configCheck', 'say whether it can be used, and every problem in it'],
		['show', 'configShow', 'print it with all defaults, and without secrets'],
		['schema', 'configSchema', 'print its JSON Schema, for editors'],
	] as const) {
		config
			.command(name)
			.description(description)
			.helpOption('-h, --help', 'print this help')
			.allowExcessArguments(false)
			.action(async (_: unknown, given: Command) => {
				const commands = await import('./config.js');
				end(await commands[command](given.optsWithGlobals<GlobalOptions>(), io));
			});
	}
}
