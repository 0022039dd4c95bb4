import type {Alert} from '../core/alerts/alert.js';
import type {TimelineKind} from '../core/alerts/incident.js';
import type {Snapshot} from '../core/snapshot.js';
import type {Terminal} from './screen/terminal.js';

/** Not more often than that, ms. */
const ringEvery = 1000;

/** What is known of what is critical. */
export type Attention = {
	/** Wall clock of the first snapshot, ms: what was critical before is old. */
	readonly startedAt: number;
	/** Incidents that are critical and that somebody has been called for, or that were critical at the start. */
	readonly known: ReadonlySet<string>;
	/** Monotonic, ms. */
	readonly rangAt: number;
};

export type NextAttention = {readonly attention: Attention; readonly rings: boolean; readonly critical: number};

/**
 * Whether the bell is to ring: for an incident that has become critical since the last snapshot, and that people are told of. While the past
 * is on the screen it is put off. `now` is monotonic, ms.
 */
export function nextAttention(
	before: Attention | undefined,
	{alerts, at}: Pick<Snapshot, 'alerts' | 'at'>,
	{now, isPast}: {readonly now: number; readonly isPast: boolean},
): NextAttention {
	const critical = alerts.filter(({phase, severity}) => phase === 'firing' && severity === 'critical');
	const count = critical.length;
	const namesOf = (alerts: readonly Alert[]) => new Set(alerts.map(({incident}) => incident));

	if (!before) {
		const attention = {startedAt: at, known: namesOf(critical), rangAt: Number.NEGATIVE_INFINITY};
		return {attention, rings: false, critical: count};
	}

	// The clock was set back: else nothing would be new for as long as that.
	const startedAt = Math.min(before.startedAt, at);
	const isOld = (alert: Alert) => before.known.has(alert.incident) || becameCriticalAt(alert) < startedAt;
	const [old, fresh] = [critical.filter(isOld), critical.filter(alert => !isOld(alert) && !alert.mute)];
	const isCall = fresh.length > 0 && !isPast;
	const rings = isCall && now - before.rangAt >= ringEvery;
	const known = namesOf(isCall ? [...old, ...fresh] : old);
	return {attention: {startedAt, known, rangAt: rings ? now : before.rangAt}, rings, critical: count};
}

const rises: readonly TimelineKind[] = ['fired', 'raised', 'again'];

/** An engine that goes on where it was brings alerts along that are older than the screen. */
function becameCriticalAt({timeline, firedAt, since}: Alert): number {
	return timeline.findLast(({kind}) => rises.includes(kind))?.at ?? firedAt ?? since;
}

/** Calls whoever is near the terminal, by its bell, and says in its title how much is critical. */
export class Caller {
	readonly #terminal: Terminal;
	#attention: Attention | undefined;

	constructor(terminal: Terminal) {
		this.#terminal = terminal;
	}

	/** For the newest snapshot, whatever moment is on the screen. */
	look(snapshot: Snapshot | undefined, around: {readonly now: number; readonly isPast: boolean}): void {
		if (!snapshot) {
			return;
		}

		const {attention, rings, critical} = nextAttention(this.#attention, snapshot, around);
		this.#attention = attention;
		this.#terminal.setCritical(critical);

		if (rings) {
			this.#terminal.ring();
		}
	}
}
