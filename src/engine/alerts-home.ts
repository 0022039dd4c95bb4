import {type AlertBook, type AlertEntry, emptyAlertBook} from '../core/alerts/alert-book.js';
import type {Incident} from '../core/alerts/incident.js';
import type {Outgoing} from '../core/alerts/outgoing.js';
import type {Severity} from '../core/alerts/severity.js';
import type {Delivery} from '../core/notifier.js';
import type {Change} from './tracked-alert.js';

/** Where alerts are kept and who hears of them. */
export type AlertsHome = {
	readonly book: AlertBook;
	/** Resolves when the entry is on disk. Undefined: nothing is kept, and nobody is told. */
	readonly keep: ((entry: AlertEntry) => Promise<void>) | undefined;
	/** For the log. */
	readonly onChange: (change: Change, incident: Incident & {readonly severity: Severity}) => void;
	readonly onDelivery: (outgoing: Outgoing, delivery: Delivery) => void;
	/** An entry could not be written. */
	readonly onUnkept: (reason: unknown) => void;
};

/** Alerts that end with the program, and of which nobody is told. */
export const noHome: AlertsHome = {
	book: emptyAlertBook,
	keep: undefined,
	onChange: () => {},
	onDelivery: () => {},
	onUnkept: () => {},
};
