import * as z from 'zod';
import {bytesOf} from '../core/bytes-of.js';
import {accountOption} from './account-option.js';
import {pathOption, patternOption} from './options.js';
import type {Matches} from './pattern.js';
import type {Command} from './process-details.js';
import type {ProcessList, SeenProcess} from './process-list.js';

/** So many bytes of a name the kernel keeps (TASK_COMM_LEN of proc_pid_comm(5)). */
const mostName = 15;

/** Which processes are meant: all that is there must fit. */
export const processMatch = z
	.strictObject({
		name: z
			.string()
			.regex(/^[^/\x00]{1,255}$/, 'must be the name of a program without its path, such as "nginx"')
			.optional()
			.meta({description: 'Name of the program, without its path.'}),
		exact: z
			.string()
			.min(1, 'must be a command line such as "/usr/sbin/cron -f", or be left out')
			.optional()
			.meta({description: 'The whole command line, arguments joined by one space each.'}),
		pattern: patternOption
			.optional()
			.meta({description: 'Regular expression (RE2) that is somewhere in the command line.'}),
		user: accountOption('user', 'www-data').optional().meta({description: 'Effective user, by name or number.'}),
		pidFile: pathOption.optional().meta({description: 'File with the number of the process in its first line.'}),
	})
	.refine(match => Object.keys(match).length > 0, 'must have at least one of name, exact, pattern, user and pidFile');

export type ProcessMatch = z.output<typeof processMatch>;

/** What has been made of what is configured. */
export type Wanted = {
	readonly match: ProcessMatch;
	readonly matches: Matches | undefined;
	/** The user's number. */
	readonly user: number | undefined;
	/** What has been found for command lines before. */
	readonly known: WeakMap<Command, boolean>;
};

/** `unknown`: its command line cannot be read now. `at`: monotonic, ms. */
export function fits(process: SeenProcess, wanted: Wanted, list: ProcessList, at: number): boolean | 'unknown' {
	const {match, user} = wanted;
	const name = match.name === undefined ? undefined : bytesOf(match.name);

	if (name !== undefined && process.comm !== name.slice(0, mostName)) {
		return false;
	}

	if (user !== undefined && list.userOf(process, at) !== user) {
		return false;
	}

	const isLong = name !== undefined && name.length > mostName;

	if (!isLong && match.exact === undefined && !wanted.matches) {
		return true;
	}

	const command = list.commandOf(process, at);
	return command === undefined ? 'unknown' : fitsCommand(command, wanted, isLong);
}

function fitsCommand(command: Command, {match, matches, known}: Wanted, isLong: boolean): boolean {
	if (isLong && ![command.first, command.second].some(word => baseName(word) === match.name)) {
		return false;
	}

	if (match.exact !== undefined && command.text !== match.exact) {
		return false;
	}

	if (!matches) {
		return true;
	}

	const isMatched = known.get(command) ?? matches(command.text);
	known.set(command, isMatched);
	return isMatched;
}

function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
