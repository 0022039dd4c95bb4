import type {PanelName} from './panel-name.js';

/** A rectangle of cells, counted from 0. */
export type Rect = {readonly x: number; readonly y: number; readonly columns: number; readonly rows: number};

export type PanelPlace = Rect & {readonly panel: PanelName};

/** Where everything is on a screen of this size. */
export type Places = {
	readonly columns: number;
	readonly rows: number;
	/** Nothing useful fits: the screen says so and shows nothing else. */
	readonly isTooSmall: boolean;
	readonly header: Rect | undefined;
	readonly footer: Rect | undefined;
	readonly panels: readonly PanelPlace[];
};

/** What the layout depends on besides the size. */
export type LayoutView = {
	/** Panels that have something to show, whether or not there is room. */
	readonly panels: readonly PanelName[];
	readonly zoomed: PanelName | undefined;
	/** Rows that Services would need to show all. */
	readonly services: number;
};

/** The inside of a border, one column of air left and right where there is room for it. */
export function bodyOf({x, y, columns, rows}: Rect): Rect {
	const air = columns >= 30 ? 1 : 0;
	return {x: x + 1 + air, y: y + 1, columns: Math.max(0, columns - 2 - 2 * air), rows: Math.max(0, rows - 2)};
}

/** From this size on there are three columns; a wide but low screen shows more with two. */
const wideColumns = 160;
const wideRows = 24;

const leastColumns = 20;
const leastRows = 2;

/** Under this width two panels side by side would both be useless. */
const pairColumns = 60;

/** Which leave first when there is no room for all. Without services, Processes stays longest. */
const leaving: readonly PanelName[] = ['alerts', 'network', 'disk', 'memory', 'cpu'];

/** A row of panels: their widths as parts of the whole, the least rows it needs, and how it wants more. */
type Band = {
	readonly panels: readonly PanelName[];
	readonly least: number;
	readonly wanted?: number;
	readonly takesRest?: boolean;
};

/**
 * Places for the panels of `view`. Every panel shown has its whole border on the screen, none overlaps another, and
 * header, panels and footer fill the screen. What does not fit leaves in a fixed order.
 */
export function layout(columns: number, rows: number, view: LayoutView): Places {
	const empty = {columns, rows, header: undefined, footer: undefined, panels: []};

	if (columns < leastColumns || rows < leastRows) {
		return {...empty, isTooSmall: true};
	}

	const header = {x: 0, y: 0, columns, rows: 1};
	const footer = {x: 0, y: rows - 1, columns, rows: 1};
	const body = {x: 0, y: 1, columns, rows: rows - 2};
	const frame = {...empty, isTooSmall: false, header, footer};

	if (view.zoomed) {
		return {...frame, panels: body.rows >= 3 ? [{...body, panel: view.zoomed}] : []};
	}

	const isAlone = view.panels.length === 1;
	let panels = view.panels.filter(panel => panel !== 'alerts' || isAlone || (columns >= 120 && rows >= 36));
	const last = view.panels.includes('services') ? ['processes' as const] : [];

	for (const next of [undefined, ...leaving, ...last]) {
		panels = panels.filter(panel => panel !== next || (isAlone && next === 'alerts'));
		const bands = bandsOf(panels, columns, rows, view.services);
		const least = bands.reduce((sum, band) => sum + band.least, 0);

		if (least <= body.rows) {
			return {...frame, panels: place(bands, body)};
		}
	}

	return {...frame, panels: body.rows >= 3 && panels[0] ? [{...body, panel: panels[0]}] : []};
}

function bandsOf(panels: readonly PanelName[], columns: number, rows: number, services: number): readonly Band[] {
	const shown = (...names: PanelName[]) => names.filter(name => panels.includes(name));
	const bands: Band[] = [];
	const isRoomy = rows >= 30;

	if (columns >= wideColumns && rows >= wideRows) {
		bands.push({panels: shown('cpu', 'memory', 'disk', 'network'), least: rows >= 40 ? 14 : 10});
	} else if (columns >= pairColumns) {
		bands.push({panels: shown('cpu', 'memory'), least: isRoomy ? 7 : 5});
		bands.push({panels: shown('disk', 'network'), least: isRoomy ? 6 : 4});
	} else {
		bands.push(...shown('cpu', 'memory').map(panel => ({panels: [panel], least: 5})));
		bands.push(...shown('disk', 'network').map(panel => ({panels: [panel], least: 4})));
	}

	bands.push({panels: shown('services'), least: 4, wanted: services + 2, takesRest: !panels.includes('processes')});
	bands.push({panels: shown('processes', 'alerts'), least: 5, takesRest: true});
	return bands.filter(band => band.panels.length > 0);
}

/** Height goes to what wants it first, and then to the last band that takes the rest. */
function place(bands: readonly Band[], body: Rect): readonly PanelPlace[] {
	let spare = body.rows - bands.reduce((sum, band) => sum + band.least, 0);
	const heights = bands.map(({least, wanted = least}) => {
		const more = Math.min(spare, Math.max(0, wanted - least));
		spare -= more;
		return least + more;
	});
	const last = bands.findLastIndex(band => band.takesRest);
	const taker = last < 0 ? bands.length - 1 : last;
	let y = body.y;

	return bands.flatMap((band, index) => {
		const rows = (heights[index] ?? 0) + (index === taker ? spare : 0);
		const rect = {x: body.x, y, columns: body.columns, rows};
		y += rows;
		return besideEachOther(band.panels, rect);
	});
}

function besideEachOther(panels: readonly PanelName[], {x, y, columns, rows}: Rect): readonly PanelPlace[] {
	const isStacked = panels.includes('disk') && panels.includes('network') && panels.length > 2;

	// Three columns: of four panels the last two share one.
	const places = isStacked ? panels.length - 1 : panels.length;
	const edge = (index: number) => x + Math.round((columns * index) / places);

	return panels.map((panel, index) => {
		const column = Math.min(index, places - 1);
		const rect = {panel, x: edge(column), y, columns: edge(column + 1) - edge(column), rows};

		if (!isStacked || index < places - 1) {
			return rect;
		}

		const upper = Math.floor(rows / 2);
		return index === places - 1 ? {...rect, rows: upper} : {...rect, y: y + upper, rows: rows - upper};
	});
}
