import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {byMail} from './mailed-engine.js';
import {smallDisk} from './small-disk.js';

/** A disk that fills as a test likes, and a rule about it. */
export function fillingDisk(name?: string) {
	const mount = smallDisk('mode=755', name);
	const files = join(mount, 'files');
	return {
		mount,
		rule: {
			name: 'Disk filling',
			series: 'disk.used',
			only: [mount],
			for: '1s',
			warning: {above: 50, clear: 40},
			critical: {above: 80, clear: 70},
		},
		/** 10 of 16 pages. */
		fill: () => {
			mkdirSync(files, {recursive: true});
			writeFileSync(join(files, 'first'), Buffer.alloc(40_960));
		},
		/** 15 of 16. */
		fillUp: () => {
			mkdirSync(files, {recursive: true});
			writeFileSync(join(files, 'second'), Buffer.alloc(20_480));
		},
		empty: () => rmSync(files, {recursive: true, force: true}),
	};
}

/** What watches such a disk, and nothing else. */
export function diskConfig({mount, rule}: ReturnType<typeof fillingDisk>, port: number) {
	return {mounts: {only: [mount]}, sampling: {filesystem: '500ms'}, rules: [rule], notify: [byMail(port)]};
}

/** A check that finds out in a moment. */
export const quick = {every: '1s', timeout: '10s', failAfter: 1, recoverAfter: 1};

/** What asks such a service, and nothing else. */
export function serviceConfig(service: number, port: number, more: object = {}) {
	const check = {name: 'shop', type: 'http', url: `http://127.0.0.1:${service}/`, ...quick};
	return {checks: [{...check, ...more}], notify: [byMail(port)]};
}
