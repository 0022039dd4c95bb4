import type {ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {bytesOf} from '../core/bytes-of.js';
import type {Ask, CheckContext} from '../core/check.js';
import {codeOf} from '../core/errors.js';
import type {FileStat} from '../core/host.js';
import {safe, safeText} from '../core/safe.js';
import {systemPath} from '../core/system-path.js';
import {asUser} from './as-user.js';
import {type Attempt, asking} from './attempt.js';
import type {CommandOptions} from './command-options.js';
import {Failed} from './failed.js';
import {pluginAnswer} from './plugin-answer.js';
import {type Ended, endOf, isRunning, startCommand} from './run-command.js';

/** Runs the program. */
export function askCommand(options: CommandOptions): Ask {
	let last: ChildProcess | undefined;
	return context =>
		asking(context, async attempt => {
			await earlierEnd(last, attempt);
			const before = options.user === undefined ? [] : await asUser(options.user, attempt);
			attempt.begin();
			const ended = await ending(attempt, () => {
				last = startCommand(programOf(options, before), {LC_ALL: 'C', PATH: systemPath, ...options.env});
				return last;
			});
			await requireProgram(ended, options, context);
			return pluginAnswer(ended, context.hide);
		});
}

/** One that cannot be killed must not get others beside it. */
async function earlierEnd(last: ChildProcess | undefined, attempt: Attempt): Promise<void> {
	if (last && isRunning(last)) {
		attempt.waiting = safe`not started, for an earlier one (PID ${last.pid ?? 0}) cannot be ended`;
		await once(last, 'exit', {signal: attempt.context.signal});
	}
}

/**
 * By env(1), which is there at once: were it the program itself, or its directory, all of healthtop would stand still as long as their file
 * system does not answer.
 */
function programOf({cwd, command}: CommandOptions, before: readonly string[]): readonly string[] {
	return ['/usr/bin/env', ...(cwd === '/' ? [] : ['-C', cwd]), '--', ...before, ...command];
}

async function ending(attempt: Attempt, start: () => ChildProcess): Promise<Ended> {
	try {
		return await endOf(start(), attempt);
	} catch (error) {
		const code = codeOf(error);

		if (attempt.context.signal.aborted || code === undefined || code === 'EMFILE' || code === 'ENFILE') {
			throw error;
		}

		throw new Failed({status: 'unknown', reason: notStarted(code)});
	}
}

function notStarted(code: string) {
	switch (code) {
		case 'EAGAIN':
		case 'ENOMEM':
			return safe`not started: this machine lets no more processes begin (${safeText(code)})`;
		case 'E2BIG':
			return safe`not started: arguments and environment are too long (E2BIG)`;
		default:
			return safe`not started (${safeText(code)})`;
	}
}

/** Exit codes of env(1) and setpriv(1) when they could not execute what they should; it may be the program's own as well. */
const notExecuted: readonly unknown[] = [125, 126, 127];

/** @throws {Failed} where what there was to run is not there. */
async function requireProgram({code}: Ended, {command, cwd}: CommandOptions, context: CheckContext): Promise<void> {
	if (!notExecuted.includes(code)) {
		return;
	}

	const [program = ''] = command;
	const [directory, file] = [await statOf(cwd, context), await statOf(program, context)];

	if (directory === 'missing') {
		throw new Failed({status: 'unknown', reason: safe`no directory ${safeText(cwd)}`});
	}

	if (file === 'missing') {
		throw new Failed({status: 'unknown', reason: safe`no program ${safeText(program)}`});
	}

	if (file && (file.type !== 'file' || (file.mode & 0o111) === 0)) {
		throw new Failed({status: 'unknown', reason: safe`${safeText(program)} is no program: nobody may execute it`});
	}
}

/** Undefined where nobody can tell. */
async function statOf(path: string, {host, signal}: CheckContext): Promise<FileStat | 'missing' | undefined> {
	try {
		return await host.stat(bytesOf(path), signal);
	} catch (error) {
		return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? 'missing' : undefined;
	}
}
