import {setTimeout as sleep} from 'node:timers/promises';
import {send} from '../ending.mjs';
import {processCount} from '../tree.mjs';
import {deafClient, listener} from './clients.mjs';
import {Resident} from './resident.mjs';
import {windowsOf} from './watched.mjs';

/**
 * Many screens, some of which do not read: what that costs the engine, and whether it still reads in time.
 *
 * @import {Options} from './options.mjs'
 * @import {Setting} from './resident.mjs'
 * @import {Terminal} from '../terminal.mjs'
 * @typedef {Awaited<ReturnType<typeof measureCrowd>>[number]} CrowdRow
 */

const size = {columns: 120, rows: 36};

const screenCount = 10;

const stoppedCount = 3;

/**
 * The engine with nobody but who listens to its lateness, then with all of them.
 *
 * @param {number} world
 * @param {Setting} setting
 * @param {Options} options
 */
export async function measureCrowd(world, setting, {warmUpMs, settleMs, windowMs}) {
	const resident = new Resident(setting);
	await resident.ready();
	const {beats, close} = listener(resident.viewSocket);
	const look = async (/** @type {string} */ who) => {
		console.error(`about ${world} processes: ${who}`);
		const from = beats.length;
		const [engine] = await windowsOf([resident.pid], windowMs);
		return {world, who, processes: processCount(), engine, beats: beats.slice(from)};
	};

	await sleep(warmUpMs);
	const rows = [await look('nobody else')];
	const screens = Array.from({length: screenCount}, () => resident.screen(size));
	await sleep(settleMs);
	rows.push(await look(`${screenCount} screens`));
	const stopped = screens.slice(0, stoppedCount);
	const deaf = deafClient(resident.viewSocket);
	signalTo(stopped, 'SIGSTOP');
	await sleep(settleMs);
	rows.push(await look(`${screenCount} screens, ${stoppedCount} of them stopped, and one that never reads`));
	signalTo(stopped, 'SIGCONT');
	deaf.close();
	await Promise.all(screens.map(screen => screen.end()));
	await sleep(settleMs);
	rows.push(await look('nobody else again'));
	close();
	await resident.end();
	return rows;
}

/**
 * @param {readonly Terminal[]} screens
 * @param {NodeJS.Signals} signal
 */
function signalTo(screens, signal) {
	for (const {pid} of screens) {
		send(pid, signal);
	}
}
