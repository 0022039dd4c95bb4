import {listRows} from './bars.js';
import {dialogExtent} from './dialogs/index.js';
import {bodyOf} from './layout.js';
import type {Extent, Panel} from './panels/panel.js';
import type {Picture} from './picture.js';
import {aroundProcesses, type ProcessActs} from './process-control.js';
import type {Scene} from './scene.js';
import type {TimeAround} from './time-view.js';
import type {Around} from './view-state.js';

/** What a key meets on the screen. */
export type AroundParts = {
	/** Undefined before the first picture. */
	readonly scene: Scene | undefined;
	readonly picture: Pick<Picture, 'places' | 'dialog'>;
	readonly panels: readonly Panel[];
	readonly processActs: ProcessActs;
	readonly time: TimeAround;
};

/** What a command may depend on besides the view, for this key. */
export function aroundOf(key: string, parts: AroundParts): Around {
	const {scene, picture, processActs, time} = parts;
	const extent = scene && extentOf(scene, parts);
	return {
		key,
		onScreen: picture.places.panels.map(({panel}) => panel),
		page: extent?.page ?? extent?.shown ?? 1,
		lastOffset: Math.max(0, (extent?.total ?? 0) - (extent?.shown ?? 0)),
		time,
		processes: aroundProcesses(scene, picture.places, processActs),
		lists: scene ? listRows(scene) : {services: [], alerts: []},
	};
}

/** Rows of what has the keys: the dialog, or the focused panel. */
function extentOf(scene: Scene, {picture, panels}: AroundParts): Extent | undefined {
	const {focused, dialog} = scene.view;

	if (dialog && picture.dialog) {
		return dialogExtent(dialog, picture.dialog, scene);
	}

	const place = picture.places.panels.find(({panel}) => panel === focused);
	const body = place && bodyOf(place);
	return body && panels.find(({name}) => name === focused)?.extent?.(scene, body.rows, body.columns);
}
