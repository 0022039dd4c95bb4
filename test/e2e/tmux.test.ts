import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {testWith} from '../helpers/outside.js';
import {Pty} from '../helpers/pty.js';
import {until} from '../helpers/until.js';

/** A tmux server of its own, with one pane that runs a command. */
function openTmux(command: string, columns: number, rows: number) {
	const folder = mkdtempSync(join(tmpdir(), 'healthtop-test-'));
	const socket = join(folder, 'tmux');
	const tmux = (...args: readonly string[]) =>
		execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
			encoding: 'utf8',
			env: {...process.env, LANG: 'C.UTF-8', TERM: 'xterm-256color'},
		});
	tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), command);
	onTestFinished(() => {
		spawnSync('tmux', ['-S', socket, 'kill-server']);
		rmSync(folder, {recursive: true, force: true});
	});
	return {tmux, screen: () => tmux('capture-pane', '-p')};
}

const inTmux = testWith('tmux', 'sh');
const command = [process.execPath, ...healthtop()].map(word => `'${word}'`).join(' ');

inTmux('in tmux: the panels at every size of the window, and nothing of it changed but the picture', async () => {
	const {tmux, screen} = openTmux(command, 80, 24);
	await until('80x24', () => /6 Processes .*by cpu · 1-/.test(screen()));
	const title = tmux('display-message', '-p', '#{pane_title}');

	for (const [columns, rows] of [
		[200, 50],
		[120, 36],
		[30, 8],
		[80, 24],
	] as const) {
		tmux('resize-window', '-x', String(columns), '-y', String(rows));
		await until(`${columns}x${rows}`, () => {
			const lines = screen().trimEnd().split('\n');
			return lines.length === rows && /q quit +me/.test(lines.at(-1) ?? '');
		});
	}

	expect(tmux('display-message', '-p', '#{pane_title}')).toBe(title);
	expect(tmux('list-buffers')).toBe('');
});

inTmux('in tmux: the shell gets its screen and its modes back', async () => {
	const {tmux, screen} = openTmux(`echo before; ${command}; echo after; exec sh`, 80, 24);
	await until('the panels', () => screen().includes('6 Processes'));
	tmux('send-keys', 'q');
	await until('the shell', () => /before\nafter/.test(screen()));
	expect(tmux('display-message', '-p', '#{alternate_on} #{cursor_flag}').trim()).toBe('0 1');
});

for (const mouse of ['on', 'off']) {
	inTmux(`in tmux with its own mouse ${mouse}: clicks and the wheel reach the panels`, async () => {
		const folder = mkdtempSync(join(tmpdir(), 'healthtop-test-'));
		const socket = join(folder, 'tmux');
		const configuration = join(folder, 'tmux.conf');
		writeFileSync(configuration, `set -g mouse ${mouse}\nset -g status off\nset -s escape-time 0\n`);
		const pty = new Pty('tmux', ['-S', socket, '-f', configuration, 'new-session', command], {rows: 24});
		onTestFinished(() => {
			spawnSync('tmux', ['-S', socket, 'kill-server']);
			rmSync(folder, {recursive: true, force: true});
		});
		await pty.shows(/6 Processes .*by cpu · 1-/);
		pty.type('\x1b[<65;20;15M');
		await pty.shows(/by cpu · 4-/);
		pty.type('\x1b[<64;20;15M');
		await pty.shows(/by cpu · 1-/);
		const y = pty.screen.findIndex(row => row.includes('MEM '));
		const x = pty.screen[y]?.indexOf('MEM ') ?? -1;
		pty.type(`\x1b[<0;${x + 1};${y + 1}M\x1b[<0;${x + 1};${y + 1}m`);
		await pty.shows(/by memory · 1-/);
		const quit = pty.screen.at(-1)?.indexOf('q quit') ?? -1;
		pty.type(`\x1b[<0;${quit + 1};24M\x1b[<0;${quit + 1};24m`);
		expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
	});
}
