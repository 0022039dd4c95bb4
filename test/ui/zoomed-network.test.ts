import {describe, expect, test} from 'vitest';
import {safe, safeText} from '../../src/core/safe.js';
import type {Interface, Listener, Snapshot} from '../../src/core/snapshot.js';
import {network} from '../../src/ui/panels/network.js';
import {aScene, aSnapshot} from '../helpers/scene.js';
import {painted} from '../helpers/screen.js';

const interfacesOf = (count: number): readonly Interface[] =>
	Array.from({length: count}, (_, index) => ({
		interface: `veth${index}`,
		name: safeText(`veth${index}x`),
		receivedBytes: 0,
		sentBytes: 0,
		addresses: [safeText(`10.0.${index}.1/24`)],
	}));

const listenersOf = (count: number): readonly Listener[] =>
	Array.from({length: count}, (_, index) => ({
		protocol: 'tcp' as const,
		address: safe`0.0.0.0`,
		port: 10_000 + index,
		owner: {pid: index + 1, name: safe`nginx`, others: 0},
	}));

function rowsOf(columns: number, rows: number, snapshot: Snapshot, offset: number): string {
	const scene = aScene({snapshot, view: {zoomed: 'network', offsets: {network: offset}}});
	return painted(columns, rows, scene, network.paint).join('\n');
}

const sizes = [
	[76, 20],
	[116, 32],
	[196, 46],
	[40, 20],
] as const;
const counts = [
	[1, 5],
	[2, 40],
	[3, 300],
	[30, 3],
	[30, 60],
] as const;

describe.each(sizes)('on %i columns and %i rows', (columns, rows) => {
	test.each(counts)('every one of %i interfaces and %i ports can be scrolled to', (interfaces, ports) => {
		const snapshot = aSnapshot({interfaces: interfacesOf(interfaces), listeners: listenersOf(ports)});
		const extent = network.extent?.(aScene({snapshot, view: {zoomed: 'network'}}), rows, columns);
		const seen = new Set<string>();
		const {total = 0, shown = 0} = extent ?? {};

		for (let offset = 0; offset <= total - shown; offset++) {
			for (const [text] of rowsOf(columns, rows, snapshot, offset).matchAll(/veth\d+x|\d+(?=\/tcp)/g)) {
				seen.add(text);
			}
		}

		expect(seen.size).toBe(interfaces + ports);
		// The last step still moves something, and none is behind it.
		const last = rowsOf(columns, rows, snapshot, total - shown);
		expect(rowsOf(columns, rows, snapshot, total - shown + 1)).toBe(last);
		expect(total === shown || rowsOf(columns, rows, snapshot, total - shown - 1) !== last).toBe(true);
	});

	test('one or two interfaces leave room for some ports', () => {
		for (const count of [1, 2]) {
			const snapshot = aSnapshot({interfaces: interfacesOf(count), listeners: listenersOf(99)});
			expect(rowsOf(columns, rows, snapshot, 0).match(/\/tcp/g)?.length).toBeGreaterThanOrEqual(6);
		}
	});
});

const addresses = ['192.0.2.17/24', 'fd00::1/64', 'fe80::5054:ff:fe12:3456/64'].map(safeText);
const cuts: Record<string, [columns: number, shown: string]> = {
	'all of them': [76, '  192.0.2.17/24  fd00::1/64  fe80::5054:ff:fe12:3456/64'],
	'what fits, and how many more': [50, '  192.0.2.17/24  fd00::1/64  +1'],
	'with room for that number': [30, '  192.0.2.17/24  +2'],
	'the first one cut': [14, '  192.0.2.17/…'],
};

test.each(Object.entries(cuts))('of addresses are shown %s', (_, [columns, shown]) => {
	const [first] = interfacesOf(1);
	const snapshot = aSnapshot({interfaces: first ? [{...first, addresses}] : []});
	expect(rowsOf(columns, 20, snapshot, 0).split('\n')[1]?.trimEnd()).toBe(shown);
});

const of = (owner: Listener['owner']) => aSnapshot({listeners: [{...(listenersOf(1)[0] as Listener), owner}]});
const {listeners: _, ...unread} = aSnapshot();
const reasons: Record<string, [snapshot: Snapshot, text: string, hint: string]> = {
	'nobody has looked yet': [unread, 'Listening  read while this panel is open', ''],
	'there is none': [aSnapshot({listeners: []}), 'Listening  no port', ''],
	'its owner is hidden from us': [of('denied'), ' no permission ', 'run as root to see whose'],
	'nobody has it': [of(undefined), ' 0.0.0.0 -', ''],
	'several have it': [of({pid: 812, name: safe`nginx`, others: 3}), ' nginx 812 +3', ''],
};

test.each(Object.entries(reasons))('of a port is told when %s', (_, [snapshot, text, hint]) => {
	const frame = rowsOf(76, 20, snapshot, 0);
	expect(frame).toContain(text);
	expect(frame.includes('run as root')).toBe(hint !== '');
});

const withStates = (states: Record<string, number>) => {
	const known = [...aSnapshot().series].filter(([name]) => !name.startsWith('tcp.sockets:'));
	const added = Object.entries(states).map(([state, count]) => [`tcp.sockets:${state}`, count] as const);
	return aSnapshot({series: new Map([...known, ...added])});
};

test.each([
	[{}, 'sockets  - '],
	[{established: 0, listening: 4}, 'sockets  none connected'],
	[{established: 2, 'time-wait': 0, 'syn-recv': 7}, 'sockets  2 established  7 syn-recv  '],
	[{closed: 1, 'last-ack': 2, closing: 3}, 'sockets  2 last-ack  3 closing  1 closed'],
])('of the states %j is told', (states, text) => {
	expect(rowsOf(76, 20, withStates(states), 0)).toContain(text);
});
