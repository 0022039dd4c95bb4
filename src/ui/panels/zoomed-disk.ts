import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {worstFirst} from './disk-rows.js';
import {type Extent, offsetOf} from './panel.js';
import {paintDevices, paintDiskPressure, paintTraffic} from './zoomed-devices.js';
import {paintFilesystems} from './zoomed-filesystems.js';
import {below} from './zoomed-parts.js';

/** Rows of a graph that is worth its place, its label included. */
const leastGraph = 4;

/** Rows of each part; of the tables those below the heading. */
type Heights = {
	readonly filesystems: number;
	readonly devices: number;
	readonly graph: number;
	readonly pressure: number;
	/** Between two parts. */
	readonly air: number;
};

/** Both tables are seen, if it is only in a third of the screen that devices are; what is left is for a graph. */
function heightsOf({snapshot}: Scene, rows: number): Heights {
	const air = rows >= 16 ? 1 : 0;
	const pressure = rows >= 12 ? 1 : 0;
	const room = rows - pressure - 1;
	// Without any, one row says so.
	const all = Math.max(1, snapshot.filesystems.length);
	const head = 1 + air;
	const wanted = snapshot.devices.length === 0 ? 0 : snapshot.devices.length + head;
	const devices = Math.max(0, Math.min(wanted, Math.max(Math.floor(room / 3), room - all)) - head);
	const rest = room - (devices === 0 ? 0 : devices + head);
	const spare = rest - all - air;
	const graph = spare >= leastGraph && devices > 0 ? spare : 0;
	return {filesystems: Math.max(0, Math.min(all, rest)), devices, graph, pressure, air};
}

/** Rows that file systems have. */
export function zoomedFilesystems(scene: Scene, rows: number): number {
	return heightsOf(scene, rows).filesystems;
}

/** Scrolling moves the file systems to their end first, and then the devices. */
export function zoomedDiskExtent(scene: Scene, rows: number): Extent {
	const {filesystems, devices} = heightsOf(scene, rows);
	const {snapshot} = scene;
	const total = snapshot.filesystems.length + (devices > 0 ? snapshot.devices.length : 0);
	return {total, shown: filesystems + devices, page: Math.max(1, Math.min(filesystems, devices || filesystems))};
}

/** All about disks: file systems, devices, what all of them do over time, and who waits for them. */
export function paintZoomedDisk(area: Area, scene: Scene): void {
	const {snapshot} = scene;
	const heights = heightsOf(scene, area.rows);
	const offset = offsetOf('disk', zoomedDiskExtent(scene, area.rows), scene);
	const filesystems = worstFirst(snapshot.filesystems);
	const from = Math.max(0, Math.min(offset, filesystems.length - heights.filesystems));
	const {air} = heights;
	const [upper = area, , middle = area, , graph = area] = below(area, [
		heights.filesystems + 1,
		air,
		heights.devices > 0 ? heights.devices + 1 : 0,
		heights.graph > 0 ? air : 0,
		heights.graph,
	]);
	paintFilesystems(upper, filesystems.slice(from, from + heights.filesystems), filesystems, scene);

	if (heights.devices > 0) {
		const first = offset - from;
		paintDevices(middle, snapshot.devices.slice(first, first + heights.devices), snapshot.devices, scene);
	}

	if (heights.graph > 0) {
		paintTraffic(graph, scene);
	}

	const {pressure} = heights;
	paintDiskPressure(area.part({x: 0, y: area.rows - pressure, columns: area.columns, rows: pressure}), scene);
}
