import type {AlertState} from '../core/alerts/alert-state.js';
import type {Incident} from '../core/alerts/incident.js';
import {worstFirst} from '../core/alerts/severity.js';
import {firingText, overText} from '../core/alerts/words.js';
import {checkReason} from '../core/check-state.js';
import {type Safe, safe, safeBytes} from '../core/safe.js';
import type {Check} from '../core/snapshot.js';
import type {Watch} from './rule-watches.js';
import type {Subject} from './tracked-alert.js';

/** Of a rule on a series. `read`: its value now. */
export function ruleSubject(watch: Watch, read: () => number | undefined): Subject {
	const {key, rule, series, instance, unit, rises} = watch;
	const text = (state: AlertState): Safe => {
		const severity = state.severity ?? worstFirst.find(one => state.held[one] !== undefined) ?? 'warning';
		const level = rule.levels[severity] ?? worstFirst.map(one => rule.levels[one]).find(one => one !== undefined);

		if (!level) {
			return rule.name;
		}

		const isOver = state.phase === 'resolved' || state.phase === 'recovering';
		const rise = level.kind === 'rises' ? rises.get(level.within)?.value : undefined;
		return isOver ? overText(read(), level, unit) : firingText(read(), level, unit, rise);
	};
	return {
		key,
		title: instance === undefined ? rule.name : safe`${rule.name} ${safeBytes(instance)}`,
		of: safeBytes(series),
		series,
		notify: rule.notify,
		...(rule.runbook && {runbook: rule.runbook}),
		text,
	};
}

/** Of a check, whose row `read` gives as it is now. */
export function checkSubject(row: Check, notify: readonly string[], read: () => Check | undefined): Subject {
	return {
		key: checkKey(row.check),
		title: row.name,
		of: safe`check`,
		check: row.check,
		notify,
		text: state => {
			const now = read() ?? row;
			const isOver = state.phase === 'resolved' || state.phase === 'recovering';
			const well = now.result?.text;
			return isOver ? (well === undefined || well === '' ? safe`ok` : well) : (checkReason(now) ?? safe`failed`);
		},
	};
}

/** Of what there is no data of. */
export function noDataSubject(of: Subject): Subject {
	return {
		...of,
		key: noDataKey(of.key),
		title: safe`No data: ${of.title}`,
		text: state => (state.phase === 'resolved' ? safe`there is data again` : safe`nothing is known of it`),
	};
}

/** What is remembered of what an alert is about. */
export type RestoredSubject = Pick<Incident, 'key' | 'title' | 'of' | 'notify' | 'series' | 'check' | 'runbook'>;

/** Of an alert of before, until its rule or check is seen again. `last`: what was said of it. */
export function restoredSubject(
	{key, title, of, series, check, notify, runbook}: RestoredSubject,
	last: () => Safe | undefined,
): Subject {
	return {
		key,
		title,
		of,
		notify,
		...(series !== undefined && {series}),
		...(check !== undefined && {check}),
		...(runbook !== undefined && {runbook}),
		text: () => last() ?? safe`-`,
	};
}

export function checkKey(check: string): string {
	return `check/${check}`;
}

const noData = 'no-data/';

export function noDataKey(key: string): string {
	return noData + key;
}

export function isNoData({key}: Pick<Subject, 'key'>): boolean {
	return key.startsWith(noData);
}

/** Of an alert about missing data, that of what has none. */
export function keyWithoutData(key: string): string | undefined {
	return key.startsWith(noData) ? key.slice(noData.length) : undefined;
}
