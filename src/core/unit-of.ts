import {baseOf} from './series.js';
import {seriesTable, type Unit} from './series-table.js';

const units: ReadonlyMap<string, Unit> = new Map(seriesTable.map(({name, unit}) => [baseOf(name), unit]));

/** The unit of a series; of one that nobody knows it is a count. */
export function unitOf(series: string): Unit {
	return units.get(baseOf(series)) ?? 'count';
}
