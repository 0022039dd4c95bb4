import {mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {Pty} from '../helpers/pty.js';

/** A screen over a configuration file, and what writes that. */
async function screenWith(config: string) {
	const directory = mkdtempSync(join(tmpdir(), 'healthtop-reload-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	const file = join(directory, 'config.json');
	writeFileSync(file, config);
	const pty = new Pty(process.execPath, healthtop('--config', file, '--state-dir', directory), {
		columns: 160,
		rows: 40,
	});
	await pty.shows('6 Processes');
	return {directory, file, pty};
}

const lacks = (text: string) => (pty: Pty) => !pty.text.includes(text);

test('what is written into the configuration counts at once', async () => {
	const {file, pty} = await screenWith('{}');
	await pty.shows('2 Memory');
	writeFileSync(file, '{"screen": {"panels": ["processes", "cpu"]}, "interfaces": {"except": ["lo"]}}');
	await pty.until('no memory', lacks('2 Memory'));
	await pty.shows('1 CPU');
	await pty.shows('6 Processes');
	writeFileSync(file, '{"interfaces": {"only": ["lo"]}}');
	await pty.shows('2 Memory');
	await pty.shows('1 of 1 · 0 errors/s');
	pty.type('q');
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
});

test('one that cannot be used keeps the old one, says why, and is forgotten when it can', async () => {
	const {file, pty} = await screenWith('{"screen": {"panels": ["cpu", "processes"]}}');
	writeFileSync(file, '{"screen": {"panels": ["cpu", ');
	await pty.shows('the old one stays');
	await pty.shows('not JSON');
	expect(pty.text).not.toContain('2 Memory');
	writeFileSync(file, '{"screne": {}, "every": "1 week"}');
	await pty.shows("did you mean 'screen'?");
	expect(pty.text).not.toContain('2 Memory');
	writeFileSync(file, '{"screen": {"panels": ["cpu", "memory"]}}');
	await pty.shows('2 Memory');
	await pty.until('nothing is wrong', lacks('the old one stays'));
	pty.type('q');
	await pty.end();
});

test('an editor that renames a new file over the old one, and a file that is gone for a while', async () => {
	const {directory, file, pty} = await screenWith('{}');
	const fresh = join(directory, '.config.json.swp');
	writeFileSync(fresh, '{"screen": {"panels": ["cpu"]}}');
	renameSync(fresh, file);
	await pty.until('no memory', lacks('2 Memory'));
	unlinkSync(file);
	await pty.shows('the old one stays');
	expect(pty.text).not.toContain('2 Memory');
	writeFileSync(file, '{}');
	await pty.shows('2 Memory');
	await pty.until('nothing is wrong', lacks('the old one stays'));
	pty.type('q');
	await pty.end();
});

test('another time between readings', async () => {
	const {file, pty} = await screenWith('{"every": "60s"}');
	await pty.until('the second picture', ({screen}) => /\d\d:\d\d:\d\d/.test(screen[0] ?? ''));
	writeFileSync(file, '{"every": "200ms"}');
	const clocks = new Set<string>();
	await pty.until('the clock goes on', ({screen}) => clocks.add((screen[0] ?? '').slice(-10)).size >= 4);
	pty.type('q');
	await pty.end();
});
