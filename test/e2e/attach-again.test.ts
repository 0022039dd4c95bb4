import {rmSync, writeFileSync} from 'node:fs';
import {createConnection} from 'node:net';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {openScreen, quit, startEngine} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {until} from '../helpers/until.js';

test('a screen that was opened beside an engine that hung watches by itself, and attaches when the engine is well', async () => {
	const engine = await startEngine();
	process.kill(engine.pid, 'SIGSTOP');
	const screen = await openScreen(['--state-dir', engine.directory], {columns: 120});
	await screen.shows('watching only: the engine gave no answer');
	process.kill(engine.pid, 'SIGCONT');
	await screen.shows('q leave');
	await screen.until('is well', ({text}) => !text.includes('watching only'));
	expect(await quit(screen)).toEqual({exitCode: 0, signal: undefined});
});

test('an engine that reads seldom is not called silent by those who look at it', async () => {
	const file = join(folder(), 'config.json');
	writeFileSync(file, '{"every": "1s"}');
	const engine = await startEngine({args: ['--config', file]});
	const screen = await openScreen(['--state-dir', engine.directory], {columns: 120});
	writeFileSync(file, '{"every": "8s"}');
	await until('is taken over', () => engine.stderr().includes('configuration loaded'));
	const begin = performance.now();
	// Longer than three of the readings that there were before.
	await screen.until('seven seconds', ({text}) => {
		expect(text).not.toMatch(/CRIT/);
		return performance.now() - begin > 7000;
	});
});

test('a screen for which there is no room is told so', async () => {
	const engine = await startEngine();
	const others = Array.from({length: 32}, () => {
		const socket = createConnection({path: join(engine.directory, 'view.sock')});
		onTestFinished(() => {
			socket.destroy();
		});
		socket.on('error', () => {});
		socket.write('{"healthtop":"viewer","protocol":1,"version":"0"}\n');
		return socket.resume();
	});
	await until('are connected', () => others.every(({bytesRead}) => bytesRead > 0));
	const screen = await openScreen(['--state-dir', engine.directory], {columns: 120});
	await screen.shows('as many screens as it takes');
});

test('an engine whose lock was removed ends, for another one may run', async () => {
	const engine = await startEngine();
	rmSync(join(engine.directory, 'engine.lock'));
	const {code, stderr} = await engine.said;
	expect(code).toBe(1);
	expect(stderr).toContain('engine.lock was removed or replaced');
	await startEngine({directory: engine.directory});
}, 60_000);
