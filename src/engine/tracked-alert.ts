import type {AlertState} from '../core/alerts/alert-state.js';
import {type FlapRing, noFlaps, withState} from '../core/alerts/flap.js';
import {compareSeverity, type Severity} from '../core/alerts/severity.js';
import {cooldown, type Look, type StepEvent, step, type Timing} from '../core/alerts/step.js';
import type {Safe} from '../core/safe.js';

/** A rule's state is remembered for flapping when it changes, and each minute, ms: seconds would make a minute of noise an hour of it. */
const flapEvery = 60_000;

/** What an alert is about, and what is said of it. */
export type Subject = {
	readonly key: string;
	readonly title: Safe;
	readonly of: Safe;
	readonly series?: string;
	readonly check?: string;
	readonly notify: readonly string[];
	readonly runbook?: Safe;
	/** The value against the level of what fires, or how it is now that it is over. */
	readonly text: (state: AlertState) => Safe;
};

export type ChangeEvent = StepEvent | 'flapping' | 'steady';

/** Something that has happened to an alert. */
export type Change = {readonly alert: TrackedAlert; readonly event: ChangeEvent};

/** One alert in the engine's hands, from when its condition held for the first time until nobody remembers that it did. */
export class TrackedAlert {
	/** Of its incident. */
	id: string;
	subject: Subject;
	/** Undefined while it is inactive. */
	state: AlertState | undefined;
	flaps: FlapRing;
	text: Safe;
	/** When it was looked at last; the clock of `AlertState`. */
	lookedAt = Number.NEGATIVE_INFINITY;
	#flapT = Number.NEGATIVE_INFINITY;

	constructor(subject: Subject, id: string, text: Safe) {
		this.subject = subject;
		this.id = id;
		this.flaps = noFlaps;
		this.text = text;
	}

	/**
	 * As it was when the program ended, without data until it is looked at. How long a worse level had held is not believed: it may have been
	 * well since that was written.
	 */
	restore(state: AlertState, flaps: FlapRing, t: number): void {
		const {severity} = state;
		const held = Object.entries(state.held).filter(
			([level]) => severity === undefined || compareSeverity(level as Severity, severity) <= 0,
		);
		const isOpen = state.phase !== 'resolved';
		this.state = {...state, held: Object.fromEntries(held), ...(isOpen && {isStale: true, staleSince: t})};
		this.flaps = flaps;
	}

	/** True when nothing of it has to be remembered. */
	get isOver(): boolean {
		return this.state === undefined && !/[^o]/.test(this.flaps.states);
	}

	/** One look. `newId` is called when another incident begins. */
	look(look: Look, timing: Timing, t: number, newId: () => string): readonly Change[] {
		this.lookedAt = t;
		this.#forget(t);
		const before = this.state;
		const {state, event} = step(before, look, timing, t);
		this.state = state;

		if (before === undefined && state !== undefined) {
			this.id = newId();
		}

		if (state && look.kind === 'seen') {
			this.text = this.subject.text(state);
		}

		return event ? [{alert: this, event}] : [];
	}

	/** Another hard state, or the same again, by its letter: of a check each result is one. */
	recordResult(letter: string, t: number): readonly Change[] {
		const before = this.flaps.isFlapping;
		this.#flapT = t;
		this.flaps = withState(this.flaps, letter);
		return before === this.flaps.isFlapping ? [] : [{alert: this, event: before ? 'steady' : 'flapping'}];
	}

	/** A rule's state now. */
	recordState(t: number): readonly Change[] {
		const letter = letterOf(this.state);
		const isSame = this.flaps.states.at(-1) === letter;
		return isSame && t - this.#flapT < flapEvery ? [] : this.recordResult(letter, t);
	}

	/** What comes again after a while is another incident, unless it does so all the time. */
	#forget(t: number): void {
		const {state} = this;

		if (state?.phase === 'resolved' && !this.flaps.isFlapping && t - (state.endedAt ?? t) > cooldown) {
			this.state = undefined;
		}
	}
}

function letterOf(state: AlertState | undefined): string {
	return state?.phase === 'firing' || state?.phase === 'recovering' ? (state.severity?.[0] ?? 'o') : 'o';
}
