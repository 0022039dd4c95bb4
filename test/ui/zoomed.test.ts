import {describe, expect, test} from 'vitest';
import type {Facts} from '../../src/core/facts.js';
import {type Safe, safe, safeText} from '../../src/core/safe.js';
import type {Snapshot} from '../../src/core/snapshot.js';
import {widthOf} from '../../src/core/width.js';
import type {PanelName} from '../../src/ui/panel-name.js';
import {panels} from '../../src/ui/panels/index.js';
import {ascii} from '../../src/ui/theme.js';
import {expectGolden} from '../helpers/golden.js';
import {aScene, aSnapshot, firstSnapshot, type SceneChanges} from '../helpers/scene.js';
import {openScreen, painted} from '../helpers/screen.js';

const facts: Facts = {
	model: safe`AMD EPYC 7B13 64-Core Processor`,
	os: safe`Debian GNU/Linux 13`,
	kernel: safe`Linux 6.12.57+deb13-amd64 x86_64`,
	virtualisation: safe`kvm`,
};

const sizes = [
	[40, 12],
	[80, 24],
	[120, 36],
	[200, 50],
] as const;
const digits = {cpu: '1', memory: '2', disk: '3', network: '4'} as const;

test.each([
	[80, 24],
	[120, 36],
	[40, 12],
])('a core without a value for a moment keeps its place at %ix%i', (columns, rows) => {
	const {series, ...rest} = aSnapshot();
	const without = new Map([...series].filter(([name]) => name !== 'core.used:1'));
	const cpu = panels.find(({name}) => name === 'cpu')?.paint ?? (() => {});
	const view = {zoomed: 'cpu', focused: 'cpu'} as const;
	const texts = [undefined, view].map(changes =>
		painted(columns, rows, aScene({snapshot: {...rest, series: without}, view: changes ?? {}}), cpu).join('\n'),
	);

	for (const text of texts) {
		expect(text).not.toContain('NaN');
		expect(text).toMatch(/\b3[^\n]*97/);
		expect(text).toMatch(/\b1[^\n0-9]* -/);
	}
});

const diskPaint = panels.find(({name}) => name === 'disk')?.paint ?? (() => {});

test('what all disks read is not what they have written, over any span', () => {
	const rows = ['readings', '5m'].map(span => {
		const scene = aScene({view: {zoomed: 'disk', focused: 'disk', time: {span: span as '5m', past: undefined}}});
		const text = painted(116, 34, scene, diskPaint).join('\n');
		// The first picture may leave something behind for the second one.
		expect(painted(116, 34, scene, diskPaint).join('\n')).toBe(text);
		return text
			.split('\n')
			.filter(row => /[\u2801-\u28ff]/.test(row))
			.slice(2);
	});

	for (const graph of rows) {
		expect(graph.length).toBeGreaterThan(3);
		expect(graph.map(row => row.slice(0, 57))).not.toEqual(graph.map(row => row.slice(59, 116)));
	}
});

describe('a whole screen', () => {
	test.each(Object.entries(digits).flatMap(([name, key]) => sizes.map(size => [name, ...size, key] as const)))(
		'zoomed-%s-%ix%i',
		async (name, columns, rows, key) => {
			const screen = await openScreen({columns, rows, facts});
			// On the small one, all but the first are not on the screen, and open zoomed.
			screen.keys(...(columns === 40 && name !== 'cpu' ? [key] : [key, 'e']));
			await new Promise(resume => setImmediate(resume));
			const frame = await screen.rows();
			screen.view.stop(() => {});
			await expectGolden(`zoomed-${name}-${columns}x${rows}`, frame);
		},
	);
});

/** The zoomed body of a panel as it is on a screen of so many columns and rows. */
function body(name: PanelName, [columns, rows]: readonly [number, number], changes: SceneChanges): readonly string[] {
	const panel = panels.find(one => one.name === name);
	const scene = aScene({...changes, view: {...changes.view, zoomed: name}});
	const frame = panel ? painted(columns - 4, rows - 4, scene, panel.paint) : [];
	return [`${columns}x${rows}: ${panel?.summary(scene, rows - 4, columns - 4)}`, ...frame.map(row => `|${row}|`)];
}

const cores = (count: number) =>
	aSnapshot({
		cores: count,
		series: new Map([
			...[...aSnapshot().series].filter(([name]) => !name.startsWith('core.')),
			...Array.from({length: count}, (_, core) => [`core.used:${core}`, (core * 37) % 101] as const),
		]),
	});
const withSeries = (changes: Record<string, number>, without: RegExp = /^$/) =>
	aSnapshot({
		series: new Map([...[...aSnapshot().series].filter(([name]) => !without.test(name)), ...Object.entries(changes)]),
	});

const [firstMount, ...otherMounts] = aSnapshot().filesystems;
const manyMounts = Array.from({length: 40}, (_, index) => ({
	...(firstMount ?? otherMounts[0]),
	mount: `/srv/tenant-${index}`,
	name: safeText(`/srv/tenant-${index}`),
})) as Snapshot['filesystems'];
const interfaces = aSnapshot().interfaces;
const {listeners: _, ...withoutListeners} = aSnapshot();
const elsewhere: Snapshot = {
	...withoutListeners,
	interfaces: interfaces.map(({addresses: _, ...one}) => one),
};
const nothing = aSnapshot({
	cores: 0,
	series: new Map(),
	filesystems: [],
	devices: [],
	interfaces: [],
	listeners: [],
	processes: [],
});
const inContainer = {
	'container.cpu_limit': 1.5,
	'container.cpu_used': 97.2,
	'container.memory_limit': 2 ** 29,
	'container.memory_used': 91.4,
};
const unsupported = /^(?:pressure|temperature|cpu\.frequency|swap|memory\.oom|conntrack|network\.speed|raid)/;
const noSwap = withSeries({'swap.total': 0}, unsupported);
const [small, large, huge] = [[80, 24] as const, [120, 36] as const, [200, 50] as const];

const others: Record<string, [name: PanelName, size: readonly [number, number], changes: SceneChanges]> = {
	'cpu-ascii': ['cpu', small, {symbols: ascii}],
	'cpu-first-reading': ['cpu', small, {snapshot: firstSnapshot()}],
	'cpu-busy-in-a-container': [
		'cpu',
		small,
		{snapshot: withSeries({...inContainer, 'cpu.user': 30, 'cpu.iowait': 24, 'cpu.steal': 12, 'cpu.nice': 8})},
	],
	'cpu-not-supported': ['cpu', small, {snapshot: noSwap}],
	'cpu-32-cores': ['cpu', small, {snapshot: cores(32)}],
	'cpu-128-cores': ['cpu', small, {snapshot: cores(128)}],
	'cpu-128-cores-large': ['cpu', large, {snapshot: cores(128)}],
	'cpu-128-cores-huge': ['cpu', huge, {snapshot: cores(128)}],
	'memory-not-supported': ['memory', small, {snapshot: noSwap}],
	'memory-first-reading': ['memory', small, {snapshot: firstSnapshot()}],
	'memory-in-a-container': [
		'memory',
		small,
		{snapshot: withSeries({...inContainer, 'memory.used': 97, 'swap.used': 99})},
	],
	'disk-first-reading': ['disk', small, {snapshot: firstSnapshot()}],
	'disk-40-mounts': ['disk', small, {snapshot: aSnapshot({filesystems: manyMounts})}],
	'disk-40-mounts-scrolled': [
		'disk',
		small,
		{snapshot: aSnapshot({filesystems: manyMounts}), view: {offsets: {disk: 20}}},
	],
	'disk-40-mounts-scrolled-to-the-end': [
		'disk',
		small,
		{snapshot: aSnapshot({filesystems: manyMounts}), view: {offsets: {disk: 999}}},
	],
	'disk-full-soon-and-degraded': [
		'disk',
		large,
		{snapshot: withSeries({'disk.full_in:/': 4.6 * 3600, 'disk.full_in:/data': 60, 'raid.degraded:dm-0': 1})},
	],
	'network-one-interface': ['network', small, {snapshot: aSnapshot({interfaces: interfaces.slice(0, 1)})}],
	'network-first-reading': ['network', small, {snapshot: firstSnapshot()}],
	'network-not-supported': ['network', small, {snapshot: noSwap}],
	'network-scrolled-to-the-ports': ['network', small, {view: {offsets: {network: 999}}}],
	'network-of-another-root': ['network', small, {snapshot: elsewhere}],
	'network-ascii': ['network', small, {symbols: ascii}],
	'network-scrolled': ['network', [40, 12], {view: {offsets: {network: 9}}}],
};

describe('a zoomed panel', () => {
	test.each(Object.entries(others))('%s', async (name, [panel, size, changes]) => {
		await expectGolden(`zoomed-${name}`, body(panel, size, changes));
	});

	test.each(Object.keys(digits))('%s with nothing known shows no number', name => {
		for (const size of sizes) {
			const rows = body(name as PanelName, size, {snapshot: nothing})
				.slice(1)
				.join('\n');
			expect(rows).not.toMatch(/NaN|undefined|Infinity|\d\.\d/);
			expect(rows.trim()).not.toBe('');
		}
	});

	test.each(Object.keys(digits))('%s has no text without room for it: what is cut says so', name => {
		for (let columns = 26; columns < 210; columns += 9) {
			const rows = body(name as PanelName, [columns, 24], {facts});
			expect(rows.slice(1).every(row => widthOf(row as Safe) === columns - 2)).toBe(true);
		}
	});
});
