import {type ChildProcess, type SpawnOptions, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {until} from './until.js';

/** A program of a name of its own that does nothing for a minute; it goes when the test has ended. Every user may run it. */
export function sleeper(name: string): string {
	const path = join(place(), name);
	copyFileSync('/bin/sleep', path);
	chmodSync(path, 0o755);
	return path;
}

/** A script of a name of its own. */
export function script(name: string, text: string): string {
	const path = join(place(), name);
	writeFileSync(path, `#!/bin/sh\n${text}\n`, {mode: 0o755});
	return path;
}

function place(): string {
	const path = mkdtempSync(join(tmpdir(), 'healthtop-programs-'));
	chmodSync(path, 0o755);
	onTestFinished(() => rmSync(path, {recursive: true, force: true}));
	return path;
}

/** Starts a program and waits until the kernel has put it in the place of ours; killed when the test has ended. */
export async function started(
	program: string,
	args: readonly string[] = ['60'],
	options: SpawnOptions = {},
): Promise<ChildProcess & {readonly pid: number}> {
	const child = spawn(program, args, {stdio: 'ignore', ...options});
	await once(child, 'spawn');
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	const {pid} = child;

	if (pid === undefined) {
		throw new Error(`${program} has no pid`);
	}

	await until(`${program} runs`, () => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(program));
	return Object.assign(child, {pid});
}

/** Ends a program at once. */
export async function ended(child: ChildProcess): Promise<void> {
	const exit = once(child, 'exit');
	child.kill('SIGKILL');
	await exit;
}
