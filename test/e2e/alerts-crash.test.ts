import {expect} from 'vitest';
import {killWhileAlerting} from '../../bench/crash/alert-kills.mjs';
import {healthtop} from '../helpers/built.js';
import {folder} from '../helpers/folder.js';
import {testAsRoot} from '../helpers/outside.js';

testAsRoot('postfix')(
	'100 kills at random moments lose no alert, and repeat none but one that was under way',
	async () => {
		const command = [process.execPath, ...healthtop()];
		const counts = await killWhileAlerting({command, directory: folder(), kills: 100, seed: 1, lanes: 4});
		expect(counts.problems).toEqual([]);
		expect(counts).toMatchObject({kills: 100, lost: 0, doubled: 0});
		// How many hit one hangs on what else the machine does; that none did would prove nothing.
		expect(counts.incidents).toBeGreaterThan(3);
		expect(counts.trying).toBeGreaterThan(3);
	},
	240_000,
);
