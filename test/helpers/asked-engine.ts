import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {Control, EngineStatus} from '../../bench/crash/control.mjs';
import {EngineProcess} from '../../bench/crash/engine-process.mjs';
import {healthtop} from './built.js';
import {folder} from './folder.js';
import {until} from './until.js';

/** How the built program is called. */
export const program = [process.execPath, ...healthtop()];

type EngineOptions = {readonly command?: readonly string[]; readonly options?: readonly string[]};

/** `healthtop run` for a directory; it ends with the test. */
export function engineOf(directory: string, {command = program, options = []}: EngineOptions = {}): EngineProcess {
	const engine = new EngineProcess(command, {directory, log: join(folder(), 'said'), options});
	onTestFinished(async () => {
		engine.send('SIGKILL');
		await engine.end;
	});
	return engine;
}

/** An engine's connection; fails with what it said when there is none in time. */
export async function listening(engine: EngineProcess): Promise<Control> {
	const control = await engine.listens(30_000);

	if (!control) {
		throw new Error(`it does not listen: ${JSON.stringify(engine.ended)} ${engine.said}`);
	}

	return control;
}

const journalProblem = ({problems}: EngineStatus) => problems.find(({area}) => area === 'journal')?.reason ?? '';

/** Resolves when the engine says what is expected of its journal. */
export async function says(control: Control, expected: RegExp, within = 20_000): Promise<void> {
	let seen = 'nothing';
	await until(
		`the engine says ${expected}`,
		askedBy(control, status => (seen = journalProblem(status)), expected),
		within,
	).catch(error => {
		throw new Error(`${error.message}; it says '${seen}'`);
	});
}

/** A condition that asks at each look, and tells what the last answer was. */
export function askedBy(control: Control, seenIn: (status: EngineStatus) => string, expected: RegExp): () => boolean {
	let isAsking = false;
	let isSo = false;

	return () => {
		if (!isAsking) {
			isAsking = true;
			control.status().then(status => {
				isAsking = false;
				isSo = status !== undefined && expected.test(seenIn(status));
			});
		}

		return isSo;
	};
}

/** Asks for a reload; whether that was done. */
export async function reload(control: Control, user: string): Promise<boolean | undefined> {
	return (await control.ask('reload', user))?.ok;
}

/** Who asked for what the engine remembers, oldest first. */
export async function usersOf(control: Control): Promise<readonly string[]> {
	return ((await control.status())?.acts ?? []).map(({by}) => by.split(' ')[0] ?? '');
}

/** How it ended, once it has. */
export async function ended(engine: EngineProcess) {
	await engine.end;
	return engine.ended;
}
