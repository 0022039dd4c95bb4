/** Run as a program of its own by `startPlugins`: runs each command of its plan on every beat, so many at once, and tells of those that fail and of its rounds. */

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';

/** @type {{readonly commands: readonly (readonly string[])[], readonly everyMs: number, readonly atOnce: number}} */
const {commands, everyMs, atOnce} = JSON.parse(readFileSync(String(process.argv[2]), 'utf8'));

/** @param {readonly string[]} command */
async function run([name = '', ...args]) {
	const [code, signal] = await once(spawn(name, args, {stdio: 'ignore'}), 'exit');

	if (code !== 0) {
		process.send?.({failed: `${name} ${args.join(' ')}: ${signal ?? `exit code ${code}`}`});
	}
}

async function runAll() {
	const left = commands.values();
	const work = async () => {
		for (const command of left) {
			await run(command);
		}
	};
	await Promise.all(Array.from({length: atOnce}, work));
}

process.on('disconnect', () => process.exit());

for (let due = performance.now(); ; ) {
	const start = performance.now();
	await runAll();
	process.send?.({tookMs: performance.now() - start});
	due += everyMs * Math.max(1, Math.ceil((performance.now() - due) / everyMs));
	await sleep(due - performance.now());
}
