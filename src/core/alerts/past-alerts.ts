import {present} from '../present.js';
import type {Alert} from './alert.js';
import type {Phase} from './alert-state.js';
import type {TimelineEntry, TimelineKind} from './incident.js';
import {compareSeverity} from './severity.js';

/** What an alert became with an entry of its timeline; other entries change nothing. */
const phases: Partial<Record<TimelineKind, Phase>> = {
	began: 'pending',
	fired: 'firing',
	raised: 'firing',
	downgraded: 'firing',
	again: 'firing',
	recovering: 'recovering',
	resolved: 'resolved',
	gone: 'resolved',
};

const order: readonly Phase[] = ['firing', 'recovering', 'pending', 'resolved'];

/** Alerts as they stood at a past moment (wall clock, ms), as far as they and their timelines are remembered; those to come are not among them. */
export function pastAlerts(alerts: readonly Alert[], at: number): readonly Alert[] {
	const then = alerts.filter(({since}) => since <= at).map(alert => pastAlert(alert, at));
	const rank = ({phase}: Alert) => order.indexOf(phase);
	return then.toSorted((a, b) => rank(a) - rank(b) || compareSeverity(b.severity, a.severity) || b.since - a.since);
}

function pastAlert(now: Alert, at: number): Alert {
	const {firedAt, endedAt, evidence, mute: _, told: _told, ...rest} = now;
	const timeline = now.timeline.filter(entry => entry.at <= at);
	const [hasFired, hasEnded] = [firedAt !== undefined && firedAt <= at, endedAt !== undefined && endedAt <= at];
	const changes = timeline.filter(({kind}) => phases[kind]);
	const last = changes.at(-1);
	const known = hasEnded ? 'resolved' : hasFired ? 'firing' : 'pending';
	return {
		...rest,
		phase: (last && phases[last.kind]) ?? known,
		severity: timeline.findLast(entry => entry.severity)?.severity ?? now.severity,
		isStale: lastOf(timeline, ['no data', ...changing]) === 'no data',
		isFlapping: lastOf(timeline, ['flapping', 'steady']) === 'flapping',
		text: last?.text ?? now.text,
		told: {
			sent: timeline.filter(({kind}) => kind === 'sent').length,
			waiting: 0,
			refused: timeline.filter(({kind}) => kind === 'refused').length,
		},
		timeline,
		...present({
			firedAt: hasFired ? firedAt : undefined,
			endedAt: hasEnded ? endedAt : undefined,
			evidence: hasFired ? evidence : undefined,
		}),
	};
}

const changing = Object.keys(phases) as readonly TimelineKind[];

function lastOf(timeline: readonly TimelineEntry[], kinds: readonly TimelineKind[]): TimelineKind | undefined {
	return timeline.findLast(({kind}) => kinds.includes(kind))?.kind;
}
