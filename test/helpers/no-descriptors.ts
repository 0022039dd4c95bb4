import {execFileSync} from 'node:child_process';
import {closeSync, openSync, readdirSync} from 'node:fs';

/** What a function comes to while this process can open nothing more (EMFILE). Needs the program `prlimit`. */
export async function withoutDescriptors<T>(run: () => Promise<T>): Promise<T> {
	const limits = execFileSync('prlimit', ['--pid', String(process.pid), '--nofile', '--output=SOFT', '--noheadings'], {
		encoding: 'utf8',
	});
	const limit = (soft: string) => {
		execFileSync('prlimit', ['--pid', String(process.pid), `--nofile=${soft}:`]);
	};
	limit(String(Math.max(...readdirSync('/proc/self/fd').map(Number)) + 32));
	const filling = fill();

	try {
		return await run();
	} finally {
		for (const descriptor of filling) {
			closeSync(descriptor);
		}

		limit(limits.trim());
	}
}

function fill(): readonly number[] {
	const descriptors: number[] = [];

	for (;;) {
		try {
			descriptors.push(openSync('/dev/null', 'r'));
		} catch {
			return descriptors;
		}
	}
}
