import type {Snapshot} from '../core/snapshot.js';
import type {Places} from './layout.js';
import type {PanelName} from './panel-name.js';
import {initialView, type ViewState} from './view-state.js';

/** What there is to show in the panels that are there only as long as there is something. */
export type Listed = Pick<ViewState, 'services' | 'alerts'>;

/** Of a snapshot; of the newest one that is shown, for a past one knows less. */
export function listedIn(snapshot: Pick<Snapshot, 'checks' | 'alerts' | 'notifiers'> | undefined): Listed {
	const {checks = [], alerts = [], notifiers = []} = snapshot ?? {};
	const isSome = alerts.some(({phase}) => phase !== 'pending') || notifiers.some(({state}) => state !== 'well');
	return {services: checks.length, alerts: isSome ? 'some' : alerts.length > 0 ? 'pending' : 'none'};
}

/**
 * The view with other panels, for what is listed now; what was focused or zoomed stays so where it is still there. Without a service there
 * is no panel of them, nor one of alerts without any, unless they are the only ones.
 */
export function withPanels(view: ViewState, wanted: readonly PanelName[], {services, alerts}: Listed): ViewState {
	const isEmpty: Partial<Record<PanelName, boolean>> = {services: services === 0, alerts: alerts === 'none'};
	const others = wanted.filter(name => !isEmpty[name]);
	const {panels, focused} = initialView(others.length > 0 ? others : wanted);
	const isThere = panels.includes(view.focused);
	const zoomed = isThere ? view.zoomed : undefined;
	return {...view, wanted, panels, services, alerts, focused: isThere ? view.focused : focused, zoomed};
}

/** Services come and go with the configuration, alerts with what happens: the same object where neither has. */
export function withLists(view: ViewState, listed: Listed): ViewState {
	const isSame = listed.services === view.services && listed.alerts === view.alerts;
	return isSame ? view : withPanels(view, view.wanted, listed);
}

/** Those that the screen has a box for. An alert that is only pending may be over in a moment, and would move all others twice. */
export function boxesOf({panels, alerts}: Pick<ViewState, 'panels' | 'alerts'>): readonly PanelName[] {
	return panels.length > 1 && alerts === 'pending' ? panels.filter(name => name !== 'alerts') : panels;
}

/**
 * The view with the focus on a panel that is seen: after a zoom it may be on one that there is no room for, and keys would move what nobody
 * sees.
 */
export function withSeenFocus(view: ViewState, {panels, isTooSmall}: Places): ViewState {
	const seen = panels.map(({panel}) => panel);

	if (view.zoomed || isTooSmall || seen.length === 0 || seen.includes(view.focused)) {
		return view;
	}

	return {...view, focused: seen.includes('processes') ? 'processes' : (seen[0] ?? view.focused)};
}
