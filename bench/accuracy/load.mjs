import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {freemem} from 'node:os';
import {createInterface} from 'node:readline';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {atEnd, send} from '../ending.mjs';
import {isInstalled} from '../tools.mjs';
import {treeOf} from '../tree.mjs';
import {Timeline} from './timeline.mjs';

/**
 * @import {Command} from '../terminal.mjs'
 * @typedef {Awaited<ReturnType<typeof startLoad>>} Load
 * @typedef {{
 *   readonly busy: Command,
 *   readonly core: number,
 *   readonly hogBytes: number,
 *   readonly folder: string,
 *   readonly fileBytesPerSecond: number,
 *   readonly tcpBytesPerSecond: number,
 *   readonly forksPerSecond: number,
 * }} Plan
 */

const program = fileURLToPath(new URL('./loads.mjs', import.meta.url));

/** What has just started is not yet steady: files are opened, code is compiled. */
const settleMs = 3000;

/** stress-ng ends by itself after so long, should both of those who would end it be killed. */
const stressSeconds = 600;

/**
 * What is asked for: issue-sized numbers that any machine can bear.
 *
 * @param {string} folder on a real disk
 * @param {number} cores
 * @returns {Plan}
 */
export function planFor(folder, cores) {
	const core = Math.min(1, cores - 1);
	const stress = ['stress-ng', '--quiet', '--cpu', '1', '--timeout', `${stressSeconds}s`];
	const loop = [process.execPath, '-e', 'for(;;);'];
	const pin = isInstalled('taskset') ? ['taskset', '-c', String(core)] : [];
	const [file = '', ...args] = [...pin, ...(isInstalled('stress-ng') ? stress : loop)];

	return {
		busy: {file, args},
		core,
		hogBytes: Math.min(2 ** 31, Math.floor(freemem() / 4)),
		folder,
		fileBytesPerSecond: 10e6,
		tcpBytesPerSecond: 2e6,
		forksPerSecond: 200,
	};
}

/**
 * Starts the load and waits until it is steady. `close` ends all of it; whatever ends the bench does, too.
 *
 * @param {Plan} plan
 */
export async function startLoad(plan) {
	const holder = spawn(process.execPath, [program, JSON.stringify(plan)], {
		detached: true,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const {pid} = holder;

	if (pid === undefined) {
		throw new Error(`could not start ${program}`);
	}

	const killAll = () => send(-pid, 'SIGKILL');
	const forget = atEnd(killAll);
	const exited = once(holder, 'exit');
	const done = new Timeline();
	const lines = createInterface(holder.stdout);
	const [first] = await Promise.race([once(lines, 'line'), exited]);

	if (holder.exitCode !== null) {
		killAll();
		throw new Error(`${program} could not start its load`);
	}

	const pids = JSON.parse(first);
	lines.on('line', line => {
		const {at, ...numbers} = JSON.parse(line);
		done.add(at, Object.entries(numbers));
	});
	await sleep(settleMs);

	return {
		plan,
		done,
		/** The one that works: of stress-ng a child. */
		busyPid: treeOf(pids.busy).at(-1) ?? pids.busy,
		hogPid: Number(pids.hog),
		writerPid: Number(pids.self),
		async close() {
			holder.stdin.end();
			await exited;
			forget();
			killAll();
		},
	};
}
