import type {PanelName} from './panel-name.js';
import {initialView, type ViewState} from './view-state.js';

/**
 * The view with other panels, for so many services; what was focused or zoomed stays so where it is still there. Without a service there
 * is no panel of them, unless it is the only one.
 */
export function withPanels(view: ViewState, wanted: readonly PanelName[], services: number): ViewState {
	const others = wanted.filter(name => name !== 'services');
	const {panels, focused} = initialView(services > 0 || others.length === 0 ? wanted : others);
	const isThere = panels.includes(view.focused);
	const zoomed = isThere ? view.zoomed : undefined;
	return {...view, wanted, panels, services, focused: isThere ? view.focused : focused, zoomed};
}
