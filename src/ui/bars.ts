import {bodyOf, type Places} from './layout.js';
import {servicesOf} from './panels/service-rows.js';
import {services} from './panels/services.js';
import {withBar} from './process-control.js';
import type {Scene} from './scene.js';
import {withServiceRows} from './service-view.js';
import type {ViewState} from './view-state.js';

/** The view with each bar on what it was put on, among the rows that there are now. */
export function withBars(scene: Scene, places: Places): ViewState {
	return withServiceBar({...scene, view: withBar(scene, places)}, places);
}

function withServiceBar(scene: Scene, {panels}: Places): ViewState {
	const {view, snapshot} = scene;
	const place = panels.find(({panel}) => panel === 'services');

	if (!place || (!view.service && view.zoomed !== 'services')) {
		return view;
	}

	const body = bodyOf(place);
	const shown = services.extent?.(scene, body.rows, body.columns).shown ?? 1;
	return withServiceRows(view, servicesOf(snapshot).rows, shown);
}
