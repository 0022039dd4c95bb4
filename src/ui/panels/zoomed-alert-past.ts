import type {Alert} from '../../core/alerts/alert.js';
import type {EvidenceProcess, TimelineEntry, TimelineKind} from '../../core/alerts/incident.js';
import {bytes, nearTime, tenths} from '../../core/format.js';
import {padSafe, type Safe, safe, safeText} from '../../core/safe.js';
import {widthOf} from '../../core/width.js';
import type {Area} from '../area.js';
import {causeOf} from '../cause-sort.js';
import type {Scene} from '../scene.js';
import type {Symbols} from '../theme.js';
import type {Block} from './blocks.js';
import {below} from './zoomed-parts.js';
import {type Column, paintTable} from './zoomed-table.js';

/** What has happened, the last first: what is seen where there is no room for all is what one has not read yet. */
export function timelineBlock({timeline}: Alert, scene: Scene): readonly Block[] {
	return timeline.length === 0
		? []
		: [
				{
					least: Math.min(3, timeline.length + 1),
					most: timeline.length + 1,
					rank: 4,
					paint: area => paintTimeline(area, timeline.toReversed(), scene),
				},
			];
}

/** Columns of the longest kind. */
const kindColumns = 10;

function paintTimeline(area: Area, entries: readonly TimelineEntry[], {look, symbols, snapshot}: Scene): void {
	const shown = entries.slice(0, Math.max(0, area.rows - 1));
	const count = shown.length < entries.length ? safe`, ${shown.length} of ${entries.length}` : safe``;
	area.text(0, 0, safe`what happened, the last first${count}`, look.dim);
	const times = shown.map(({at}) => nearTime(at, snapshot.at));
	const timeColumns = Math.max(0, ...times.map(widthOf));

	for (const [index, entry] of shown.entries()) {
		const y = index + 1;
		const style = styleOf(entry, look);
		area.text(0, y, padSafe(times[index] ?? safe``, timeColumns, 'end'), look.dim);
		area.text(timeColumns + 1, y, signOf(entry, symbols), style);
		area.text(timeColumns + 3, y, safeText(entry.kind), style, kindColumns);
		area.text(timeColumns + kindColumns + 4, y, entry.text, look.text);
	}
}

const signs: Partial<Record<TimelineKind, (symbols: Symbols) => Safe>> = {
	recovering: ({alert}) => alert.recovering,
	resolved: ({alert}) => alert.over,
	gone: ({alert}) => alert.over,
	flapping: ({alert}) => alert.flapping,
	queued: ({alert}) => alert.pending,
	sent: ({mail}) => mail,
	refused: ({level}) => level.critical,
};

function signOf({kind, severity}: TimelineEntry, symbols: Symbols): Safe {
	return isRise(kind) && severity ? symbols.alert[severity] : (signs[kind]?.(symbols) ?? safe``);
}

function isRise(kind: TimelineKind): boolean {
	return kind === 'fired' || kind === 'raised' || kind === 'downgraded' || kind === 'again';
}

function styleOf({kind, severity}: TimelineEntry, look: Scene['look']): number {
	if (kind === 'refused') {
		return look.level.warning;
	}

	if (kind === 'resolved') {
		return look.strongLevel.ok;
	}

	return isRise(kind) && severity && severity !== 'info' ? look.strongLevel[severity] : look.text;
}

const name = (heading: Safe): Column<EvidenceProcess> => ({
	heading,
	least: 9,
	most: 24,
	leaves: 0,
	paint: (cell, process, {look}) => cell.text(0, 0, process.name, look.text),
});

const pid: Column<EvidenceProcess> = {
	heading: safe`PID`,
	least: 7,
	isRight: true,
	leaves: 3,
	paint: (cell, process, {look}) => cell.right(cell.columns, 0, safe`${process.pid}`, look.dim),
};

const user: Column<EvidenceProcess> = {
	heading: safe`USER`,
	least: 8,
	leaves: 4,
	paint: (cell, process, {look}) => cell.text(0, 0, process.user ?? safe`-`, look.text),
};

const cpu = (leaves: number): Column<EvidenceProcess> => ({
	heading: safe`CPU%`,
	least: 6,
	isRight: true,
	leaves,
	paint: (cell, process, {look}) => cell.right(cell.columns, 0, tenths(process.cpuPercent), look.text),
});

const memory = (leaves: number): Column<EvidenceProcess> => ({
	heading: safe`MEM`,
	least: 8,
	isRight: true,
	leaves,
	paint: (cell, process, {look}) => cell.right(cell.columns, 0, bytes(process.memoryBytes), look.text),
});

const tables = {
	cpu: [name(safe`BY CPU`), cpu(1), memory(2), pid, user],
	memory: [name(safe`BY MEMORY`), memory(1), cpu(2), pid, user],
} as const;

/** From this width on both lists stand beside each other. */
const bothFrom = 50;

/** Who was busiest when it fired. */
export function processesBlock({evidence, series}: Alert, columns: number, scene: Scene): readonly Block[] {
	const [byCpu, byMemory] = [evidence?.byCpu ?? [], evidence?.byMemory ?? []];
	const most = Math.max(byCpu.length, byMemory.length);

	if (!evidence || most === 0) {
		return [];
	}

	const isBoth = columns >= bothFrom;
	const first = causeOf(series) === 'memory' ? ('memory' as const) : ('cpu' as const);
	const rows = {cpu: byCpu, memory: byMemory};
	const paint = (area: Area) => {
		const {at} = evidence;
		area.text(0, 0, safe`busiest when it fired, ${nearTime(at, scene.snapshot.at)}`, scene.look.dim);
		const [, body = area] = below(area, [1, area.rows - 1]);
		const width = isBoth ? Math.floor((columns - 3) / 2) : columns;

		for (const [index, by] of (isBoth ? (['cpu', 'memory'] as const) : [first]).entries()) {
			const part = body.part({x: index * (width + 3), y: 0, columns: width, rows: body.rows});
			paintTable(part, rows[by].slice(0, Math.max(0, part.rows - 1)), tables[by], scene);
		}
	};
	return [{least: Math.min(4, most + 2), most: most + 2, rank: 5, paint}];
}
