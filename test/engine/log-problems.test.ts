import {expect, test} from 'vitest';
import {safe, safeText} from '../../src/core/safe.js';
import type {Problem} from '../../src/core/snapshot.js';
import {ProblemLog} from '../../src/engine/log-problems.js';

const file: Problem = {area: 'load', source: safe`/proc/loadavg`, reason: safe`is odd`};
const stale = (seconds: number): Problem => ({area: 'disk', source: safe`/data`, reason: safe`stale ${seconds}s`});
const note: Problem = {area: 'pressure', source: safe`/proc/pressure`, reason: safe`not built in`, isNote: true};

type Row = [seconds: number, problems: readonly Problem[], ...said: string[]];

const stories: Record<string, readonly Row[]> = {
	'one that stays is said once': [
		[0, [file], 'warn problem appeared load /proc/loadavg is odd'],
		[1, [file]],
		[3600, [file]],
	],
	'its end is said once, and how long it lasted': [
		[0, []],
		[1, [file], 'warn problem appeared load /proc/loadavg is odd'],
		[6, [], 'info problem disappeared load /proc/loadavg is odd 5'],
		[7, []],
	],
	'one that comes and goes is said at most once a minute': [
		[0, [file], 'warn problem appeared load /proc/loadavg is odd'],
		[1, [], 'info problem disappeared load /proc/loadavg is odd 1'],
		[2, [file]],
		[3, []],
		[59, [file]],
		[60, [file], 'warn problem appeared load /proc/loadavg is odd'],
		[61, [], 'info problem disappeared load /proc/loadavg is odd 1'],
		[62, [file]],
		[63, []],
		[200, []],
		[201, [file], 'warn problem appeared load /proc/loadavg is odd'],
	],
	'a reason that changes is nothing new': [
		[0, [stale(4)], 'warn problem appeared disk /data stale 4s'],
		[1, [stale(5)]],
		[2, [], 'info problem disappeared disk /data stale 4s 2'],
	],
	'two of one source are one': [
		[
			0,
			[file, {...file, reason: safeText('is odd in another way')}],
			'warn problem appeared load /proc/loadavg is odd',
		],
		[1, [], 'info problem disappeared load /proc/loadavg is odd 1'],
	],
	'each source of an area is one of its own': [
		[0, [stale(4)], 'warn problem appeared disk /data stale 4s'],
		[1, [stale(5), {...stale(1), source: safe`/backup`}], 'warn problem appeared disk /backup stale 1s'],
		[2, [stale(6)], 'info problem disappeared disk /backup stale 1s 1'],
	],
	'each area is one of its own': [
		[0, [file], 'warn problem appeared load /proc/loadavg is odd'],
		[1, [file, stale(1)], 'warn problem appeared disk /data stale 1s'],
		[2, [stale(2)], 'info problem disappeared load /proc/loadavg is odd 2'],
	],
	'what is only a note is no warning': [[0, [note], 'info cannot be seen pressure /proc/pressure not built in']],
};

test.each(Object.entries(stories))('%s', (_, rows) => {
	const log = new ProblemLog();

	for (const [seconds, problems, ...said] of rows) {
		const lines = log.next(problems, seconds * 1000);
		expect([
			seconds,
			...lines.map(({level, message, fields}) => [level, message, ...Object.values(fields)].join(' ')),
		]).toEqual([seconds, ...said]);
	}
});
