import {describe, expect, test} from 'vitest';
import type {NotifierState} from '../../src/core/alerts/alert.js';
import {safe, safeText} from '../../src/core/safe.js';
import type {Check, Filesystem, Snapshot} from '../../src/core/snapshot.js';
import {troublesOf} from '../../src/ui/headline.js';
import {aSnapshot} from '../helpers/scene.js';
import {anAlert} from '../helpers/scene-alerts.js';
import {aCheck} from '../helpers/scene-checks.js';

function disk(name: string, usedPercent: number, type = 'ext4'): Filesystem {
	const usage = {totalBytes: 1000, usedBytes: usedPercent * 10, freeBytes: 1000 - usedPercent * 10, usedPercent};
	const isImage = type === 'squashfs';
	return {
		mount: name,
		name: safeText(name),
		device: safe`/dev/vda`,
		type: safeText(type),
		options: [],
		isReadOnly: isImage,
		isImage,
		usage,
	};
}

const full = disk('/srv', 12);
const inodes = {total: 100, used: 100, free: 0, usedPercent: 100};
const outOfInodes: Filesystem = {...full, ...(full.usage && {usage: {...full.usage, inodes}})};

const well: Partial<Snapshot> = {filesystems: [disk('/', 50)], problems: [], series: new Map([['memory.used', 61]])};
const problem = {area: 'network', source: safe`/proc/net/dev`, reason: safe`has no header`};

const rows: Record<string, [changes: Partial<Snapshot>, troubles: [level: string, text: string][]]> = {
	nothing: [{}, []],
	'a disk that fills up': [{filesystems: [disk('/', 93.2)]}, [['warning', '/ 94%']]],
	'a full one': [{filesystems: [disk('/', 95)]}, [['critical', '/ 95%']]],
	'an image is always full': [{filesystems: [disk('/snap/x', 100, 'squashfs')]}, []],
	'memory running out': [{series: new Map([['memory.used', 96.4]])}, [['critical', 'memory 96%']]],
	'memory nobody knows of': [{series: new Map()}, []],
	'a source that cannot be read': [{problems: [problem]}, [['warning', '/proc/net/dev: has no header']]],
	'a note is no trouble': [{problems: [{...problem, isNote: true}]}, []],
	'inodes that run out': [{filesystems: [outOfInodes]}, [['critical', '/srv inodes 100%']]],
	'the worst first, else in their order': [
		{
			filesystems: [disk('/', 91), disk('/data', 99), disk('/srv', 96)],
			series: new Map([['memory.used', 91]]),
			problems: [problem],
		},
		[
			['critical', '/data 99%'],
			['critical', '/srv 96%'],
			['warning', '/ 91%'],
			['warning', 'memory 91%'],
			['warning', '/proc/net/dev: has no header'],
		],
	],
};

const [at, minute] = [aSnapshot().at, 60_000];
const refused = (name: string, parts: Partial<Check> = {}): Check => ({
	...aCheck(name, 'mysql', {
		status: 'critical',
		since: at - 134_000,
		result: {status: 'critical', reason: safe`refused on 127.0.0.1:3306`},
	}),
	...parts,
});
const unjudged = aCheck('mailer', 'tcp', {
	status: 'unknown',
	result: {status: 'unknown', reason: safe`not asked: no file descriptor left`},
});
const slow = aCheck('search', 'http', {
	status: 'warning',
	since: at - 26 * 60 * minute,
	result: {status: 'warning', reason: safe`[RESPONSE_TIME] (812) < 500`},
});

const services: typeof rows = {
	'a service that failed, why, and since when': [
		{checks: [refused('orders-db')]},
		[['critical', 'orders-db refused on 127.0.0.1:3306 2m14s']],
	],
	'one that is well': [{checks: [aCheck('shop', 'http', {result: {}})]}, []],
	'one result alone is no trouble': [{checks: [refused('shop', {status: 'ok', attempt: {count: 2, of: 3}})]}, []],
	'while it recovers it is still the reason that it failed for': [
		{
			checks: [
				aCheck('shop', 'http', {
					status: 'critical',
					since: at - minute,
					attempt: {count: 1, of: 2},
					changes: [{at: at - minute, status: 'critical', reason: safe`silent`}],
					result: {},
				}),
			],
		},
		[['critical', 'shop silent 1m0s']],
	],
	'one that waits for its first result is none': [{checks: [aCheck('backup', 'command', {status: 'waiting'})]}, []],
	'what is blocked by another one has its trouble there': [
		{checks: [refused('orders-report', {blockedBy: safe`orders-db`}), refused('orders-db')]},
		[['critical', 'orders-db refused on 127.0.0.1:3306 2m14s']],
	],
	'a long reason is cut where it is not the first': [
		{
			checks: [
				refused('a', {
					result: {
						status: 'critical',
						at,
						text: safe``,
						reason: safeText('word '.repeat(50)),
						stages: [],
						conditions: [],
						facts: [],
					},
				}),
			],
		},
		[['critical', 'a word word word word word word w… 2m14s']],
	],
	'what could not be judged': [
		{checks: [unjudged]},
		[['warning', 'mailer unknown: not asked: no file descriptor left']],
	],
	'that failures may be our own comes before what could not be judged': [
		{checks: [unjudged, slow], impaired: safe`2 of 3 other hosts cannot be reached from here`},
		[
			['warning', 'search [RESPONSE_TIME] (812) < 500 1d 2h'],
			['warning', 'monitor impaired: 2 of 3 other hosts cannot be reached from here'],
			['warning', 'mailer unknown: not asked: no file descriptor left'],
		],
	],
	'and is told where all else is well': [
		{checks: [aCheck('shop', 'http', {result: {}})], impaired: safe`2 of 3 other hosts cannot be reached from here`},
		[['warning', 'monitor impaired: 2 of 3 other hosts cannot be reached from here']],
	],
	'of the same level services first, in the order of the configuration': [
		{
			checks: [slow, refused('b', {since: at - 1000}), refused('a')],
			filesystems: [disk('/', 91), disk('/data', 99)],
			problems: [problem],
		},
		[
			['critical', 'b refused on 127.0.0.1:3306 1s'],
			['critical', 'a refused on 127.0.0.1:3306 2m14s'],
			['critical', '/data 99%'],
			['warning', 'search [RESPONSE_TIME] (812) < 500 1d 2h'],
			['warning', '/ 91%'],
			['warning', '/proc/net/dev: has no header'],
		],
	],
	'of the past what failed, and since when where that is known, but not what nobody knows': [
		{
			checks: [
				unjudged,
				aCheck('shop', 'http', {status: 'critical', since: at, result: {status: 'critical'}}),
				refused('orders-db'),
			],
			past: {values: undefined, processes: undefined},
		},
		[
			['critical', 'shop critical'],
			['critical', 'orders-db refused on 127.0.0.1:3306 2m14s'],
		],
	],
};

const notifier = (parts: Partial<NotifierState>): NotifierState => ({
	name: safe`ops`,
	state: 'well',
	waiting: 0,
	...parts,
});
const firing = anAlert('k3f9', 'orders-db', {check: 'orders-db', text: 'refused on 127.0.0.1:3306'});
const diskAlert = (series: string, parts: Parameters<typeof anAlert>[2] = {}) =>
	anAlert('d1sk', 'Disk nearly full', {series, severity: 'warning', text: '92.1%, above 85%', ...parts});
const told: [string, string] = ['critical', 'orders-db refused on 127.0.0.1:3306 2m14s'];
const full91 = {filesystems: [disk('/', 91)]};

const alerts: typeof rows = {
	'an alert that fires': [{alerts: [firing]}, [told]],
	'a check and its alert are one': [{checks: [refused('orders-db')], alerts: [firing]}, [told]],
	'another check is another trouble': [
		{checks: [refused('shop')], alerts: [firing]},
		[told, ['critical', 'shop refused on 127.0.0.1:3306 2m14s']],
	],
	'a check whose alert only is pending is told by the check': [
		{checks: [refused('orders-db')], alerts: [{...firing, phase: 'pending'}]},
		[told],
	],
	'the level of a disk and its alert are one': [
		{...full91, alerts: [diskAlert('disk.used:/')]},
		[['warning', 'Disk nearly full 92.1%, above 85% 2m14s']],
	],
	'of another disk there is another trouble': [
		{...full91, alerts: [diskAlert('disk.used:/srv')]},
		[
			['warning', 'Disk nearly full 92.1%, above 85% 2m14s'],
			['warning', '/ 91%'],
		],
	],
	'space is not inodes': [
		{filesystems: [outOfInodes], alerts: [diskAlert('disk.used:/srv')]},
		[
			['critical', '/srv inodes 100%'],
			['warning', 'Disk nearly full 92.1%, above 85% 2m14s'],
		],
	],
	'inodes are': [
		{filesystems: [outOfInodes], alerts: [diskAlert('disk.inodes_used:/srv')]},
		[['warning', 'Disk nearly full 92.1%, above 85% 2m14s']],
	],
	'one that is over tells nothing': [
		{...full91, alerts: [diskAlert('disk.used:/', {phase: 'resolved', endedAt: at - 1000})]},
		[['warning', '/ 91%']],
	],
	'memory and its alert are one': [
		{series: new Map([['memory.used', 96.4]]), alerts: [anAlert('m', 'Memory', {series: 'memory.used'})]},
		[['critical', 'Memory 96.2%, above 95% 2m14s']],
	],
	'what is worth knowing is no trouble': [{alerts: [{...firing, severity: 'info'}]}, []],
	'nor is what is held by something else': [{alerts: [{...firing, mute: 'held'}]}, []],
	'what somebody has seen to comes last of its level': [
		{alerts: [{...firing, mute: 'acknowledged'}, anAlert('b', 'b')]},
		[
			['critical', 'b 96.2%, above 95% 2m14s'],
			['critical', 'orders-db refused on 127.0.0.1:3306 2m14s, acked'],
		],
	],
	'what is well, but not for long enough, is a warning': [
		{alerts: [{...firing, phase: 'recovering'}]},
		[['warning', 'orders-db refused on 127.0.0.1:3306 2m14s, recovering']],
	],
	'of what there is no data any more': [
		{alerts: [{...firing, isStale: true, isFlapping: true, mute: 'flapping'}]},
		[['critical', 'orders-db no data, was refused on 127.0.0… 2m14s, flapping']],
	],
	'a notifier that is well is none': [{notifiers: [notifier({})]}, []],
	'ways to tell people that do not work come before all warnings': [
		{
			...full91,
			alerts: [firing],
			notifiers: [
				notifier({state: 'waiting', waiting: 3, reason: safe`refused on mail:587`, retryAt: at + 40_000}),
				notifier({name: safe`pager`, state: 'broken', reason: safe`password not accepted`}),
			],
		},
		[
			told,
			['warning', 'notifier ops: 3 waiting, refused on mail:587'],
			['warning', 'notifier pager: broken, password not accepted'],
			['warning', '/ 91%'],
		],
	],
};

describe('what is wrong', () => {
	test.each(Object.entries({...rows, ...services, ...alerts}))('%s', (_, [changes, troubles]) => {
		expect(troublesOf(aSnapshot({...well, ...changes})).map(({level, text}) => [level, text])).toEqual(troubles);
	});
});
