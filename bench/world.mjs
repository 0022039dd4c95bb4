import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {atEnd, send} from './ending.mjs';

const neighbours = fileURLToPath(new URL('./neighbours.mjs', import.meta.url));

/** New processes cost something for a moment: the kernel frees what their start needed, caches fill. */
const settleMs = 1000;

/**
 * Fills the machine up with sleeping processes and a few light workers until it has `target` processes; a machine that
 * has more already gets the workers only. `close` ends them all.
 *
 * @param {number} target
 */
export async function worldOf(target) {
	const holder = spawn(process.execPath, [neighbours, String(target)], {
		detached: true,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const {pid} = holder;

	if (pid === undefined) {
		throw new Error(`could not start ${neighbours}`);
	}

	const killAll = () => send(-pid, 'SIGKILL');
	const forget = atEnd(killAll);
	const exited = once(holder, 'exit');
	await Promise.race([once(holder.stdout, 'data'), exited]);

	if (holder.exitCode !== null) {
		killAll();
		throw new Error(`${neighbours} could not start ${target} processes`);
	}

	await sleep(settleMs);

	return {
		async close() {
			holder.stdin.end();
			await exited;
			forget();
		},
	};
}
