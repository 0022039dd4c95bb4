import {accessSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {redactor} from '../core/redact.js';
import type {StateDirectory} from './state-directory.js';

/** Older ones are deleted. */
const mostFiles = 10;

/** So many are told of an error, its cause, the cause of that ... */
const mostTraces = 5;

export type Crash = {
	readonly error: unknown;
	readonly directory: StateDirectory;
	readonly version: string;
	/** Wall clock, ms since 1970. */
	readonly at: number;
	/** Values that never come into the file. */
	readonly secrets: readonly string[];
};

/**
 * Writes down what nothing caught, synchronously, for a program that is about to end.
 * @returns the file; undefined when it could not be written, which changes nothing: the trace is on standard error already.
 */
export function writeCrashFile(crash: Crash): string | undefined {
	try {
		const {path} = crash.directory;
		makeDirectory(crash.directory);
		const file = join(path, `crash-${new Date(crash.at).toISOString().replaceAll(':', '-')}.txt`);
		writeFileSync(file, redactor(crash.secrets)(textOf(crash)), {mode: 0o600, flag: 'wx'});
		deleteOld(path);
		return file;
	} catch {
		return undefined;
	}
}

/** @throws when the directory is not there and cannot be made, or belongs to somebody else. */
function makeDirectory({path, home}: StateDirectory): void {
	if (home !== undefined) {
		accessSync(home);
	}

	mkdirSync(path, {recursive: true, mode: 0o700});

	if (statSync(path).uid !== process.geteuid?.()) {
		throw new Error(`'${path}' belongs to another user`);
	}
}

function textOf({error, version, at}: Crash): string {
	const {node} = process.versions;
	return [
		`healthtop ${version}`,
		`time      ${new Date(at).toISOString()}`,
		`node      ${node}`,
		`platform  ${process.platform} ${process.arch}`,
		`uptime    ${process.uptime().toFixed(1)} s`,
		'',
		traceOf(error),
		'',
	].join('\n');
}

/** The stack, and the stacks of what caused it. */
function traceOf(error: unknown): string {
	const traces: string[] = [];

	for (let cause = error; cause !== undefined && traces.length < mostTraces; ) {
		traces.push(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
		cause = cause instanceof Error ? cause.cause : undefined;
	}

	return traces.join('\nCaused by: ');
}

/** Names hold the time, so that they sort by it. */
function deleteOld(directory: string): void {
	const files = readdirSync(directory).filter(name => /^crash-.+\.txt$/.test(name));

	for (const name of files.toSorted().slice(0, -mostFiles)) {
		rmSync(join(directory, name));
	}
}
