import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {Pty, type PtyOptions} from '../helpers/pty.js';

/** A screen over a configuration, on a recorded machine with ten processes, and what changes the file. */
async function open(config: string, options: PtyOptions = {}) {
	const directory = mkdtempSync(join(tmpdir(), 'healthtop-input-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	const file = join(directory, 'config.json');
	writeFileSync(file, config);
	const root = ['--root', 'test/fixtures/trees/web-01/before'];
	const pty = new Pty(process.execPath, healthtop('--config', file, '--state-dir', directory, ...root), {
		rows: 18,
		...options,
	});
	await pty.shows('6 Processes');
	return {pty, configure: (text: string) => writeFileSync(file, text)};
}

async function ends(pty: Pty, keys: string): Promise<void> {
	pty.type(keys);
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
	// The emulator draws what came last a little later.
	await pty.until('the screen is given back', ({buffer}) => buffer === 'normal');
}

describe('configured keys', () => {
	test('are those of the screen, of help and of the last line', async () => {
		const {pty} = await open('{"screen": {"keys": {"quit": "ctrl+q", "sort-memory": ["w", "f6"], "help": "f1"}}}', {
			columns: 160,
			rows: 40,
		});
		await pty.shows(/w by memory .*f1 help {2}ctrl\+q quit/);
		pty.type('qm?');
		pty.type('\x1b[17~');
		await pty.shows(/by memory ·/);
		expect(pty.ended).toBeUndefined();
		pty.type('\x1bOP');
		await pty.shows(/w f6 +sort by memory/);
		await pty.shows(/f1 +this help/);
		await pty.shows(/ctrl\+q ctrl\+c +quit/);
		await ends(pty, '\x11');
	});

	test('end it with ctrl+c whatever they are', async () => {
		const {pty} = await open('{"screen": {"keys": {"quit": "x"}}}');
		await ends(pty, '\x03');
	});

	test('are followed while it runs; what clashes is told and changes nothing', async () => {
		const {pty, configure} = await open('{}', {columns: 200});
		await pty.shows(/\? help {2}q quit/);
		configure('{"screen": {"keys": {"quit": "x"}}}');
		await pty.shows(/\? help {2}x quit/);
		configure('{"screen": {"keys": {"quit": "m"}}}');
		await pty.shows("is already a key of 'sort-memory'");
		await pty.shows(/\? help {2}x quit/);
		configure('{}');
		await pty.shows(/\? help {2}q quit/);
		await ends(pty, 'q');
	});

	test('that clash are refused at the start, with their line', () => {
		const directory = mkdtempSync(join(tmpdir(), 'healthtop-input-'));
		onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
		writeFileSync(join(directory, 'config.json'), '{"screen": {"keys": {\n"reverse": "x",\n"quit": ["e", "x"]}}}');
		const [command = '', ...args] = [process.execPath, ...healthtop('config', 'check', '--config', 'config.json')];
		const {status, stderr} = spawnSync(command, args, {encoding: 'utf8', cwd: directory});
		expect(status).toBe(78);
		expect(stderr).toBe(
			[
				'healthtop: config.json has 2 problems:',
				`  line 3, screen.keys.quit[0]: is already a key of 'zoom'; change one of them, got "e"`,
				`  line 3, screen.keys.quit[1]: is already a key of 'reverse'; change one of them, got "x"`,
				'',
			].join('\n'),
		);
	});
});

const mouseOn = '\x1b[?1000h\x1b[?1006h';
const mouseOff = '\x1b[?1006l\x1b[?1000l';

/** A click of the left button at a cell counted from 0, and a notch of the wheel there. */
const click = (x: number, y: number) => `\x1b[<0;${x + 1};${y + 1}M\x1b[<0;${x + 1};${y + 1}m`;
const wheelDown = (x: number, y: number) => `\x1b[<65;${x + 1};${y + 1}M`;
const wheelUp = (x: number, y: number) => `\x1b[<64;${x + 1};${y + 1}M`;

/** Where a text stands on the screen. */
function cellOf({screen}: Pty, text: string): [x: number, y: number] {
	const y = screen.findIndex(row => row.includes(text));
	return [screen[y]?.indexOf(text) ?? -1, y];
}

describe('the mouse', () => {
	test('is asked for, without motion, and given back', async () => {
		const {pty} = await open('{}');
		await ends(pty, 'q');
		expect(pty.output).toContain(mouseOn);
		expect(pty.output.lastIndexOf(mouseOff)).toBeGreaterThan(pty.output.lastIndexOf(mouseOn));
		expect(pty.output).not.toMatch(/\x1b\[\?(?:9|1001|1002|1003|1005|1015|1016)h/);
	});

	test('is given back and asked for again around ctrl+z', async () => {
		const {pty} = await open('{}');
		const before = pty.output.length;
		pty.type('\x1a');
		await pty.until('left and came back', ({output}) => /\?1049l[\s\S]*\?1049h/.test(output.slice(before)));
		expect(pty.output.slice(before).replace(/(?<=\?1049l)[\s\S]*(?=\x1b\[\?1049h)/, '')).toContain(mouseOff);
		await ends(pty, 'q');
		expect(pty.output.split(mouseOn)).toHaveLength(3);
		expect(pty.output.split(mouseOff)).toHaveLength(3);
	});

	test('is never asked for where the configuration says so', async () => {
		const {pty} = await open('{"screen": {"mouse": false}}');
		await ends(pty, 'q');
		expect(pty.output).not.toMatch(/\?100\d/);
	});

	test('is given back and asked for when the configuration changes', async () => {
		const {pty, configure} = await open('{}');
		configure('{"screen": {"mouse": false}}');
		await pty.until('given back', ({output}) => output.includes(mouseOff));
		configure('{}');
		await pty.until('asked for', ({output}) => output.lastIndexOf(mouseOn) > output.lastIndexOf(mouseOff));
		await ends(pty, 'q');
	});

	test('scrolls what is below it', async () => {
		const {pty} = await open('{}');
		await pty.shows('· 1-4 of 10');
		const [x, y] = cellOf(pty, 'PID');
		pty.type(wheelDown(x, y + 1));
		await pty.shows('· 4-7 of 10');
		pty.type(wheelDown(x, y + 1) + wheelUp(x, y + 1));
		await pty.shows('· 4-7 of 10');
		pty.type(wheelUp(x, y + 1));
		await pty.shows('· 1-4 of 10');
		await ends(pty, 'q');
	});

	test('scrolls the help', async () => {
		const {pty} = await open('{}', {columns: 44});
		pty.type('?');
		await pty.shows('next panel');
		pty.type(wheelDown(5, 5));
		await pty.until('help was scrolled', ({text}) => text.includes('Keys') && !text.includes('next panel'));
		await ends(pty, 'q');
	});

	test('focuses a panel, zooms it by its title, and clicks hints', async () => {
		const {pty} = await open('{}');
		const [x, y] = cellOf(pty, '2 Memory');
		pty.type(`${click(x, y + 2)}\r`);
		await pty.until('Memory alone', ({text}) => text.includes('2 Memory') && !text.includes('1 CPU'));
		pty.type(click(...cellOf(pty, '2 Memory')));
		await pty.shows('1 CPU');
		pty.type(click(...cellOf(pty, '? help')));
		await pty.shows('previous panel');
		pty.type(click(0, 0));
		await pty.until('help is closed', ({text}) => !text.includes('previous panel'));
		pty.type(click(...cellOf(pty, 'q quit')));
		expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
	});

	test('sorts by the headings, and reverses', async () => {
		const {pty} = await open('{}');
		await pty.shows(/by cpu ·/);
		pty.type(click(...cellOf(pty, 'MEM ')));
		await pty.shows(/by memory ·/);
		pty.type(click(...cellOf(pty, 'MEM ')));
		await pty.shows(/by memory reversed ·/);
		pty.type(click(...cellOf(pty, 'COMMAND')));
		await pty.shows(/by name ·/);
		await ends(pty, 'q');
	});

	test('in a storm of reports, whole ones and broken ones, leaves a screen that works', async () => {
		const {pty} = await open('{}');
		let seed = 1;
		const random = (below: number) => {
			seed = (seed * 48_271) % 2_147_483_647;
			return seed % below;
		};
		// Nowhere near the last line: there it could be quit.
		const report = () =>
			`\x1b[<${[0, 0, 1, 2, 35, 64, 65, 128][random(8)]};${random(300)};${random(17)}${'Mm'[random(2)]}`;
		const old = () => `\x1b[M${[0, 0, 0].map(() => String.fromCharCode(32 + random(90))).join('')}`;

		for (let burst = 0; burst < 60; burst++) {
			const bytes = Array.from({length: 30}, () => (random(6) > 0 ? report() : old())).join('');
			const cut = random(bytes.length);
			pty.type(bytes.slice(0, cut));
			pty.type(bytes.slice(cut));
		}

		pty.type('\x1b[<0;');
		// What broke off is given up after 30 ms; no key before that can be told from its end.
		const clocks = new Set<string>();
		await pty.until('goes on', ({text}) => clocks.add(/\d\d:\d\d:\d\d/.exec(text)?.[0] ?? '').size >= 2);
		pty.type('??');
		// What broke off left keys behind, perhaps a question that q would only answer.
		await ends(pty, '\x03');
	});
});
