import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {folder} from './folder.js';
import {until} from './until.js';

/** What `fuseMount` needs, for `testAsRoot`. */
export const fuseNeeds = ['bindfs', 'umount', '/dev/fuse'] as const;

/** A directory that is seen through a server of its own (bindfs), which can be stopped: then nothing in it answers. Needs root. */
export async function fuseMount() {
	const directory = folder();
	const [source, mount] = [join(directory, 'source'), join(directory, 'mount')];
	mkdirSync(source);
	mkdirSync(mount);
	// Nothing is remembered: what the kernel knows already would be answered without the server.
	const options = ['-o', 'attr_timeout=0,entry_timeout=0,negative_timeout=0'];
	const server = spawn('bindfs', ['-f', ...options, source, mount], {stdio: 'ignore'});
	onTestFinished(async () => {
		server.kill('SIGKILL');
		execFileSync('umount', ['--lazy', mount]);
		await once(server, 'exit');
	});
	await until('bindfs has mounted', () => readFileSync('/proc/self/mountinfo', 'latin1').includes(` ${mount} `));
	return {
		source,
		mount,
		stop: () => server.kill('SIGSTOP'),
		go: () => server.kill('SIGCONT'),
	};
}
