import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {palettes} from '../../src/ui/theme.js';
import {healthtop} from '../helpers/built.js';
import {Pty, type PtyOptions} from '../helpers/pty.js';

type Options = PtyOptions & {readonly config?: string; readonly args?: readonly string[]};

/** A screen over a configuration, and the file to change it in. */
async function open({config = '{}', args = [], ...options}: Options = {}) {
	const directory = mkdtempSync(join(tmpdir(), 'healthtop-looks-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	const file = join(directory, 'config.json');
	writeFileSync(file, config);
	const pty = new Pty(process.execPath, healthtop('--config', file, '--state-dir', directory, ...args), options);
	await pty.shows('6 Processes');
	return {pty, configure: (text: string) => writeFileSync(file, text)};
}

/** The border of panels that have not the keys, as each theme writes it at full colour. */
const [dark, light] = [palettes.dark, palettes.light].map(
	({border: {rgb}}) => `38;2;${rgb >> 16};${(rgb >> 8) & 255};${rgb & 255}m`,
);
const borders = {dark: `\x1b[0;${dark}`, light: `\x1b[0;${light}`, terminal: '\x1b[0;2m'};

/** The themes whose border is in what was written since. */
const themesIn = (output: string) =>
	Object.entries(borders).flatMap(([name, sgr]) => (output.includes(sgr) ? [name] : []));

async function changesTo(pty: Pty, theme: keyof typeof borders, change: () => void): Promise<void> {
	const before = pty.output.length;
	change();
	await pty.until(`is ${theme}`, ({output}) => output.slice(before).includes(borders[theme]));
	const since = pty.output.indexOf(borders[theme], before);
	const clocks = new Set<string>();
	// The old one may have been written once more, but not in the pictures after the change.
	await pty.until('goes on', ({text}) => clocks.add(/\d\d:\d\d:\d\d/.exec(text)?.[0] ?? '').size >= 2);
	expect(themesIn(pty.output.slice(since))).toEqual([theme]);
}

async function quit(pty: Pty): Promise<void> {
	pty.type('q');
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
}

describe('a theme', () => {
	test.each<[name: string, options: Options, themes: string[]]>([
		['is dark where nothing is said', {}, ['dark']],
		['is that of --theme', {args: ['--theme', 'light']}, ['light']],
		['is that of the configuration', {config: '{"screen": {"theme": "terminal"}}'}, ['terminal']],
		['is that of --theme rather', {config: '{"screen": {"theme": "terminal"}}', args: ['--theme=light']}, ['light']],
	])('%s', async (_, options, themes) => {
		const {pty} = await open(options);
		expect(themesIn(pty.output)).toEqual(themes);
		await quit(pty);
	});

	test('is changed by a key, round and round, and help says so', async () => {
		const {pty} = await open();

		for (const theme of ['light', 'terminal', 'dark', 'light'] as const) {
			await changesTo(pty, theme, () => pty.type('C'));
		}

		pty.type('?');
		await pty.shows(/C +colours: next theme/);
		await quit(pty);
	});

	test('is changed by what is written into the configuration, and only by a new one', async () => {
		const {pty, configure} = await open();
		await changesTo(pty, 'light', () => configure('{"screen": {"theme": "light"}}'));
		await changesTo(pty, 'terminal', () => pty.type('C'));
		await changesTo(pty, 'terminal', () => configure('{"screen": {"theme": "light", "panels": ["cpu", "processes"]}}'));
		await changesTo(pty, 'dark', () => configure('{"screen": {"panels": ["cpu", "processes"]}}'));
		await quit(pty);
	});

	test('in 16 colours takes only those', async () => {
		const {pty} = await open({args: ['--theme', 'light'], env: {TERM: 'xterm', COLORTERM: undefined}});
		expect(pty.output).toMatch(/\x1b\[0;34m/);
		expect(pty.output).not.toMatch(/[;[]38;/);
		await quit(pty);
	});

	test('without colours has none, nor pale text', async () => {
		const {pty} = await open({args: ['--theme', 'terminal'], env: {NO_COLOR: '1'}});
		pty.type('CCC');
		await pty.shows('6 Processes');
		expect(pty.output).not.toMatch(/\x1b\[[\d;]*(?:;2|3[0-8]|9[0-7])[;m]/);
		expect(pty.hasColour).toBe(false);
		await quit(pty);
	});

	test('that does not exist is refused with those that do', () => {
		const [command = '', ...args] = [process.execPath, ...healthtop('--theme', 'solarized')];
		const {status, stdout, stderr} = spawnSync(command, args, {encoding: 'utf8'});
		expect({status, stdout}).toEqual({status: 1, stdout: ''});
		expect(stderr).toBe("healthtop: --theme 'solarized': must be dark, light or terminal\n");
	});
});

describe('characters', () => {
	test('are ASCII where the configuration says so, and all again when it does not any more', async () => {
		const {pty, configure} = await open({config: '{"screen": {"ascii": true}}'});
		await pty.shows(/1 CPU -/);
		expect(pty.output).toMatch(/^[\x00-\x7f]*$/);
		configure('{}');
		await pty.shows(/╭1 CPU ─/);
		configure('{"screen": {"ascii": true}}');
		await pty.until('plain again', ({text}) => /^[\x00-\x7f]*$/.test(text));
		await quit(pty);
	});

	test('are ASCII by option, whatever the configuration says', async () => {
		const {pty} = await open({config: '{"screen": {"ascii": false}}', args: ['--ascii']});
		expect(pty.output).toMatch(/^[\x00-\x7f]*$/);
		await quit(pty);
	});

	test('of borders and graphs are ASCII for a wide terminal, text is not', async () => {
		const root = ['--root', 'test/fixtures/trees/web-01/before'];
		const {pty, configure} = await open({columns: 120, rows: 36, args: root});
		await pty.shows(/╭1 CPU ─/);
		configure('{"screen": {"ambiguousWidth": "wide"}}');
		await pty.until('no lines or dots', ({text}) => !/[\u2190-\u2193\u2500-\u28ff\u00b7\u00d7]/.test(text));
		await quit(pty);
	});
});
