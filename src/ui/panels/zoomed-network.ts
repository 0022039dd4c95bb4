import {safe} from '../../core/safe.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import {type Extent, offsetOf} from './panel.js';
import {paintInterface, paintInterfacesAxis} from './zoomed-interface.js';
import {below} from './zoomed-parts.js';
import {paintPorts, portsAcross, portsHead} from './zoomed-ports.js';
import {hasAirAbove, leastRows, paintTcp, tcpRows} from './zoomed-tcp.js';

const mostGraphRows = 6;

/** What has room on a screen, and how much of it. */
type Heights = {
	/** Interfaces that are shown, and rows of each without those that only make its graphs higher. */
	readonly interfaces: number;
	readonly each: number;
	readonly hasAddresses: boolean;
	readonly tcp: number;
	/** Rows of ports below their title and headings; 0 without any. */
	readonly ports: number;
	/** Those rows with what is above them. */
	readonly portsPart: number;
};

/** The interfaces have what they need as long as a quarter is left for the ports; what neither needs makes graphs higher. */
function heightsOf({snapshot}: Scene, columns: number, rows: number): Heights {
	const {interfaces: all, listeners} = snapshot;
	const isRoomy = rows >= leastRows;
	const hasAddresses = isRoomy && all.some(({addresses}) => addresses !== undefined);
	const each = hasAddresses ? 4 : 3;
	const tcp = tcpRows(rows);
	const room = rows - tcp;
	const wanted = listeners?.length ? Math.ceil(listeners.length / portsAcross(columns)) + portsHead : 1;
	const portsPart = isRoomy ? Math.min(wanted, Math.max(Math.floor(room / 4), room - all.length * each)) : 0;
	const ports = Math.max(0, portsPart - portsHead);
	return {interfaces: Math.max(1, Math.floor((room - portsPart) / each)), each, hasAddresses, tcp, ports, portsPart};
}

/** How many interfaces there is room for. */
export function zoomedInterfaces(scene: Scene, columns: number, rows: number): number {
	return heightsOf(scene, columns, rows).interfaces;
}

/** Scrolling moves the interfaces to their end first, and then the ports. */
export function zoomedNetworkExtent(scene: Scene, columns: number, rows: number): Extent {
	const {interfaces, ports} = heightsOf(scene, columns, rows);
	const all = scene.snapshot.interfaces.length;
	const portsShown = ports * portsAcross(columns);
	// Without room for any port nobody can scroll to one.
	const portsThere = ports > 0 ? (scene.snapshot.listeners?.length ?? 0) : 0;
	const hidden = Math.max(0, all - interfaces) + Math.max(0, portsThere - portsShown);
	const shown = interfaces + portsShown;
	return {total: shown + hidden, shown, page: Math.max(1, Math.min(interfaces, portsShown || interfaces))};
}

/** All about the network: each interface, what TCP has to tell, and who listens on which port. */
export function paintZoomedNetwork(area: Area, scene: Scene): void {
	const heights = heightsOf(scene, area.columns, area.rows);
	const {interfaces: all} = scene.snapshot;
	const offset = offsetOf('network', zoomedNetworkExtent(scene, area.columns, area.rows), scene);
	const from = Math.max(0, Math.min(offset, all.length - heights.interfaces));
	const {tcp, portsPart} = heights;
	const room = area.rows - tcp - portsPart;
	const [upper = area, middle = area, lower = area] = below(area, [room, tcp, portsPart]);
	paintInterfaces(upper, from, heights, scene);
	paintTcp(middle, scene, area.rows >= leastRows);

	if (hasAirAbove(middle.columns)) {
		paintInterfacesAxis(middle, scene);
	}

	if (portsPart > 0) {
		paintPorts(lower, offset - from, scene);
	}
}

function paintInterfaces(area: Area, from: number, {interfaces, each, hasAddresses}: Heights, scene: Scene): void {
	const all = scene.snapshot.interfaces;
	const shown = all.slice(from, from + interfaces);
	const spare = area.rows - shown.length * each;
	const air = spare >= shown.length - 1 ? 1 : 0;
	const higher = Math.floor((spare - air * (shown.length - 1)) / Math.max(1, shown.length * 2));
	const graphRows = Math.min(mostGraphRows, 1 + Math.max(0, higher));
	const most = Math.max(4, Math.min(15, Math.floor(area.columns / 4)));
	const nameColumns = Math.min(most, Math.max(4, ...all.map(({name}) => widthOf(name))));
	const rows = each - 2 + 2 * graphRows;

	for (const [index, one] of shown.entries()) {
		const place = area.part({x: 0, y: index * (rows + air), columns: area.columns, rows});
		paintInterface({area: place, nameColumns, hasAddresses}, one, scene);
	}

	if (shown.length === 0) {
		area.text(0, 0, scene.snapshot.past ? safe`none remembered` : safe`none seen yet`, scene.look.dim);
	}
}
