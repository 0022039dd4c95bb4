import type {Alert} from '../core/alerts/alert.js';
import {baseOf} from '../core/series.js';
import type {Sort, ViewState} from './view-state.js';

/** While the bar is on an alert, the processes are in the order of its cause. */
export type LentSort = {
	/** Of the alert. */
	readonly incident: string;
	readonly sort: Sort;
	/** What it was before, for when the bar is on no such alert any more. */
	readonly before: Pick<ViewState, 'sort' | 'isReversed'>;
};

const causes: readonly (readonly [series: RegExp, sort: Sort])[] = [
	[/^(?:cpu|core|load|container)\.(?!iowait|memory)|^pressure\.cpu|^process\.running/, 'cpu'],
	[/^(?:memory|swap)\.|^container\.memory|^pressure\.memory/, 'memory'],
	[/^(?:io|disk)\.|^pressure\.io|^cpu\.iowait|^process\.blocked/, 'io'],
];

/** The order of processes in which the cause of what a series tells stands first; undefined where they are not the cause. */
export function causeOf(series: string | undefined): Sort | undefined {
	return series === undefined ? undefined : causes.find(([pattern]) => pattern.test(baseOf(series)))?.[1];
}

/**
 * The view with the processes in the order that the alert under the bar asks for while its panel has the keys, and else in the one that they
 * had. What somebody has chosen in between stays.
 */
export function withCauseSort(view: ViewState, alerts: readonly Alert[]): ViewState {
	const {lentSort, focused, bars} = view;
	const alert = focused === 'alerts' ? alerts.find(({incident}) => incident === bars.alerts?.id) : undefined;
	const sort = causeOf(alert?.series);
	const wanted = alert && sort ? {incident: alert.incident, sort} : undefined;

	if (lentSort?.incident === wanted?.incident) {
		return view;
	}

	const isLent = lentSort && view.sort === lentSort.sort && !view.isReversed;
	const own = isLent ? lentSort.before : {sort: view.sort, isReversed: view.isReversed};
	const next = wanted
		? {sort: wanted.sort, isReversed: false, lentSort: {...wanted, before: own}}
		: {...own, lentSort: undefined};
	return {...view, ...next, offsets: {...view.offsets, processes: 0}};
}
