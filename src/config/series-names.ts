import {baseOf} from '../core/series.js';
import {seriesTable} from '../core/series-table.js';

/** Names of all series, and whether they have instances. */
const series = new Map(seriesTable.map(({name}) => [baseOf(name), name.includes(':')]));

/** What may stand before the colon. */
export const seriesNames: readonly string[] = [...series.keys()];

/** True when there is such a series, whatever its instance. */
export function isSeries(name: string): boolean {
	return series.has(baseOf(name));
}

/** What is wrong with the instance of a series that there is; undefined when nothing is. Says nothing of what was written. */
export function instanceProblem(name: string): string | undefined {
	const colon = name.indexOf(':');

	if (colon < 0 || !isSeries(name)) {
		return undefined;
	}

	if (!series.get(baseOf(name))) {
		return 'has no instances: leave out the colon and what is behind it';
	}

	if (colon === name.length - 1 || name.includes('*')) {
		return 'must name one instance behind the colon; without a colon it stands for all of them';
	}

	return undefined;
}
