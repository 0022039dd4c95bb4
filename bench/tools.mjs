import {execFileSync} from 'node:child_process';
import {accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {UserError} from './user-error.mjs';

/**
 * @import {Command} from './terminal.mjs'
 * @typedef {{readonly name: string, readonly command: Command, readonly version: string}} Tool
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist', 'main.js');

/** All of them refresh once a second. @type {Readonly<Record<string, Command>>} */
const commands = {
	healthtop: {file: process.execPath, args: [main]},
	htop: {file: 'htop', args: ['-d', '10']},
	btop: {file: 'btop', args: []},
	glances: {file: 'glances', args: ['-t', '1']},
};

export const toolNames = Object.keys(commands);

/**
 * Whether there is such a program in the PATH.
 *
 * @param {string} file
 */
export function isInstalled(file) {
	return (process.env['PATH'] ?? '').split(delimiter).some(folder => {
		try {
			accessSync(join(folder, file), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

/**
 * The tool of that name, or undefined when it is not on this machine. healthtop must be: its absence is the user's mistake.
 *
 * @param {string} name
 * @param {Readonly<Record<string, string>>} env
 * @returns {Tool | undefined}
 */
export function toolOf(name, env) {
	const command = commands[name];

	if (name === 'healthtop' && !existsSync(main)) {
		throw new UserError(`${main} does not exist; 'npm run build' makes it`);
	}

	if (!command || (name !== 'healthtop' && !isInstalled(command.file))) {
		return undefined;
	}

	const version = name === 'healthtop' ? ownVersion() : versionOf(command.file, env);
	return {name, command, version};
}

function ownVersion() {
	return `healthtop ${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}`;
}

/**
 * @param {string} file
 * @param {Readonly<Record<string, string>>} env
 * @param {string} option
 */
export function versionOf(file, env, option = '--version') {
	const output = execFileSync(file, [option], {encoding: 'utf8', env, timeout: 20_000});
	return output.trim().split('\n')[0] ?? file;
}

/**
 * The same environment for all, with a home folder of its own, so that nobody's configuration takes part.
 *
 * @param {string} home
 * @returns {Readonly<Record<string, string>>}
 */
export function environmentIn(home) {
	const config = join(home, '.config');
	mkdirSync(join(config, 'btop'), {recursive: true});
	writeFileSync(join(config, 'btop', 'btop.conf'), 'update_ms = 1000\n');

	return {
		PATH: process.env['PATH'] ?? '',
		HOME: home,
		XDG_CONFIG_HOME: config,
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		LANG: 'C.UTF-8',
	};
}
