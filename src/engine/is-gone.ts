import {baseOf} from '../core/series.js';
import type {Tables} from '../core/snapshot.js';

type Around = Pick<Tables, 'filesystems' | 'devices' | 'interfaces' | 'checks'>;

/**
 * True when what a series is about is not there any more: a file system that was unmounted, an interface that was removed, a check that was
 * taken out of the configuration. What is there and tells nothing is not gone; of an empty table nothing is known.
 */
export function isGone(series: string, {filesystems, devices, interfaces, checks}: Around): boolean {
	const base = baseOf(series);

	if (base === series) {
		return false;
	}

	const instance = series.slice(base.length + 1);

	switch (base.slice(0, base.indexOf('.'))) {
		case 'disk':
			return filesystems.length > 0 && filesystems.every(({mount}) => mount !== instance);
		case 'io':
			return devices.length > 0 && devices.every(({device}) => device !== instance);
		case 'network':
			return interfaces.length > 0 && interfaces.every(row => row.interface !== instance);
		default:
			return isOfCheck(series) && checks.every(({check}) => check !== instance && !instance.startsWith(`${check}/`));
	}
}

const checkAreas: ReadonlySet<string> = new Set(['check', 'process', 'mysql', 'unit', 'file']);

/** True for a number of a check's, whose instance the check is. */
export function isOfCheck(series: string): boolean {
	const base = baseOf(series);
	return base !== series && checkAreas.has(base.slice(0, base.indexOf('.')));
}
