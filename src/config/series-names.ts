import {baseOf} from '../core/series.js';
import {type SeriesDefinition, seriesTable, type Unit} from '../core/series-table.js';

const series = new Map<string, SeriesDefinition>(seriesTable.map(row => [baseOf(row.name), row]));

/** What may stand before the colon. */
export const seriesNames: readonly string[] = [...series.keys()];

/** True when there is such a series, whatever its instance. */
export function isSeries(name: string): boolean {
	return series.has(baseOf(name));
}

/** The unit of a series that there is. */
export function unitOf(name: string): Unit {
	return series.get(baseOf(name))?.unit ?? 'count';
}

/** What the instances of a series are of (`MOUNT`, `IF` ...); undefined when it has none. */
export function instancesOf(name: string): string | undefined {
	return series.get(baseOf(name))?.name.split(':')[1];
}

/** What is wrong with the instance of a series that there is; undefined when nothing is. Says nothing of what was written. */
export function instanceProblem(name: string): string | undefined {
	const colon = name.indexOf(':');

	if (colon < 0 || !isSeries(name)) {
		return undefined;
	}

	if (instancesOf(name) === undefined) {
		return 'has no instances: leave out the colon and what is behind it';
	}

	if (colon === name.length - 1 || name.includes('*')) {
		return 'must name one instance behind the colon; without a colon it stands for all of them';
	}

	return undefined;
}
