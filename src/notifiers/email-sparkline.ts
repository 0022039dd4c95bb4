import type {EvidenceHour} from '../core/alerts/incident.js';
import type {Severity} from '../core/alerts/severity.js';

/** A part of the hour: how high it is drawn (0 to 1), and the level that it is beyond. */
export type SparkCell = {readonly height: number; readonly level: Severity | undefined};

/** The last hour, oldest part first; undefined where nothing is known. */
export type Sparkline = {
	readonly cells: readonly (SparkCell | undefined)[];
	readonly lowest: number;
	readonly highest: number;
	readonly last: number;
};

/** On which side of a level a value is bad. */
type Side = 'above' | 'below';

const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The hour in at most so many cells; undefined where no value of it is known. */
export function sparklineOf(hour: EvidenceHour, most: number): Sparkline | undefined {
	const side = hour.isBelow ? 'below' : 'above';
	const values = gathered(hour.values, most, side);
	const known = values.filter(value => value !== undefined);
	const last = known.at(-1);

	if (last === undefined) {
		return undefined;
	}

	const [lowest, highest] = [Math.min(...known), Math.max(...known)];
	const {bottom, top} = scaleOf(lowest, highest);
	const cells = values.map(value =>
		value === undefined ? undefined : {height: (value - bottom) / (top - bottom), level: levelOf(value, hour, side)},
	);
	return {cells, lowest, highest, last};
}

/** A character a cell, and a space for what is not known. */
export function sparklineText({cells}: Sparkline): string {
	return cells
		.map(cell => (cell ? blocks[Math.min(blocks.length - 1, Math.floor(cell.height * blocks.length))] : ' '))
		.join('');
}

/** From zero where that leaves something to see; what moves little near its top is drawn from half a span below it. */
function scaleOf(lowest: number, highest: number): {readonly bottom: number; readonly top: number} {
	const spread = highest - lowest;

	if (spread === 0) {
		// What stands still is a line in the middle, and no wall.
		return {bottom: highest - 1, top: highest + 1};
	}

	if (lowest < highest / 2) {
		return {bottom: Math.min(0, lowest), top: Math.max(0, highest)};
	}

	// Noise of less than a hundredth must not look like a mountain.
	const shown = Math.max(spread * 1.5, highest / 100);
	return {bottom: highest - shown, top: highest};
}

/** Of several values in one cell the worst: a peak of a minute must be seen. */
function gathered(values: EvidenceHour['values'], most: number, side: Side): readonly (number | undefined)[] {
	const count = Math.min(values.length, most);
	return Array.from({length: count}, (_, at) => {
		const from = Math.floor((at * values.length) / count);
		const to = Math.floor(((at + 1) * values.length) / count);
		const known = values.slice(from, to).filter(value => value !== null && Number.isFinite(value)) as number[];
		return known.length === 0 ? undefined : side === 'above' ? Math.max(...known) : Math.min(...known);
	});
}

function levelOf(value: number, {warning, critical}: EvidenceHour, side: Side): Severity | undefined {
	const isBeyond = (level: number | undefined) =>
		level !== undefined && (side === 'above' ? value >= level : value <= level);
	return isBeyond(critical) ? 'critical' : isBeyond(warning) ? 'warning' : undefined;
}
