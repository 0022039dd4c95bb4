import {levelOfDisk, levelOfInodes} from '../../core/disk-level.js';
import {about, bytesPerSecond, bytesShort, percent, percentUp, ratesTogether} from '../../core/format.js';
import {levelOf} from '../../core/levels.js';
import {padSafe, safe} from '../../core/safe.js';
import type {Device, Filesystem, FilesystemUsage} from '../../core/snapshot.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {cutStart, fullSoon, worstFirst} from './disk-rows.js';
import {type Extent, offsetOf, type Panel} from './panel.js';
import {paintZoomedDisk, zoomedDiskExtent, zoomedFilesystems} from './zoomed-disk.js';
import {isZoomed} from './zoomed-parts.js';

export const disk: Panel = {
	name: 'disk',
	title: safe`Disk`,
	area: 'filesystem',
	summary(scene, rows) {
		const {filesystems, devices} = scene.snapshot;
		const room = isZoomed('disk', scene, rows) ? zoomedFilesystems(scene, rows) : rows;
		const shown = Math.min(filesystems.length, room);
		const count = shown < filesystems.length ? safe`${shown} of ${filesystems.length} ${scene.symbols.dot} ` : safe``;
		const [read, written, unit] = ratesTogether(
			total(devices, 'readBytesPerSecond'),
			total(devices, 'writtenBytesPerSecond'),
		);
		return safe`${count}r ${read} w ${written} ${unit}`;
	},
	paint,
	extent,
};

/** Of what is built on other devices the bytes would count twice. Undefined while no device has a rate. */
function total(devices: readonly Device[], rate: 'readBytesPerSecond' | 'writtenBytesPerSecond'): number | undefined {
	const rates = devices.flatMap(device => (device.isPhysical && device[rate] !== undefined ? [device[rate]] : []));
	return rates.length === 0 ? undefined : rates.reduce((sum, value) => sum + value, 0);
}

function extent(scene: Scene, rows: number): Extent {
	if (isZoomed('disk', scene, rows)) {
		return zoomedDiskExtent(scene, rows);
	}

	const {snapshot} = scene;
	const count = snapshot.filesystems.length;
	// Devices come below, only where all file systems have their row.
	return {total: count + (rows > count ? snapshot.devices.length : 0), shown: rows};
}

function paint(area: Area, scene: Scene): void {
	if (isZoomed('disk', scene, area.rows)) {
		paintZoomedDisk(area, scene);
		return;
	}

	const filesystems = worstFirst(scene.snapshot.filesystems);
	const rows: readonly (Filesystem | Device)[] = [
		...filesystems,
		...(area.rows > filesystems.length ? scene.snapshot.devices : []),
	];
	const offset = offsetOf('disk', extent(scene, area.rows), scene);
	const shown = rows.slice(offset, offset + area.rows);
	const columns = {
		name: nameWidth(shown, area.columns),
		readOnly: shown.some(row => 'mount' in row && row.isReadOnly) ? 3 : 0,
	};

	for (const [y, row] of shown.entries()) {
		const line = area.part({x: 0, y, columns: area.columns, rows: 1});

		if ('mount' in row) {
			paintFilesystem(line, row, columns, scene);
		} else {
			paintDevice(line, row, columns.name, scene);
		}
	}
}

function nameWidth(rows: readonly (Filesystem | Device)[], columns: number): number {
	const most = Math.max(5, Math.floor(columns / 4));
	return Math.max(5, ...rows.map(({name}) => widthOf(cutStart(name, most))));
}

/** Columns that all rows share: of the name, and of the mark of those that cannot be written. */
type DiskColumns = {readonly name: number; readonly readOnly: number};

/** `612 GiB free`. */
const leftColumns = 13;

/** That inodes run out, when it will be full if that is soon, else what is free. */
function leftOf(filesystem: Filesystem, usage: FilesystemUsage, {snapshot, look}: Scene) {
	const seconds = fullSoon(filesystem, snapshot);
	const inodes = levelOfInodes(usage);

	if (inodes !== 'ok') {
		return {text: safe`inodes ${percentUp(usage.inodes?.usedPercent)}`, style: look.level[inodes]};
	}

	if (seconds !== undefined) {
		return {text: safe`full in ${about(seconds)}`, style: look.level.warning};
	}

	return {text: safe`${padSafe(bytesShort(usage.freeBytes), 8, 'start')} free`, style: look.text};
}

function paintFilesystem(line: Area, filesystem: Filesystem, columns: DiskColumns, scene: Scene): void {
	const {look, symbols} = scene;
	const level = levelOfDisk(filesystem);
	const {usage, problem, name} = filesystem;
	line.text(0, 0, level === 'ok' ? safe`` : symbols.level[level], look.strongLevel[level]);
	line.text(2, 0, cutStart(name, columns.name), look.text);
	const x = 2 + columns.name + 1;

	if (!usage) {
		line.text(x, 0, problem ?? safe`no answer yet`, problem ? look.level.warning : look.dim);
		return;
	}

	const left = leftOf(filesystem, usage, scene);
	line.right(line.columns, 0, left.text, left.style);
	// The place of what is free, whatever stands in it: bars end at the same column.
	const end = line.columns - leftColumns;
	line.right(end - 1, 0, filesystem.isReadOnly ? safe`ro` : safe``, look.dim);
	const used = line.right(end - columns.readOnly - 1, 0, percentUp(usage.usedPercent), look.level[level]);
	line.bar(x, 0, used - 1 - x, usage.usedPercent / 100, symbols.bar, level === 'ok' ? look.disk : look.level[level]);
}

function paintDevice(line: Area, device: Device, nameColumns: number, {look}: Scene): void {
	line.text(2, 0, device.name, look.dim, nameColumns);
	const busy = look.level[levelOf('io.busy', device.busyPercent)];
	const end = line.right(line.columns, 0, safe`${percent(device.busyPercent)} busy`, busy);
	const rates = safe`r ${bytesPerSecond(device.readBytesPerSecond)}  w ${bytesPerSecond(device.writtenBytesPerSecond)}`;

	// Where they do not fit, the border still tells the sum.
	if (2 + nameColumns + 1 + widthOf(rates) + 2 <= end) {
		line.right(end - 2, 0, rates, look.text);
	}
}
