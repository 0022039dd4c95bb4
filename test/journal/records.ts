import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {type JournalOptions, openJournal} from '../../src/journal/open-journal.js';

/** A moment, and how it stands in names. */
export const at = Date.UTC(2026, 10, 22, 8, 10, 24);
export const atName = '2026-11-22T08-10-24.000Z';

/** Records with all that JSON has, some of it hard on a format of lines. */
export const records: readonly unknown[] = [
	{id: 'k3f9', to: 'firing', value: 97.5, tags: ['disk', null, true]},
	{text: 'two\nlines, a tab\t, é, 😀, \u0000 and \u2028'},
	{text: '2 00000000 {}'},
	[],
	'',
	0,
	null,
	{deep: {deeper: [{deepest: {}}]}},
];

/** Opened, and closed when the test has ended. */
export async function opened(directory: string, options: Partial<JournalOptions> = {}) {
	const result = await openJournal({directory, version: 1, at, ...options});
	onTestFinished(() => result.journal.close());
	return result;
}

/** What a start finds. */
export async function replayed(directory: string) {
	const {journal, ...found} = await openJournal({directory, version: 1, at});
	await journal.close();
	return found;
}

/** Names in the directory besides the journal and its reserve. */
export function besides(directory: string): readonly string[] {
	return readdirSync(directory)
		.filter(name => name !== 'journal' && name !== 'journal.reserve')
		.toSorted();
}

export const fileIn = (directory: string) => join(directory, 'journal');
