import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {join} from 'node:path';
import {pathOf} from './collect.js';
import {type FakeFiles, fakeHost, systemError} from './fake-host.js';

/** A recorded tree as a host in memory, whose files a test may change. `/proc/self` is process 1. */
export function treeHost(tree: string, step: 'before' | 'after') {
	const root = pathOf(tree, step);
	const files: FakeFiles = {};
	const links: Record<string, string> = {};
	const walk = (directory: string): void => {
		for (const entry of readdirSync(join(root, directory), {withFileTypes: true})) {
			const path = `${directory}/${entry.name}`;

			if (entry.isDirectory()) {
				walk(path);
			} else if (entry.isSymbolicLink()) {
				links[path] = readlinkSync(join(root, path));
			} else {
				files[path.replace('/proc/1/', '/proc/self/')] = readFileSync(join(root, path));
				files[path] = readFileSync(join(root, path));
			}
		}
	};
	walk('');
	const statfs = JSON.parse(String(files['/statfs.json']));
	return fakeHost(files, {
		readlink: path => links[path] ?? missing(),
		statfs: async path => statfs[path] ?? missing(),
	});
}

function missing(): never {
	throw systemError('ENOENT');
}
