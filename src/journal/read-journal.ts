import {join} from 'node:path';
import {replay} from './format.js';
import {lookAt} from './in-place.js';
import {mostFileBytes} from './journal.js';

/** What a journal says to whoever only reads it. */
export type ReadJournal =
	| {readonly kind: 'nothing'}
	/** Goes behind the name of the file: `is a directory`. */
	| {readonly kind: 'unreadable'; readonly reason: string}
	| {readonly kind: 'newer'; readonly version: number}
	/** JSON values that nobody has validated, oldest first. What is damaged is left out. */
	| {readonly kind: 'records'; readonly records: readonly unknown[]};

/** Reads the journal of a directory as it is, and changes nothing. `version`: the newest that is known. */
export async function readJournal(directory: string, version: number): Promise<ReadJournal> {
	const found = await lookAt(join(directory, 'journal'), mostFileBytes);

	if (found.kind === 'nothing') {
		return found;
	}

	if (found.kind === 'foreign') {
		return {kind: 'unreadable', reason: found.reason};
	}

	await found.file?.close();
	const {records, version: written = version} = replay(found.bytes);
	return written > version ? {kind: 'newer', version: written} : {kind: 'records', records};
}
