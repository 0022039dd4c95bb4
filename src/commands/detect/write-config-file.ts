import {lstat, open, rename, rm} from 'node:fs/promises';
import {dirname} from 'node:path';
import {codeOf, UserError} from '../../core/errors.js';
import {makeDirectory, reasonOf} from '../../engine/state-directory.js';

/** A configuration to be written. */
export type NewFile = {
	readonly file: string;
	readonly text: string;
	/** Whether one that is there makes way. */
	readonly isForced: boolean;
	/** Wall clock, ms. */
	readonly at: number;
};

/**
 * Writes a configuration that is ours alone (0600), in a directory that is made where it is missing (0700). What is there is never
 * overwritten: by force, it is kept beside.
 * @returns where the old one is now; undefined where there was none.
 * @throws {UserError}
 */
export async function writeConfigFile({file, text, isForced, at}: NewFile): Promise<string | undefined> {
	await requirePlace(file, isForced);

	try {
		await makeDirectory(dirname(file));
		const before = await putAside(file, at);
		await create(file, text, before);
		return before;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') {
			throw new UserError(`${file} has come to be there meanwhile: nothing was written`);
		}

		throw codeOf(error) === undefined
			? error
			: new UserError(`${file} cannot be written: ${reasonOf(error)}; --config FILE puts it elsewhere`);
	}
}

/** @throws {UserError} where there is one already that need not make way. */
export async function requirePlace(file: string, isForced: boolean): Promise<void> {
	if (!isForced && (await isThere(file))) {
		throw new UserError(
			`${file} is there already: --force puts a new one in its place, and keeps the old one beside it`,
		);
	}
}

async function isThere(file: string): Promise<boolean> {
	try {
		await lstat(file);
		return true;
	} catch {
		// What may not be seen may not be written either, and that is said then.
		return false;
	}
}

async function putAside(file: string, at: number): Promise<string | undefined> {
	if (!(await isThere(file))) {
		return undefined;
	}

	const before = `${file}.before-${new Date(at).toISOString().replaceAll(':', '-')}`;

	if (await isThere(before)) {
		throw Object.assign(new Error(before), {code: 'EEXIST'});
	}

	await rename(file, before);
	return before;
}

/** All of it, or nothing: what could not be written whole goes, and the old one comes back. */
async function create(file: string, text: string, before: string | undefined): Promise<void> {
	const handle = await open(file, 'wx', 0o600);

	try {
		await handle.writeFile(text);
		await handle.sync();
	} catch (error) {
		await (before === undefined ? rm(file) : rename(before, file));
		throw error;
	} finally {
		await handle.close();
	}
}
