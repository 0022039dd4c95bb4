import type {ProcessFacts} from '../../src/core/process-facts.js';
import {safeText} from '../../src/core/safe.js';

const [mib, gib] = [2 ** 20, 2 ** 30];

/** What is asked of a process while somebody looks at it. */
export const someFacts: ProcessFacts = {
	nice: 5,
	virtualBytes: 3.4 * gib,
	swapBytes: 12 * mib,
	disk: {read: 1.9 * gib, written: 88 * mib},
	openFiles: 212,
	directory: safeText('/srv/shop'),
	executable: safeText('/usr/sbin/php-fpm8.4'),
	controlGroup: safeText('/system.slice/php8.4-fpm.service'),
	limits: [
		{name: safeText('cpu time'), soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY, isBytes: false},
		{name: safeText('stack size'), soft: 8 * mib, hard: Number.POSITIVE_INFINITY, isBytes: true},
		{name: safeText('core file size'), soft: 0, hard: Number.POSITIVE_INFINITY, isBytes: true},
		{name: safeText('processes'), soft: 63_452, hard: 63_452, isBytes: false},
		{name: safeText('open files'), soft: 1024, hard: 524_288, isBytes: false},
		{name: safeText('locked memory'), soft: 8 * mib, hard: 8 * mib, isBytes: true},
		{name: safeText('address space'), soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY, isBytes: true},
	],
};
