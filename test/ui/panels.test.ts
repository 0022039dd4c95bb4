import {describe, expect, test} from 'vitest';
import {levelOfDisk} from '../../src/core/disk-level.js';
import {safe, safeText} from '../../src/core/safe.js';
import type {Filesystem, Problem, Snapshot} from '../../src/core/snapshot.js';
import {panels} from '../../src/ui/panels/index.js';
import {inOrder} from '../../src/ui/panels/process-rows.js';
import {processAt} from '../../src/ui/panels/processes.js';
import {ascii} from '../../src/ui/theme.js';
import type {Sort} from '../../src/ui/view-state.js';
import {expectGolden} from '../helpers/golden.js';
import {aScene, aSnapshot, firstSnapshot, type SceneChanges} from '../helpers/scene.js';
import {machineWithServices} from '../helpers/scene-checks.js';
import {painted} from '../helpers/screen.js';

/** Bodies of panels as they are at 80x24, 120x36 and zoomed on a large screen. */
const sizes: readonly (readonly [columns: number, rows: number])[] = [
	[36, 3],
	[56, 5],
	[110, 14],
];

/** Each size under a line that names it; the summary of the border first. */
function frames(name: string, changes: SceneChanges, shown = sizes): readonly string[] {
	const panel = panels.find(one => one.name === name);
	const scene = aScene(changes);
	return shown.flatMap(([columns, rows]) => {
		const body = panel ? painted(columns, rows, scene, panel.paint) : [];
		expect(body.join('').trim()).not.toBe('');
		return [`${columns}x${rows}: ${panel?.summary(scene, rows, columns)}`, ...body.map(row => `|${row}|`)];
	});
}

describe('a panel at three widths', () => {
	test.each(panels.map(({name}) => name))('%s', async name => {
		await expectGolden(
			`panel-${name}`,
			frames(name, {snapshot: name === 'services' ? machineWithServices() : aSnapshot()}),
		);
	});
});

const manyCores = Object.fromEntries(Array.from({length: 64}, (_, core) => [`core.used:${core}`, (core * 37) % 101]));
const withSeries = (changes: Record<string, number>, without: RegExp = /^$/) =>
	new Map([...[...aSnapshot().series].filter(([name]) => !without.test(name)), ...Object.entries(changes)]);

const inContainer = {
	'container.cpu_limit': 1.5,
	'container.cpu_used': 97.2,
	'container.memory_limit': 2 ** 29,
	'container.memory_used': 91.4,
};
const hidden: Problem = {area: 'process', source: safe`/proc`, reason: safe`mounted with hidepid`, isNote: true};

/** `/boot` has space, and no inode left. */
function withoutInodes(row: Filesystem): Filesystem {
	const inodes = {total: 100, used: 100, free: 0, usedPercent: 100};
	return row.mount === '/boot' && row.usage ? {...row, usage: {...row.usage, inodes}} : row;
}

/** Each process is the child of one before it. */
function family(): Snapshot {
	const {processes} = aSnapshot();
	const parentOf = (index: number) => processes[Math.floor((index - 1) / 3)]?.pid ?? 0;
	return aSnapshot({processes: processes.map((process, index) => ({...process, parent: parentOf(index)}))});
}

const others: Record<string, [panel: string, changes: SceneChanges]> = {
	'cpu-64-cores': ['cpu', {snapshot: aSnapshot({cores: 64, series: withSeries(manyCores)})}],
	'cpu-ascii': ['cpu', {symbols: ascii}],
	'cpu-first-reading': ['cpu', {snapshot: firstSnapshot()}],
	'cpu-in-a-container': ['cpu', {snapshot: aSnapshot({series: withSeries(inContainer)})}],
	'memory-in-a-container': ['memory', {snapshot: aSnapshot({series: withSeries(inContainer)})}],
	'processes-of-our-own': ['processes', {snapshot: aSnapshot({problems: [hidden]})}],
	'memory-no-swap': ['memory', {snapshot: aSnapshot({series: withSeries({'swap.total': 0}, /^swap.used|^pressure/)})}],
	'memory-critical': ['memory', {snapshot: aSnapshot({series: withSeries({'memory.used': 97, 'swap.used': 99})})}],
	'disk-first-reading': ['disk', {snapshot: firstSnapshot()}],
	'disk-full-soon': [
		'disk',
		{snapshot: aSnapshot({series: withSeries({'disk.full_in:/': 4.6 * 3600, 'disk.full_in:/data': 60})})},
	],
	'disk-out-of-inodes': ['disk', {snapshot: aSnapshot({filesystems: aSnapshot().filesystems.map(withoutInodes)})}],
	'disk-scrolled': ['disk', {view: {offsets: {disk: 2}}}],
	'network-scrolled': ['network', {view: {offsets: {network: 2}}}],
	'processes-by-memory': ['processes', {view: {sort: 'memory', offsets: {processes: 3}}}],
	'processes-as-a-tree': ['processes', {snapshot: family(), view: {isTree: true}}],
	'processes-as-a-tree-in-ascii': ['processes', {snapshot: family(), view: {isTree: true}, symbols: ascii}],
	'processes-scrolled-sideways': ['processes', {view: {sideways: 8}}],
	'processes-by-disk': ['processes', {view: {sort: 'io'}}],
	'processes-by-start': ['processes', {view: {sort: 'time'}}],
	'processes-scrolled-to-the-end': ['processes', {view: {offsets: {processes: 999}}}],
};

describe('a panel with', () => {
	test.each(Object.entries(others))('%s', async (name, [panel, changes]) => {
		await expectGolden(`panel-${name}`, frames(panel, changes));
	});
});

const nothing: Partial<Snapshot> = {
	cores: 0,
	series: new Map(),
	filesystems: [],
	devices: [],
	interfaces: [],
	listeners: [],
	processes: [],
};

test.each(panels.map(panel => [panel.name, panel] as const))(
	'%s has nothing to show and shows no number',
	(_, panel) => {
		const scene = aScene({snapshot: aSnapshot(nothing)});

		for (const [columns, rows] of sizes) {
			expect(painted(columns, rows, scene, panel.paint).join('')).not.toMatch(/NaN|undefined|Infinity|[1-9]\.\d/);
			expect(panel.summary(scene, rows, columns)).not.toMatch(/NaN|undefined|Infinity/);
		}
	},
);

const order: Record<Sort, readonly number[]> = {
	cpu: [4, 3, 1, 2, 5],
	memory: [5, 3, 4, 1, 2],
	pid: [1, 2, 3, 4, 5],
	name: [2, 5, 1, 3, 4],
	io: [3, 1, 2, 4, 5],
	time: [2, 1, 4, 5, 3],
};

describe('processes in order', () => {
	const base = aSnapshot().processes[0];
	const of = (pid: number, name: string, cpuSmoothed: number, memoryBytes: number, startTicks: number, io?: number) =>
		base && {
			...base,
			pid,
			name: safeText(name),
			cpuSmoothed,
			memoryBytes,
			startTicks,
			disk: io === undefined ? ('denied' as const) : {read: io, written: 1},
		};
	const rows = [
		of(3, 'c', 10, 300, 1, 50),
		of(1, 'b', 5, 100, 30, 7),
		of(2, 'B', 5, 100, 40, 0),
		of(5, 'a', 0, 900, 20),
		of(4, 'c', 90, 200, 20),
	].filter(row => row !== undefined);

	test.each(Object.entries(order))('by %s', (sort, pids) => {
		expect(inOrder(rows, {sort: sort as Sort, isReversed: false}).map(({pid}) => pid)).toEqual(pids);
	});

	test('reversed, equal ones keep their place', () => {
		expect(inOrder(rows, {sort: 'memory', isReversed: true}).map(({pid}) => pid)).toEqual([1, 2, 4, 3, 5]);
	});
});

test.each([
	[14, 0, undefined],
	[14, 1, 5],
	[14, 13, 17],
	[14, 14, undefined],
	[14, -1, undefined],
	[1, 0, 5],
	[60, 40, 39],
	[60, 43, undefined],
])('in a body of %i rows line %i is process %j of the list', (rows, y, row) => {
	const scene = aScene({view: {offsets: {processes: 5}}});
	const all = inOrder(scene.snapshot.processes, scene.view);
	const expected = row === undefined ? undefined : {process: all[row], row};
	expect(processAt(scene, rows, y)).toEqual(expected);
});

test.each([
	[100, 'squashfs', 'ok'],
	[100, 'iso9660', 'ok'],
	[100, 'ext4', 'critical'],
	[94.9, 'xfs', 'warning'],
	[89, 'xfs', 'ok'],
])('%i %% of %s is %s', (usedPercent, type, level) => {
	const usage = {totalBytes: 1, usedBytes: 1, freeBytes: 0, usedPercent};
	const row: Filesystem = {
		mount: '/x',
		name: safe`/x`,
		device: safe`x`,
		type: safeText(type),
		options: [],
		isReadOnly: true,
		isImage: type !== 'ext4' && type !== 'xfs',
		usage,
	};
	expect(levelOfDisk(row)).toBe(level);
});
