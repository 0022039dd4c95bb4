import {codeOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {type Safe, safe, safeBytes} from '../core/safe.js';

/** What a machine calls itself; `?` where it does not tell. */
export function hostNameOf(host: Host): Safe {
	try {
		return safeBytes(host.readText('/proc/sys/kernel/hostname').trim());
	} catch (error) {
		if (codeOf(error) === undefined) {
			throw error;
		}

		return safe`?`;
	}
}
