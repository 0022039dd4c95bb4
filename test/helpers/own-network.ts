import {accessSync, chmodSync, constants, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {vi} from 'vitest';
import {type Environment, type Running, start} from './engine-process.js';
import {folder} from './folder.js';
import {until} from './until.js';

/** What it needs, for `testAsRoot`. */
export const ownNetworkPrograms = ['unshare', 'nsenter', 'ip'] as const;

/** A network that has nothing but a loopback interface: what listens in it is all that can be found there, and nobody else's is disturbed. */
export type OwnNetwork = {
	/** Starts a program in it; it is killed when the test has ended. */
	start(words: readonly string[], env?: Environment): Running;
	/** From now on, whoever starts one of these programs by its name starts it in there. The test unstubs the environment at its end. */
	takeOver(...programs: readonly string[]): void;
};

export async function ownNetwork(): Promise<OwnNetwork> {
	const holder = start(['unshare', '--net', 'sh', '-c', 'ip link set lo up && echo up && exec sleep 600'], {
		PATH: `${process.env['PATH']}:/usr/sbin:/sbin`,
	});
	await until('the network is up', () => {
		if (holder.child.exitCode !== null) {
			throw new Error(`unshare: ${holder.stderr()}`);
		}

		return holder.stdout() === 'up\n';
	});
	const enter = ['nsenter', `--net=/proc/${holder.pid}/ns/net`];
	return {
		start: (words, env) => start([...enter, ...words], env),
		takeOver(...programs) {
			const directory = folder();
			chmodSync(directory, 0o755);

			for (const program of programs) {
				const file = join(directory, program);
				writeFileSync(file, `#!/bin/sh\nexec ${enter.join(' ')} ${pathOf(program)} "$@"\n`, {mode: 0o755});
			}

			vi.stubEnv('PATH', `${directory}:${process.env['PATH']}`);
		},
	};
}

function pathOf(program: string): string {
	const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].map(folder => join(folder, program));
	const path = places.find(place => {
		try {
			accessSync(place, constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});

	if (path === undefined) {
		throw new Error(`no ${program} on this machine`);
	}

	return path;
}
