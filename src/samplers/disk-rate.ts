import {rate} from '../core/rate.js';
import type {Process} from '../core/snapshot.js';
import type {DiskBytes} from './process-details.js';

/** Disk traffic between two readings that are `elapsed` ms apart. Undefined where one is missing or a counter went backwards. */
export function diskRate(now: DiskBytes | undefined, before: DiskBytes | undefined, elapsed: number): Process['disk'] {
	if (now === 'denied') {
		return now;
	}

	if (now === undefined || before === undefined || before === 'denied') {
		return undefined;
	}

	const [read, written] = [rate(now.read, before.read, elapsed), rate(now.written, before.written, elapsed)];
	return read === undefined || written === undefined ? undefined : {read, written};
}
