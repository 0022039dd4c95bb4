import {withCauseSort} from './cause-sort.js';
import {bodyOf, type Places} from './layout.js';
import {alerts} from './panels/alerts.js';
import {servicesOf} from './panels/service-rows.js';
import {services} from './panels/services.js';
import {withBar} from './process-control.js';
import {type ListPanel, type ListRows, listPanels, withListRows} from './row-bar.js';
import type {Scene} from './scene.js';
import {withSeenFocus} from './shown-panels.js';
import type {ViewState} from './view-state.js';

/** The view with the focus where it is seen, with each bar on what it was put on, among the rows that there are now, and the processes in the order that the bar asks for. */
export function withBars(given: Scene, places: Places): ViewState {
	const scene = {...given, view: withSeenFocus(given.view, places)};
	const rows = listRows(scene);
	const view = listPanels.reduce<ViewState>(
		(view, panel) => withBarOf(panel, rows[panel], {...scene, view}, places),
		withBar(scene, places),
	);
	return withCauseSort(view, scene.snapshot.alerts);
}

/** What is in each list, in its order. */
export function listRows({snapshot}: Pick<Scene, 'snapshot'>): ListRows {
	return {
		services: servicesOf(snapshot).rows.map(({check}) => check),
		alerts: snapshot.alerts.map(({incident}) => incident),
	};
}

const panels = {services, alerts} as const;

function withBarOf(panel: ListPanel, ids: readonly string[], scene: Scene, places: Places): ViewState {
	const {view} = scene;
	const place = places.panels.find(one => one.panel === panel);

	if (!place || (!view.bars[panel] && view.zoomed !== panel)) {
		return view;
	}

	const body = bodyOf(place);
	const shown = panels[panel].extent?.(scene, body.rows, body.columns).shown ?? 1;
	return withListRows(view, panel, ids, shown);
}
