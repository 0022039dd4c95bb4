import {describe, expect, test} from 'vitest';
import {safe, safeText} from '../../src/core/safe.js';
import type {Filesystem, Snapshot} from '../../src/core/snapshot.js';
import {troublesOf, wellText} from '../../src/ui/headline.js';
import {aSnapshot} from '../helpers/scene.js';

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

describe('what is wrong', () => {
	test.each(Object.entries(rows))('%s', (_, [changes, troubles]) => {
		expect(troublesOf(aSnapshot({...well, ...changes})).map(({level, text}) => [level, text])).toEqual(troubles);
	});
});

test('with nothing wrong it says how long the machine has been up, if it knows', () => {
	expect(wellText(aSnapshot(), safe`·`)).toBe(' · up 12d 3h');
	expect(wellText(aSnapshot({series: new Map()}), safe`·`)).toBe('');
});
