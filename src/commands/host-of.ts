import type {Host} from '../core/host.js';
import {local} from '../hosts/local.js';
import {recorded} from '../hosts/recorded.js';
import type {GlobalOptions} from './io.js';

/** The machine that the options name. */
export function hostOf({root}: GlobalOptions): Host {
	return isOurs(root) ? local() : recorded(root);
}

/** True when what is looked at is the machine we run on, whose processes have our numbers. */
export function isOurs(root: string | undefined): root is undefined | '/' {
	return root === undefined || root === '/';
}
