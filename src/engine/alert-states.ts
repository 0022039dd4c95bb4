import type {PendingAlert} from '../core/alerts/alert-book.js';
import {lookAt} from '../core/alerts/holds.js';
import type {Incident} from '../core/alerts/incident.js';
import type {Look, Timing} from '../core/alerts/step.js';
import {safe} from '../core/safe.js';
import type {Check} from '../core/snapshot.js';
import {
	checkKey,
	checkSubject,
	isNoData,
	keyWithoutData,
	noDataKey,
	noDataSubject,
	type RestoredSubject,
	restoredSubject,
	ruleSubject,
} from './alert-subjects.js';
import {CheckMemory, lookAtCheck} from './check-memory.js';
import {isGone, isOfCheck} from './is-gone.js';
import {MissingData} from './missing-data.js';
import {addRise, guardSeries, isPlainlyWell, RuleWatches, type Watch} from './rule-watches.js';
import type {Seen, StateSettings} from './seen.js';
import {type Change, type Subject, TrackedAlert} from './tracked-alert.js';

/** The least time between two looks that does not count in full, ms. */
const leastGap = 10_000;

/** Every alert there is, and what happens to them. It decides nothing about whom to tell. */
export class AlertStates {
	#settings: StateSettings;
	#watches: RuleWatches;
	readonly #checks = new CheckMemory();
	readonly #alerts = new Map<string, TrackedAlert>();
	readonly #missing = new MissingData();
	readonly #newId: () => string;
	#seen: Seen = {t: 0, wall: 0, series: new Map(), tables: {filesystems: [], devices: [], interfaces: [], checks: []}};

	constructor(settings: StateSettings, newId: () => string) {
		this.#settings = settings;
		this.#watches = new RuleWatches(settings.rules);
		this.#newId = newId;
	}

	get alerts(): ReadonlyMap<string, TrackedAlert> {
		return this.#alerts;
	}

	/** Alerts of what is no longer there end at the next look. */
	configure(settings: StateSettings): void {
		const areSame = settings.rules.map(({key}) => key).join() === this.#settings.rules.map(({key}) => key).join();
		this.#settings = settings;
		// Rules that are the same keep what they know of the past.
		this.#watches = areSame ? this.#watches : new RuleWatches(settings.rules, this.#watches);
	}

	/** What was known when the program ended. */
	restore(incidents: Iterable<Incident>, pending: readonly PendingAlert[], t: number): void {
		for (const incident of incidents) {
			const alert = this.#restored(incident, incident.id);
			const of = incident.state.phase === 'resolved' ? undefined : keyWithoutData(incident.key);

			if (of !== undefined) {
				this.#missing.restore(of);
			}

			alert.text = incident.text;
			alert.restore(incident.state, incident.flaps, t);

			if (incident.check !== undefined && incident.mute === 'held') {
				this.#checks.restoreHeld(incident.check);
			}
		}

		for (const one of pending) {
			const alert = this.#restored({...one, title: safe`-`, of: safe`-`, notify: []}, one.id);
			alert.restore(one.state, alert.flaps, t);
		}
	}

	/** One look at everything. */
	look(seen: Seen): readonly Change[] {
		this.#seen = seen;
		const changes: Change[] = [];
		this.#lookAtSeries(changes);
		this.#lookAtChecks(changes);
		this.#lookAtOthers(changes);
		this.#lookForData(changes);

		for (const [key, alert] of this.#alerts) {
			if (alert.isOver) {
				this.#alerts.delete(key);
			}
		}

		return changes;
	}

	/** True while a check waits for one that it depends on, and until it has been asked again after that was well. */
	isHeld(check: string): boolean {
		return this.#checks.isHeld(check);
	}

	/** Of what has no durations of its own. */
	get #timing(): Timing {
		return {
			for: {},
			keepFiringFor: 0,
			downgradeAfter: this.#settings.alerts.downgradeAfter,
			longestGap: Math.max(leastGap, 3 * this.#settings.every),
		};
	}

	#lookAtSeries(changes: Change[]): void {
		for (const [name, value] of this.#seen.series) {
			for (const watch of this.#watches.of(name)) {
				this.#lookAtWatch(watch, value, changes);
			}
		}

		for (const watch of this.#watches.named) {
			if (!this.#seen.series.has(watch.series)) {
				this.#lookAtWatch(watch, undefined, changes);
			}
		}
	}

	#lookAtWatch(watch: Watch, value: number | undefined, changes: Change[]): void {
		const {rule, key} = watch;
		const isWell = value !== undefined && isPlainlyWell(watch, value);
		watch.isArmed ||= isWell;
		const known = this.#alerts.get(key);

		if (value !== undefined) {
			this.#missing.note(key, false, this.#seen.t);
			watch.hasBeenSeen = true;
			addRise(watch, value, this.#seen.t);
		}

		const isOpen = rule.isOpen?.(this.#seen.wall) ?? true;

		// One that fires was armed when it did, in whichever run of the program.
		if ((!known && (isWell || !watch.isArmed || !isOpen)) || (known && !isOpen && !known.state)) {
			return;
		}

		const look = isOpen ? this.#lookOf(watch, value, known) : ({kind: 'gone'} as const);

		if (!known && look.kind !== 'seen') {
			// What a rule names and nobody has ever seen is perhaps misspelt, or was not mounted.
			const isAway = look.kind === 'gone' ? !watch.hasBeenSeen && isOpen : !isOfCheck(watch.series);
			this.#missing.note(key, isAway, this.#seen.t);
			return;
		}

		if (!known && look.kind === 'seen' && look.holds.length === 0) {
			return;
		}

		const alert = this.#alertOf(ruleSubject(watch, () => this.#seen.series.get(watch.series)));
		const timing = {...this.#timing, for: watch.holdFor, keepFiringFor: rule.keepFiringFor};
		changes.push(...alert.look(look, timing, this.#seen.t, this.#newId), ...alert.recordState(this.#seen.t));
	}

	#lookOf(watch: Watch, value: number | undefined, known: TrackedAlert | undefined): Look {
		const {series} = this.#seen;
		const look = lookAt(
			watch.rule,
			{
				value,
				riseWithin: ms => watch.rises.get(ms)?.value,
				isRiseKnown: ms => watch.rises.get(ms)?.isWhole(this.#seen.t) ?? false,
				guardValue: guard => series.get(guardSeries(guard, watch)),
			},
			known?.state,
		);
		return look.kind === 'no data' && isGone(watch.series, this.#seen.tables) ? {kind: 'gone'} : look;
	}

	#lookAtChecks(changes: Change[]): void {
		const {t, tables} = this.#seen;
		this.#checks.see(tables.checks);

		for (const row of tables.checks) {
			const key = checkKey(row.check);
			const known = this.#alerts.get(key);
			const look = lookAtCheck(row);
			const letter = this.#checks.newLetter(row);

			// Before the first result nothing is known, after a restart either.
			if (row.status !== 'waiting') {
				this.#missing.note(key, row.status === 'unknown', t);
			}

			if (!known && (look.kind !== 'seen' || (look.holds.length === 0 && (letter === undefined || letter === 'o')))) {
				continue;
			}

			const notify = this.#settings.checkNotify.get(row.check) ?? [];
			const alert = this.#alertOf(checkSubject(row, notify, () => this.#checks.row(row.check)));
			changes.push(...alert.look(look, this.#timing, t, this.#newId));
			changes.push(...(letter === undefined ? [] : alert.recordResult(letter, t)));
		}
	}

	/** Those whose rule, check or series was not there this time. */
	#lookAtOthers(changes: Change[]): void {
		const {t, tables} = this.#seen;

		for (const alert of this.#alerts.values()) {
			const {subject, lookedAt} = alert;

			if (lookedAt === t || isNoData(subject)) {
				continue;
			}

			const look: Look = this.#isThere(subject, tables.checks) ? {kind: 'no data'} : {kind: 'gone'};
			changes.push(...alert.look(look, this.#timing, t, this.#newId), ...alert.recordState(t));
		}
	}

	/** A rule that there is no more, or no longer for this series, or a check that there is no more. */
	#isThere({key, series, check}: Subject, checks: readonly Check[]): boolean {
		if (series === undefined) {
			return check !== undefined && checks.some(row => row.check === check);
		}

		return this.#watches.of(series).some(watch => watch.key === key) && !isGone(series, this.#seen.tables);
	}

	/** What should have data and has none for long is an alert of its own. */
	#lookForData(changes: Change[]): void {
		const {t, tables} = this.#seen;

		for (const {state, subject} of this.#alerts.values()) {
			// A check whose numbers are not known is an alert itself.
			if (state && subject.series !== undefined && !isNoData(subject) && !isOfCheck(subject.series)) {
				const isOpen = state.phase === 'firing' || state.phase === 'recovering';
				this.#missing.note(subject.key, isOpen && state.isStale, t);
			}
		}

		// While it may be us who see nothing, such an alert neither begins nor ends.
		if (tables.impaired !== undefined) {
			return;
		}

		for (const [key, isLong] of this.#missing.all(t, this.#settings.alerts.noDataAfter)) {
			const subject = this.#alerts.get(key)?.subject ?? this.#namedSubject(key);

			if (subject && (isLong || this.#alerts.has(noDataKey(key)))) {
				this.#lookAtNoData(noDataSubject(subject), isLong ? ['warning'] : [], changes);
			}
		}

		for (const alert of this.#alerts.values()) {
			if (isNoData(alert.subject) && alert.lookedAt !== t) {
				this.#lookAtNoData(alert.subject, [], changes);
			}
		}
	}

	#lookAtNoData(subject: Subject, holds: readonly 'warning'[], changes: Change[]): void {
		const alert = this.#alertOf(subject);
		changes.push(...alert.look({kind: 'seen', holds}, this.#timing, this.#seen.t, this.#newId));
		changes.push(...alert.recordState(this.#seen.t));
	}

	#namedSubject(key: string): Subject | undefined {
		const watch = this.#watches.named.find(one => one.key === key);
		const row = this.#seen.tables.checks.find(({check}) => checkKey(check) === key);
		const notify = row && (this.#settings.checkNotify.get(row.check) ?? []);
		return watch ? ruleSubject(watch, () => undefined) : row && checkSubject(row, notify ?? [], () => row);
	}

	#alertOf(subject: Subject): TrackedAlert {
		const known = this.#alerts.get(subject.key);

		if (known) {
			known.subject = subject;
			return known;
		}

		const alert = new TrackedAlert(subject, '', safe``);
		this.#alerts.set(subject.key, alert);
		return alert;
	}

	#restored(of: RestoredSubject, id: string): TrackedAlert {
		const alert = this.#alertOf(restoredSubject(of, () => this.#alerts.get(of.key)?.text));
		alert.id = id;
		return alert;
	}
}
