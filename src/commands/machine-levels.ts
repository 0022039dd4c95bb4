import type {Config} from '../config/config.js';
import {diskUse, levelOfDisk} from '../core/disk-level.js';
import {percent} from '../core/format.js';
import {levelOf} from '../core/levels.js';
import {safe, trimSafe} from '../core/safe.js';
import type {Snapshot} from '../core/snapshot.js';
import {Engine} from '../engine/engine.js';
import type {PassedLevel} from '../report/check-report.js';
import {filesystem} from '../samplers/filesystem.js';
import {memory} from '../samplers/memory.js';
import {hostOf} from './host-of.js';
import type {GlobalOptions, Io} from './io.js';
import {settingsOf} from './open-engine.js';

/** Levels that the first line of the screen knows of, and that one reading tells: space, inodes and memory. */
export async function machineLevels(
	config: Config,
	options: GlobalOptions,
	{clock}: Io,
): Promise<readonly PassedLevel[]> {
	const settings = settingsOf({...config, checks: []}, [], options);
	const engine = new Engine({host: hostOf(options), samplers: [memory, filesystem], clock, ...settings});
	await engine.tickOnce();
	await engine.lastTick();
	engine.stop();
	const {snapshot} = engine.store;
	return snapshot ? passedLevels(snapshot) : [];
}

function passedLevels({filesystems, series}: Snapshot): readonly PassedLevel[] {
	const used = series.get('memory.used');
	const found = [
		...filesystems.map(one => ({status: levelOfDisk(one), text: safe`disk ${one.name} ${diskUse(one)}`})),
		{status: levelOf('memory.used', used), text: safe`memory ${trimSafe(percent(used))}`},
	];
	return found.flatMap(({status, text}) => (status === 'ok' ? [] : [{status, text}]));
}
