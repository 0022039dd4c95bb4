import {needsDetails} from '../core/query-needs.js';
import {everyPid, type Pids} from '../core/sampler.js';
import {bodyOf, type Places} from './layout.js';
import {shownProcesses} from './panels/processes.js';
import type {Scene} from './scene.js';

/** Table width from which the disk columns of processes are shown. */
const diskColumnsFrom = 140;

/**
 * The processes whose disk traffic and open files are wanted: those on the screen, in the panel or in a dialog; all when they are sorted or filtered by them,
 * or the answer would be about the rows seen before.
 */
export function detailedProcesses(scene: Scene, {panels}: Places): Pids {
	const {filter, view} = scene;

	if (view.sort === 'io' || (filter.query && needsDetails(filter.query))) {
		return everyPid;
	}

	const watched = view.dialog?.kind === 'details' ? [view.dialog.id.pid] : [];
	const place = panels.find(({panel}) => panel === 'processes');
	const body = place && bodyOf(place);
	const shown = body && body.columns >= diskColumnsFrom ? shownProcesses(scene, body.rows) : [];
	return new Set([...shown.map(({pid}) => pid), ...watched]);
}
