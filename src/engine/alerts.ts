import {randomBytes, randomInt} from 'node:crypto';
import {type AlertBook, lastOfEach, type PendingAlert, reopened, withEntry} from '../core/alerts/alert-book.js';
import type {Incident} from '../core/alerts/incident.js';
import {isOpen, type Outgoing} from '../core/alerts/outgoing.js';
import {planMessages, type Route} from '../core/alerts/plan-messages.js';
import {type Safe, safe} from '../core/safe.js';
import type {Snapshot, Tables} from '../core/snapshot.js';
import {afterChange, muteOf, withMute} from './after-change.js';
import {AlertRows} from './alert-rows.js';
import {AlertStates} from './alert-states.js';
import type {AlertsHome} from './alerts-home.js';
import type {Clock} from './clock.js';
import {Deliverer} from './deliverer.js';
import {evidenceOf} from './evidence.js';
import {firstWordAt} from './first-word.js';
import {newIncidentId} from './incident-id.js';
import {KeptBook} from './kept-book.js';
import {PendingAlerts, pendingOf} from './pending-alerts.js';
import type {PlannedCheck} from './planned-check.js';
import type {PlannedNotifier} from './planned-notifier.js';
import type {Scheduler} from './scheduler.js';
import type {StateSettings} from './seen.js';
import type {LiveStore} from './store.js';
import type {Change} from './tracked-alert.js';

/** What nobody needs any more is forgotten so often, ms. */
const pruneEvery = 60_000;

export type AlertsSettings = Omit<StateSettings, 'checkNotify'> & {
	readonly checks: readonly PlannedCheck[];
	readonly notifiers: readonly PlannedNotifier[];
};

/** A tick, before its snapshot is made. */
export type AlertMoment = Pick<Snapshot, 'series' | 'processes' | 'timeEvent'> &
	Pick<Tables, 'filesystems' | 'devices' | 'interfaces' | 'checks' | 'impaired'>;

export type AlertsParts = {
	readonly clock: Clock;
	readonly scheduler: Scheduler;
	readonly store: LiveStore;
	readonly host: Safe;
	/** Whether a check's last question would have left the machine. */
	readonly isRemote: (check: string) => boolean;
};

/** Alerts, from what is seen at a tick to who was told: each step is on disk before the next one is taken. */
export class Alerts {
	readonly #parts: AlertsParts;
	#settings: AlertsSettings;
	readonly #states: AlertStates;
	readonly #deliverer: Deliverer;
	readonly #rows = new AlertRows();
	#home: AlertsHome | undefined;
	/** From the monotonic clock to that of `AlertState`, ms. */
	#offset = 0;
	readonly #book: KeptBook;
	#pending = new PendingAlerts(0);
	#prunedT = 0;
	#resumedT = Number.NEGATIVE_INFINITY;
	#begunT = Number.NEGATIVE_INFINITY;

	constructor(settings: AlertsSettings, parts: AlertsParts) {
		this.#settings = settings;
		this.#parts = parts;
		const t = () => this.#t;
		const {clock, scheduler, host} = parts;
		const book = new KeptBook({clock, scheduler, t});
		this.#book = book;
		this.#states = new AlertStates(stateSettings(settings), () => this.#newId());
		this.#deliverer = new Deliverer({
			clock,
			scheduler,
			host,
			t,
			book,
			settings: () => this.#settings.alerts,
			onDelivery: (outgoing, delivery) => this.#home?.onDelivery(outgoing, delivery),
			chance: () => randomInt(1_000_000) / 1_000_000,
		});
	}

	/** Goes on with what was known. Before that nothing is looked at: what fires may have fired before. */
	begin(home: AlertsHome): void {
		const {wall, now} = this.#parts.clock;
		this.#home = home;
		// Never back, whatever the wall clock says now.
		this.#offset = Math.max(wall(), home.book.t) - now();
		this.#book.begin(reopened(home.book), home.keep, home.onUnkept);
		const {incidents, pending} = this.#book.known;
		this.#states.restore(lastOfEach(incidents), pending, this.#t);
		this.#pending = new PendingAlerts(this.#t);
		this.#prunedT = this.#t;
		this.#begunT = this.#t;

		this.#takeNotifiers();
	}

	configure(settings: AlertsSettings): void {
		this.#settings = settings;
		this.#states.configure(stateSettings(settings));
		this.#takeNotifiers();
	}

	/** Looks at everything once, and says how alerts stand as far as that is on disk. */
	look(moment: AlertMoment): Pick<Tables, 'alerts' | 'notifiers'> {
		const {clock} = this.#parts;
		const [t, wall] = [this.#t, clock.wall()];

		if (!this.#home) {
			return {alerts: [], notifiers: []};
		}

		this.#resumedT = moment.timeEvent?.kind === 'suspended' ? t : this.#resumedT;
		const changes = this.#states.look({t, wall, series: moment.series, tables: moment});
		const incidents = this.#changed(changes, moment, t, wall);
		const book = withEntry(this.#book.known, {kind: 'alerts', t, incidents});
		const outgoing = this.#home.keep ? this.#planned(book, moment, t, wall) : [];
		const pending = this.#pendingToWrite(t, changes);

		if (incidents.length > 0 || outgoing.length > 0 || pending) {
			const change = {
				...(incidents.length > 0 && {incidents}),
				...(outgoing.length > 0 && {outgoing, ...this.#newInstance()}),
				...(pending && {pending}),
			};
			// What is on disk may be told at once.
			void this.#book.add(change).then(() => this.#deliverer.tick());
		}

		this.#deliverer.tick();
		return {
			alerts: this.#rows.rows(this.#book.kept, this.#states.alerts.values(), t, wall),
			// Where nothing is kept nobody is told.
			notifiers: this.#home.keep ? this.#deliverer.states : [],
		};
	}

	/** What happens is kept on disk. */
	get isKept(): boolean {
		return this.#home?.keep !== undefined && !this.#book.isUnkept;
	}

	/** Numbers of healthtop's own: what happens is not kept, how many ways to tell people do not work, whether it is us who fail. */
	series({impaired}: Pick<Tables, 'impaired'>): readonly (readonly [name: string, value: number])[] {
		return this.#home?.keep
			? [
					['self.unkept', this.#book.isUnkept ? 1 : 0],
					['self.undeliverable', this.#deliverer.undeliverable],
					['self.impaired', impaired === undefined ? 0 : 1],
				]
			: [];
	}

	/** Writes what is pending, ends what is under way, and resolves when all of that is written. */
	async close(): Promise<void> {
		if (!this.#home?.keep) {
			return;
		}

		const [pending, incidents] = [pendingOf(this.#states.alerts.values()), this.#moved()];
		const isEmpty = pending.length === 0 && incidents.length === 0 && this.#book.known.pending.length === 0;
		await Promise.all([this.#deliverer.close(), ...(isEmpty ? [] : [this.#book.add({pending, incidents})])]);
	}

	/** What is sent from here is known by it; made for the first message. */
	#newInstance(): {readonly instance?: string} {
		return this.#book.known.instance === undefined ? {instance: randomBytes(8).toString('hex')} : {};
	}

	get #t(): number {
		return this.#offset + this.#parts.clock.now();
	}

	#changed(changes: readonly Change[], moment: AlertMoment, t: number, wall: number): readonly Incident[] {
		const changed = new Map<string, Incident>();

		for (const change of changes) {
			const {id, subject} = change.alert;
			const before = changed.get(id) ?? this.#book.known.incidents.get(id);
			const after = afterChange(before, change, {
				t,
				wall,
				evidence: () =>
					evidenceOf({
						at: wall,
						processes: moment.processes,
						history: this.#parts.store.history,
						check: moment.checks.find(({check}) => check === subject.check),
						series: subject.series,
						rule: this.#settings.rules.find(({id: rule}) => subject.key === `rule/${rule}/${subject.series}`),
					}),
			});

			if (after) {
				changed.set(id, after);
				this.#home?.onChange(change, {...after, severity: after.state.severity ?? after.worst});
			}
		}

		return this.#muted(changed);
	}

	/** What changed, and what others are told of from now on, or no longer. */
	#muted(changed: ReadonlyMap<string, Incident>): readonly Incident[] {
		const isHeld = (check: string) => this.#states.isHeld(check);
		const firing = [...this.#book.known.incidents.values()].filter(
			({id, state}) => state.phase !== 'resolved' && !changed.has(id),
		);
		const otherwise = firing.flatMap(incident => {
			const mute = muteOf(incident, isHeld);
			const {subject, state = incident.state} = this.#states.alerts.get(incident.key) ?? {};
			const notify = subject?.notify ?? incident.notify;
			// That there is data again is no event.
			const isKnown = incident.state.isStale && !state.isStale;
			const isSame = mute === incident.mute && notify.join() === incident.notify.join() && !isKnown;
			return isSame ? [] : [{...withMute(incident, mute), notify, ...(isKnown && {state})}];
		});
		return [...[...changed.values()].map(incident => withMute(incident, muteOf(incident, isHeld))), ...otherwise];
	}

	#planned(book: AlertBook, moment: AlertMoment, t: number, at: number): readonly Outgoing[] {
		const {notifiers, alerts: settings} = this.#settings;
		const routes = notifiers.flatMap(({id: notifier, recipients, minimum}) =>
			recipients.map((recipient): Route => ({notifier, recipient, minimum})),
		);
		return planMessages([...book.incidents.values()], routes, {
			settings,
			outgoing: [...book.outgoing.values()],
			t,
			at,
			waitsUntil: incident => this.#waitsUntil(incident, moment),
		});
	}

	#waitsUntil(incident: Incident, {impaired, checks: rows}: AlertMoment): number {
		const planned = this.#settings.checks.find(({check}) => check === incident.check);

		if (!planned || incident.state.phase === 'resolved') {
			return Number.NEGATIVE_INFINITY;
		}

		const isRemote = this.#parts.isRemote(planned.check);
		return firstWordAt(incident, {
			planned,
			rows,
			isRemote,
			isImpaired: impaired !== undefined,
			resumedT: this.#resumedT,
			begunT: this.#begunT,
		});
	}

	#pendingToWrite(t: number, changes: readonly Change[]): readonly PendingAlert[] | undefined {
		if (!this.#home?.keep) {
			return undefined;
		}

		const pending = this.#pending.due(t, changes, this.#states.alerts.values(), this.#book.known.pending);

		if (t - this.#prunedT >= pruneEvery) {
			this.#prunedT = t;
			this.#book.prune();
		}

		return pending;
	}

	/** Incidents with the state that they have now: that moves on without a change, too. */
	#moved(): readonly Incident[] {
		return [...this.#states.alerts.values()].flatMap(({id, state, flaps}) => {
			const incident = this.#book.known.incidents.get(id);
			// One that is over and pending again is over until it fires.
			return incident && state?.severity && incident.state !== state ? [{...incident, state, flaps}] : [];
		});
	}

	#takeNotifiers(): void {
		const {notifiers} = this.#settings;
		this.#deliverer.configure(notifiers);
		const isThere = ({notifier, recipient}: Outgoing) =>
			notifiers.some(({id, recipients}) => id === notifier && recipients.includes(recipient));
		const orphans = [...this.#book.known.outgoing.values()].filter(one => isOpen(one) && !isThere(one));

		if (orphans.length > 0 && this.#home) {
			const reason = safe`nobody is told there any more: it was taken out of the configuration`;
			void this.#book.add({outgoing: orphans.map(one => ({...one, state: 'expired', reason}))});
		}
	}

	#newId(): string {
		const {incidents} = this.#book.known;
		return newIncidentId(id => incidents.has(id) || [...this.#states.alerts.values()].some(one => one.id === id));
	}
}

function stateSettings({rules, alerts, every, checks}: AlertsSettings): StateSettings {
	return {rules, alerts, every, checkNotify: new Map(checks.map(({check, notify}) => [check, notify]))};
}
