import {partsOf} from '../core/alerts/alert-book.js';
import type {Outgoing} from '../core/alerts/outgoing.js';
import {messageOf} from '../core/errors.js';
import type {Delivery} from '../core/notifier.js';
import type {AlertsHome} from '../engine/alerts-home.js';
import type {EngineJournal} from '../engine/engine-journal.js';
import type {KeptLog} from '../engine/log.js';

/** Alerts in the journal of an engine, and in its log. */
export function journaledAlerts(journal: EngineJournal, log: KeptLog): AlertsHome {
	return {
		book: journal.before.alerts,
		keep: entry => journal.add(...partsOf(entry)),
		onChange({event, alert}, {id, title, severity}) {
			const level = event === 'fired' || event === 'raised' || event === 'again' ? 'warn' : 'info';
			log[level](`alert ${event}`, {incident: id, title, severity, text: alert.text});
		},
		onDelivery: (outgoing, delivery) => logDelivery(log, outgoing, delivery),
		onUnkept: error => log.error('an alert is not in the journal', {reason: messageOf(error)}),
	};
}

function logDelivery(log: KeptLog, outgoing: Outgoing, delivery: Delivery): void {
	const {notifier, recipient, tries, items, state} = outgoing;
	const reason = 'reason' in delivery ? delivery.reason : delivery.response;
	const incidents = items.map(({incident, tells}) => `${incident} ${tells}`).join(', ');
	log[delivery.kind === 'accepted' ? 'info' : 'warn'](`message ${delivery.kind}`, {
		notifier,
		recipient,
		incidents,
		tries,
		state,
		reason,
	});
}
