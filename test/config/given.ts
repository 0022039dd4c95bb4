import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {expect, onTestFinished} from 'vitest';
import {checkTypes} from '../../src/checks/index.js';
import type {Loaded} from '../../src/config/config.js';
import type {Known} from '../../src/config/known.js';
import {type ConfigPlace, loadConfig} from '../../src/config/load-config.js';
import {parseConfig, type Source} from '../../src/config/parse-config.js';
import {ConfigError} from '../../src/core/errors.js';
import {safe} from '../../src/core/safe.js';
import {notifierTypes} from '../../src/notifiers/index.js';

/** Samplers and commands enough for every kind of key; the real ones come and go. */
export const known: Known = {
	samplers: ['cpu', 'memory', 'load', 'io', 'process', 'filesystem'],
	checkTypes,
	notifierTypes,
	keys: [
		{command: 'zoom', keys: ['enter', 'e'], help: safe`zoom`},
		{command: 'freeze', keys: ['f', 'space'], help: safe`freeze`},
		{command: 'peel', keys: ['escape'], help: safe`close`, isNeeded: true},
		{command: 'quit', keys: ['q', 'ctrl+c'], help: safe`quit`, always: 'ctrl+c', isNeeded: true},
	],
};

/** A directory of its own with these files in it, gone after the test. */
export function directory(files: Readonly<Record<string, string>> = {}): string {
	const path = mkdtempSync(join(tmpdir(), 'healthtop-config-'));
	onTestFinished(() => rmSync(path, {recursive: true, force: true}));

	for (const [name, text] of Object.entries(files)) {
		put(join(path, name), text);
	}

	return path;
}

/** Writes a file (0600 whatever the umask is) and the directories it needs. */
export function put(file: string, text: string, mode = 0o600): void {
	mkdirSync(dirname(file), {recursive: true, mode: 0o700});
	writeFileSync(file, text);
	chmodSync(file, mode);
}

/** Makes a pipe that nobody writes to. */
export function pipe(file: string): string {
	execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', file]);
	return file;
}

/** What a text comes to as `config.json` of no directory that there is. */
export function parse(text: string, source: Partial<Source> = {}): Promise<Loaded> {
	return parseConfig({file: 'config.json', text, env: {}, known, distrust: () => undefined, ...source});
}

export function load(place: Partial<ConfigPlace>): Promise<Loaded> {
	return loadConfig({file: undefined, env: {}, ...place}, async () => known);
}

/** What is said of a configuration that is refused, by a ConfigError and nothing else. */
export async function refusal(attempt: () => Promise<Loaded>): Promise<string> {
	try {
		await attempt();
	} catch (error) {
		expect(error).toBeInstanceOf(ConfigError);
		return (error as ConfigError).message;
	}

	throw new Error('it was accepted');
}
