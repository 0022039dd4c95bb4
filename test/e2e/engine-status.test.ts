import {expect, test} from 'vitest';
import {command, start, startEngine} from '../helpers/engine-process.js';

test('status for people: all there is to know, a line each, with a configuration and without', async () => {
	const {directory, pid} = await startEngine();
	const {code, stdout} = await start(command('engine', 'status', '--state-dir', directory)).said;
	expect(code).toBe(0);
	expect(stdout).toMatch(new RegExp(`^pid +${pid}$`, 'm'));
	expect(stdout).toMatch(/^journal +well, \d+ B$/m);
	expect(stdout).toMatch(/^last reading +\S+, \ds ago$/m);
	expect(stdout).toMatch(/^problems +none$/m);
	expect(stdout).not.toMatch(/undefined|null|NaN/);

	const other = await startEngine({args: ['--config', 'config.json']});
	const said = await start(command('engine', 'status', '--state-dir', other.directory)).said;
	expect(said.stdout).toMatch(/^configuration +\S*config\.json$/m);
});
