import {join} from 'node:path';
import {freeName, tidy} from './disk.js';
import {fileOf, replay} from './format.js';
import {lookAt} from './in-place.js';
import {Journal, mostFileBytes} from './journal.js';
import {JournalFile} from './journal-file.js';
import {Reserve} from './reserve.js';

export type JournalOptions = {
	/** Ours alone, 0700, and there already. */
	readonly directory: string;
	/** What the records are like, from 1. */
	readonly version: number;
	/** Wall clock, ms since 1970. */
	readonly at: number;
	/** Makes records of this version of all those of an older one; without it they are taken as they are. */
	readonly migrate?: ((records: readonly unknown[], from: number) => readonly unknown[]) | undefined;
};

/** Something that was in the journal's place, or in it, and could not be used. */
export type SetAside = {
	/** Goes behind the name of the file: `is a directory`. */
	readonly reason: string;
	readonly badBytes: number;
	/** Where all of it is kept. */
	readonly name: string;
};

export type OpenedJournal = {
	readonly journal: Journal;
	/** What was accepted before, oldest first; JSON values that nobody has validated. None of a newer version. */
	readonly records: readonly unknown[];
	readonly setAside: SetAside | undefined;
};

/**
 * Opens the journal of a directory, whatever state it is in, and reads what is in it.
 * @throws what the system says when it can be neither read nor told from what is not ours.
 */
export async function openJournal(options: JournalOptions): Promise<OpenedJournal> {
	const path = join(options.directory, 'journal');
	const {file, newerVersion, records, setAside} = await foundAt(path, options);
	const reserve = new Reserve(join(options.directory, 'journal.reserve'));
	const journal = new Journal({path, version: options.version, file, reserve, newerVersion});

	if (newerVersion === undefined) {
		await tidy(path);
		await journal.begin();
	}

	return {journal, records, setAside};
}

type Found = {
	readonly file: JournalFile;
	readonly newerVersion?: number;
	readonly records: readonly unknown[];
	readonly setAside?: SetAside | undefined;
};

async function foundAt(path: string, {version, at, migrate}: JournalOptions): Promise<Found> {
	const found = await lookAt(path, mostFileBytes);

	if (found.kind === 'nothing') {
		return {file: new JournalFile(path, {pending: {bytes: fileOf(version, [])}}), records: []};
	}

	const corrupt = await freeName(path, 'corrupt', at);

	if (found.kind === 'foreign') {
		const pending = {bytes: fileOf(version, []), aside: {name: corrupt, how: 'moved'}} as const;
		const setAside = {reason: found.reason, badBytes: found.bytes, name: corrupt};
		return {file: new JournalFile(path, {pending}), records: [], setAside};
	}

	const {isWhole, badBytes, ...replayed} = replay(found.bytes);
	const from = replayed.version ?? version;

	if (from > version) {
		await found.file?.close();
		return {file: new JournalFile(path, {pending: {bytes: found.bytes}}), newerVersion: from, records: []};
	}

	const records = from < version && migrate ? migrate(replayed.records, from) : replayed.records;

	if (isWhole && from === version && found.file) {
		return {file: new JournalFile(path, {file: found.file, end: found.bytes.length}), records};
	}

	await found.file?.close();
	const older = from < version ? await freeName(path, `version-${from}`, at) : undefined;
	const name = isWhole ? older : corrupt;
	const pending = {
		bytes: fileOf(version, records),
		aside: name === undefined ? undefined : ({name, how: 'linked'} as const),
	};
	const setAside = isWhole ? undefined : {reason: 'is damaged', badBytes, name: corrupt};
	return {file: new JournalFile(path, {pending}), records, setAside};
}
