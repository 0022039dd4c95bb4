import type {AlertSettings} from './alert-settings.js';
import type {Incident} from './incident.js';
import {type Need, needOf, tellsOf} from './needs.js';
import {isOpen, type Outgoing, recipientKey, worseFirst} from './outgoing.js';
import type {Severity} from './severity.js';

const hour = 3_600_000;

/** While so many wait for one recipient, what is new joins the last one: whoever has been away wants a list. */
const mostWaiting = 20;

/** What may have arrived is waited for, so that nothing overtakes it; not for ever: this many tries. */
const patientTries = 4;

/** More incidents in one message would be too long for a record, and for anybody. */
const mostItems = 1000;

/** Somebody who can be told. */
export type Route = {readonly notifier: string; readonly recipient: string; readonly minimum: Severity};

export type Around = {
	readonly settings: AlertSettings;
	/** Open and ended within the last hour. */
	readonly outgoing: readonly Outgoing[];
	/** The clock of `AlertState`, and the wall clock, ms. */
	readonly t: number;
	readonly at: number;
	/** Until when what is new of an incident waits for more to be known; the clock of `AlertState`. */
	readonly waitsUntil: (incident: Incident) => number;
};

/**
 * What is to be told now: new messages, and waiting ones that tell more. Decided for each recipient apart: that something is to be told from
 * what it knows (as Alertmanager's `needsUpdate`, notify/dedup_stage.go), when from the waits, the interval and the messages of the last hour.
 */
export function planMessages(
	incidents: readonly Incident[],
	routes: readonly Route[],
	around: Around,
): readonly Outgoing[] {
	return routes.flatMap(route => {
		const own = around.outgoing.filter(one => one.notifier === route.notifier && one.recipient === route.recipient);
		const needs = needsOf(incidents, route, own, around);
		const planned = isTime(needs, own, around) ? [messageOf(needs.slice(0, mostItems), route, own, around)] : [];
		return [...planned, ...hurried(incidents, own, around)];
	});
}

function needsOf(
	incidents: readonly Incident[],
	route: Route,
	own: readonly Outgoing[],
	{settings, t, waitsUntil}: Around,
): readonly Need[] {
	const key = recipientKey(route);
	// What waits will tell of it, whatever it is by then; of what is under way nobody knows yet what it told.
	const busy = new Set(
		own
			.filter(
				({state, tries}) =>
					state === 'waiting' || state === 'trying' || (state === 'undecided' && tries <= patientTries),
			)
			.flatMap(({items}) => items.map(({incident}) => incident)),
	);
	return incidents.flatMap(incident => {
		if (busy.has(incident.id) || !isFor(incident, route)) {
			return [];
		}

		const told = incident.told[key];
		const tells = tellsOf(incident, told, route.minimum, settings, t);
		const need = tells && needOf(incident, tells, settings, told);
		return need ? [{...need, due: Math.max(need.due, waitsUntil(incident))}] : [];
	});
}

/** Whoever was told hears the end, too, whomever others are told by now. */
function isFor({notify, told}: Incident, route: Route): boolean {
	return notify.length === 0 || notify.includes(route.notifier) || told[recipientKey(route)] !== undefined;
}

/** Messages that the other side has put off, and that would tell of something critical that is newer than that. */
function hurried(incidents: readonly Incident[], own: readonly Outgoing[], {t}: Around): readonly Outgoing[] {
	const isNew = ({items, triedT = t}: Outgoing) =>
		items.some(({incident: id}) => {
			const incident = incidents.find(one => one.id === id);
			const {severity, phase} = incident?.state ?? {};
			return severity === 'critical' && phase === 'firing' && (incident?.newsT.at(-1) ?? 0) > triedT;
		});
	return own.filter(one => one.state === 'waiting' && one.nextT > t && isNew(one)).map(one => ({...one, nextT: t}));
}

function isTime(needs: readonly Need[], own: readonly Outgoing[], {settings, t}: Around): boolean {
	const due = needs.filter(need => need.due <= t);

	if (due.length === 0) {
		return false;
	}

	const times = own.map(one => one.t).filter(time => time > t - hour);
	const last = Math.max(Number.NEGATIVE_INFINITY, ...times);
	const isUrgent = due.some(need => need.isUrgent);
	return (isUrgent || t - last >= settings.groupInterval) && isPaced(times, isUrgent, settings, t);
}

/**
 * The first half of an hour's messages is sent as it comes, three quarters of them if something critical is new; the others are spread over
 * what is left of the hour, so that nothing waits for long in a storm.
 */
function isPaced(times: readonly number[], isUrgent: boolean, {perHour}: AlertSettings, t: number): boolean {
	if (times.length < Math.ceil(perHour * (isUrgent ? 0.75 : 0.5))) {
		return true;
	}

	const [first, last] = [Math.min(...times), Math.max(...times)];
	return times.length < perHour && t - last >= (first + hour - last) / (perHour - times.length + 1);
}

function messageOf(needs: readonly Need[], route: Route, own: readonly Outgoing[], {t, at}: Around): Outgoing {
	const sorted = needs.toSorted((a, b) => worseFirst(a.incident, b.incident));
	const items = sorted.map(({incident, tells}) => ({incident: incident.id, tells}));
	const waiting = own.filter(one => isOpen(one) && one.state === 'waiting');
	const last = waiting.at(-1);

	if (last && waiting.length >= mostWaiting && last.items.length + items.length <= mostItems) {
		return {...last, items: [...last.items, ...items]};
	}

	const {notifier, recipient} = route;
	return {
		id: `${items[0]?.incident}.${Math.round(t)}.${notifier}.${recipient}`,
		notifier,
		recipient,
		t,
		at,
		state: 'waiting',
		items,
		tries: 0,
		mayRepeat: false,
		nextT: t,
	};
}
