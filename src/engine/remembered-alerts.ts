import type {Alert} from '../core/alerts/alert.js';
import {UserError} from '../core/errors.js';
import {readJournal} from '../journal/read-journal.js';
import {AlertRows} from './alert-rows.js';
import {emptyBook, recordsVersion, withRecord} from './engine-records.js';

/**
 * Alerts as the last engine of a state directory left them, without those that had not fired. `at`: wall clock, ms.
 * @throws {UserError} where its journal cannot be read.
 */
export async function rememberedAlerts(directory: string, at: number): Promise<readonly Alert[]> {
	const read = await readJournal(directory, recordsVersion);

	switch (read.kind) {
		case 'nothing':
			return [];
		case 'unreadable':
			throw new UserError(`the journal in '${directory}' ${read.reason}`);
		case 'newer':
			throw new UserError(
				`the journal in '${directory}' is of version ${read.version}: a newer healthtop than this one has written it`,
			);
		case 'records': {
			const {alerts} = read.records.reduce(withRecord, emptyBook);
			return new AlertRows().rows(alerts, [], alerts.t, at);
		}
	}
}
