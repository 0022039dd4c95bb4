import type {Alert} from '../core/alerts/alert.js';
import {alertText, isOpen, muteWords, notifierText} from '../core/alerts/alert-words.js';
import {span} from '../core/format.js';
import {type Safe, safe} from '../core/safe.js';
import {seriesName} from '../core/series.js';
import type {Check, Filesystem, Snapshot} from '../core/snapshot.js';
import {cut, widthOf} from '../core/width.js';
import type {Trouble} from './headline.js';

/** Columns of a text that are worth it where it is not the first: others are to fit behind it, too. */
const textColumns = 32;

/** Columns behind a title that tell something: a value and its unit. */
const valueColumns = 8;

/** Columns around the name of a notifier that tell that it is not well: `notifier : 3 waiting`. */
const notifierColumns = 20;

/**
 * Alerts that fire, the worst first, and of those of a level the ones first that nobody has seen to. What only is worth knowing is no
 * trouble, nor what is held: the trouble is what it depends on.
 */
export function alertTroubles({alerts, at}: Snapshot): readonly Trouble[] {
	const told = alerts.filter(alert => isOpen(alert) && alert.severity !== 'info' && alert.mute !== 'held');
	const ordered = [...told.filter(({mute}) => !mute), ...told.filter(({mute}) => mute)];
	return ordered.map(alert => {
		const since = safe` ${span((at - alert.since) / 1000)}${stateText(alert)}`;
		const text = alertText(alert);
		return {
			// What is well already is no more than a warning.
			level: alert.severity === 'critical' && alert.phase === 'firing' ? 'critical' : 'warning',
			text: safe`${alert.title} ${cut(text, textColumns)}${since}`,
			whole: safe`${alert.title} ${text}${since}`,
			least: widthOf(alert.title) + valueColumns,
		};
	});
}

/** What one should know before running: ` acked`, ` recovering`. */
function stateText({mute, phase, isFlapping}: Alert): Safe {
	const word = isFlapping
		? safe`flapping`
		: mute
			? muteWords[mute]
			: phase === 'recovering'
				? safe`recovering`
				: safe``;
	return word === '' ? word : safe`, ${word}`;
}

/** Ways to tell people that do not work: nobody knows of what is wrong then. */
export function notifierTroubles({notifiers, at}: Snapshot): readonly Trouble[] {
	return notifiers
		.filter(({state}) => state !== 'well')
		.map(notifier => {
			const {retryAt: _, ...short} = notifier;
			return {
				level: 'warning',
				text: safe`notifier ${notifier.name}: ${cut(notifierText(short, at), textColumns + 8)}`,
				whole: safe`notifier ${notifier.name}: ${notifierText(short, at)}`,
				least: widthOf(notifier.name) + notifierColumns,
			};
		});
}

/** What alerts tell already, so that it is not told twice. */
export type ToldByAlerts = {
	readonly check: (check: Check) => boolean;
	/** Of a mount: the space that is left, or the inodes. */
	readonly disk: (filesystem: Filesystem, measure: 'disk.used' | 'disk.inodes_used') => boolean;
	readonly memory: boolean;
};

export function toldByAlerts({alerts}: Pick<Snapshot, 'alerts'>): ToldByAlerts {
	const open = alerts.filter(isOpen);
	const series = new Set(open.map(alert => alert.series));
	const checks = new Set(open.map(alert => alert.check));
	return {
		check: ({check}) => checks.has(check),
		disk: ({mount}, measure) => series.has(seriesName(measure, mount)),
		memory: series.has('memory.used'),
	};
}
