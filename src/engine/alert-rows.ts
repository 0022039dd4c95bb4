import type {Alert} from '../core/alerts/alert.js';
import type {AlertBook} from '../core/alerts/alert-book.js';
import type {Incident} from '../core/alerts/incident.js';
import {isOpen, worseFirst} from '../core/alerts/outgoing.js';
import {worstFirst} from '../core/alerts/severity.js';
import type {Safe} from '../core/safe.js';
import type {TrackedAlert} from './tracked-alert.js';

/** What is said of something that fires changes so often at most, ms: each change is sent to every screen. */
const textEvery = 5000;

/** Those that are over and still seen. */
const mostOver = 50;

type Made = {readonly incident: Incident; readonly waiting: number; readonly alert: Alert; readonly t: number};

/** Rows of alerts for views: the same objects, and the same list, as long as nothing about them changes. */
export class AlertRows {
	readonly #made = new Map<string, Made>();
	readonly #pending = new Map<string, Pick<Made, 'alert' | 't'>>();
	#rows: readonly Alert[] = [];
	/** Of which they were made. */
	#book: AlertBook | undefined;

	/** `book`: what may be seen. `t`: the clock of `AlertState`; `wall`: the wall clock, ms. */
	rows(book: AlertBook, tracked: Iterable<TrackedAlert>, t: number, wall: number): readonly Alert[] {
		const byId = new Map([...tracked].map(alert => [alert.id, alert]));

		// Most of the time nothing is the matter.
		if (byId.size === 0 && book === this.#book) {
			return this.#rows;
		}

		this.#book = book;
		const waiting = waitingOf(book);
		const all = [...book.incidents.values()].toSorted(order);
		const open = all.filter(({state}) => state.phase !== 'resolved');
		const over = all.filter(({state}) => state.phase === 'resolved').slice(0, mostOver);
		const pending = [...byId.values()].filter(isPending).map(alert => this.#pendingRow(alert, t, wall));
		const rows = [
			...open.map(one => this.#row(one, byId.get(one.id)?.text, waiting.get(one.id) ?? 0, t)),
			...pending,
			...over.map(one => this.#row(one, undefined, waiting.get(one.id) ?? 0, t)),
		];
		this.#forget(book, byId);
		const isSame = rows.length === this.#rows.length && rows.every((row, index) => row === this.#rows[index]);
		this.#rows = isSame ? this.#rows : rows;
		return this.#rows;
	}

	#row(incident: Incident, text: Safe | undefined, waiting: number, t: number): Alert {
		const before = this.#made.get(incident.id);
		const isSame = before?.incident === incident && before.waiting === waiting;
		const isRecent = before !== undefined && t - before.t < textEvery;

		if (before && isSame && (text === undefined || before.alert.text === text || isRecent)) {
			return before.alert;
		}

		const alert = rowOf(incident, text ?? incident.text, waiting);
		this.#made.set(incident.id, {incident, waiting, alert, t});
		return alert;
	}

	#pendingRow(tracked: TrackedAlert, t: number, wall: number): Alert {
		const before = this.#pending.get(tracked.id);
		const isSame = before?.alert.text === tracked.text && before.alert.isStale === tracked.state?.isStale;

		if (before && (isSame || t - before.t < textEvery)) {
			return before.alert;
		}

		const alert = pendingRow(tracked, t, wall);
		this.#pending.set(tracked.id, {alert, t});
		return alert;
	}

	#forget({incidents}: AlertBook, tracked: ReadonlyMap<string, TrackedAlert>): void {
		for (const id of this.#made.keys()) {
			if (!incidents.has(id)) {
				this.#made.delete(id);
			}
		}

		for (const id of this.#pending.keys()) {
			if (tracked.get(id)?.state?.phase !== 'pending') {
				this.#pending.delete(id);
			}
		}
	}
}

/** What fires, worst first; what is over, the last first. */
function order(a: Incident, b: Incident): number {
	const areOver = a.state.phase === 'resolved' && b.state.phase === 'resolved';
	return areOver ? (b.state.endedAt ?? 0) - (a.state.endedAt ?? 0) : worseFirst(a, b);
}

function waitingOf({outgoing}: AlertBook): ReadonlyMap<string, number> {
	const waiting = new Map<string, number>();

	for (const one of outgoing.values()) {
		for (const {incident} of isOpen(one) ? one.items : []) {
			waiting.set(incident, (waiting.get(incident) ?? 0) + 1);
		}
	}

	return waiting;
}

function rowOf(incident: Incident, text: Safe, waiting: number): Alert {
	const {id, title, of, check, series, state, worst, flaps, startedAt, firedAt, endedAt, mute} = incident;
	const {runbook, timeline, evidence, sent, refused} = incident;
	return {
		incident: id,
		title,
		of,
		...(check !== undefined && {check}),
		...(series !== undefined && {series}),
		phase: state.phase,
		severity: state.severity ?? worst,
		isStale: state.isStale,
		isFlapping: flaps.isFlapping,
		since: startedAt,
		firedAt,
		...(endedAt !== undefined && {endedAt}),
		text,
		...(mute !== undefined && {mute}),
		...(runbook !== undefined && {runbook}),
		told: {sent, waiting, refused},
		timeline,
		...(evidence && {evidence}),
	};
}

/** One whose incident was over a moment ago is a row already. */
function isPending({state}: TrackedAlert): boolean {
	return state?.phase === 'pending' && state.endedAt === undefined;
}

/** Of an alert that may come to nothing. */
function pendingRow({id, state, subject, text, flaps}: TrackedAlert, t: number, wall: number): Alert {
	const {title, of, check, series, runbook} = subject;
	return {
		incident: id,
		title,
		of,
		...(check !== undefined && {check}),
		...(series !== undefined && {series}),
		phase: 'pending',
		severity: worstFirst.find(severity => state?.held[severity] !== undefined) ?? 'warning',
		isStale: state?.isStale ?? false,
		isFlapping: flaps.isFlapping,
		since: Math.round(wall - (t - (state?.since ?? t))),
		text,
		...(runbook !== undefined && {runbook}),
		told: {sent: 0, waiting: 0, refused: 0},
		timeline: [],
	};
}
