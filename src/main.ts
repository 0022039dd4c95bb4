#!/usr/bin/env node
import type {Io, Outcome} from './commands/io.js';
import {UserError} from './core/errors.js';
import {redactor} from './core/redact.js';
import {version} from './version.js';

const restorers = new Set<(error: unknown) => Promise<void>>();
let keepCrash: (error: unknown) => string | undefined = () => undefined;
let isFailing = false;

const io: Io = {
	env: process.env,
	// Opened when first asked for: --version must not wait for a terminal.
	get stdin() {
		return process.stdin;
	},
	get stdout() {
		return process.stdout;
	},
	get stderr() {
		return process.stderr;
	},
	pid: process.pid,
	version,
	self: [process.execPath, ...process.execArgv, process.argv[1] ?? ''],
	clock: {
		now: () => performance.now(),
		wall: () => Date.now(),
		busy() {
			const {user, system} = process.cpuUsage();
			return (user + system) / 1000;
		},
		wake(delay, run) {
			const timer = setTimeout(run, delay);
			return () => clearTimeout(timer);
		},
	},
	onSignal(signal, handler) {
		process.on(signal, handler);
		return () => process.off(signal, handler);
	},
	onFatal(restore) {
		restorers.add(restore);
		return () => restorers.delete(restore);
	},
	onCrash(keep) {
		keepCrash = keep;
	},
	failCode: 70,
	secrets: [],
	kill: (pid, signal) => process.kill(pid, signal),
};

process.on('uncaughtException', fatal);
process.on('unhandledRejection', fatal);

const argv = process.argv.slice(2);

if (argv.length === 1 && argv[0] === '--version') {
	process.stdout.on('error', ({message}: Error) => failed(new UserError(`cannot write: ${message}`)));
	process.stdout.write(`${version}\n`);
} else {
	const {program} = await import('./commands/program.js');
	program(argv, version, io).then(end, failed);
}

function end(outcome: Outcome): void {
	if ('code' in outcome) {
		process.exit(outcome.code);
	}

	// As if nobody had handled it: the shell and systemd see what ended us. With a terminal that is no more,
	// process.exit would abort (Node 20 resets terminals on the way out).
	process.removeAllListeners(outcome.signal);
	process.kill(process.pid, outcome.signal);
}

/** The user's mistake is one message; anything else is ours. */
function failed(error: unknown): void {
	if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') {
		process.stderr.write(`healthtop: ${error.message}\n`, () => process.exit(error.exitCode as number));
		return;
	}

	fatal(error);
}

/** Nothing caught it: the terminal first, then the trace, then a file. A second one on the way out changes nothing. */
async function fatal(error: unknown): Promise<void> {
	if (isFailing) {
		return;
	}

	isFailing = true;
	await Promise.allSettled([...restorers].map(async restore => restore(error)));
	const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
	await complain(`this is a bug in healthtop ${version}:\n${redactor(io.secrets)(trace)}`);
	const file = keepCrash(error);

	if (file !== undefined) {
		await complain(`a report of it is in ${file}`);
	}

	process.exit(io.failCode);
}

function complain(text: string): Promise<void> {
	return new Promise(resolve => process.stderr.write(`healthtop: ${text}\n`, () => resolve()));
}
