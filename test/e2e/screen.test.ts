import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {Pty, type PtyOptions} from '../helpers/pty.js';

function open(options?: PtyOptions, ...args: readonly string[]): Pty {
	return new Pty(process.execPath, healthtop(...args), options);
}

describe('the screen', () => {
	for (const [columns, rows] of [
		[80, 24],
		[120, 36],
		[200, 50],
	] as const) {
		test(`has every panel and a value in each at ${columns}x${rows}`, async () => {
			const pty = open({columns, rows});
			await pty.shows(/1 CPU .* {1,3}\d+% ×\d+ /);
			await pty.shows(/2 Memory .*\d% of +[\d.]+ [MG]iB/);
			await pty.shows(/3 Disk .*r +[\d.]+ w +[\d.]+ [kMG]?B\/s/);
			await pty.shows(/4 Network .*\d of \d+ · [\d.]+ errors\/s/);
			await pty.shows(/6 Processes .*by cpu · 1-\d+ of \d+/);
			expect(pty.buffer).toBe('alternate');
			expect(pty.screen.every(row => row.length <= columns)).toBe(true);
			pty.type('q');
			expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
		});
	}

	test('changes with every second', async () => {
		const pty = open();
		await pty.shows(/\d\d:\d\d:\d\d$/m);
		const clocks = new Set<string>();
		await pty.until(
			'shows four different times',
			({text}) => clocks.add(/\d\d:\d\d:\d\d/.exec(text)?.[0] ?? '').size >= 4,
		);
	});

	test('is in ASCII where the locale is C, and without colour where NO_COLOR asks', async () => {
		const pty = open({env: {LANG: 'C', NO_COLOR: '1'}});
		await pty.shows(/1 CPU -/);
		await pty.shows(/\d% x\d/);
		expect(pty.output).toMatch(/^[\x00-\x7f]*$/);
		expect(pty.output).not.toMatch(/\x1b\[[\d;]*(?:3[0-8]|9[0-7])[;m]/);
		expect(pty.hasColour).toBe(false);
	});

	test('has colours where CI is in the environment, as anywhere else', async () => {
		const pty = open({env: {CI: '1', CONTINUOUS_INTEGRATION: '1'}});
		await pty.shows('6 Processes');
		expect(pty.hasColour).toBe(true);
		expect(pty.buffer).toBe('alternate');
	});

	test('comes up where the current directory is no more, and where DEV is set', async () => {
		const [bundle] = healthtop();
		const script = `mkdir gone; cd gone; rmdir ../gone; exec '${process.execPath}' '${bundle}'`;
		const cwd = mkdtempSync(join(tmpdir(), 'healthtop-test-'));
		onTestFinished(() => rmSync(cwd, {recursive: true, force: true}));
		const pty = new Pty('sh', ['-c', script], {cwd, env: {DEV: 'true'}});
		await pty.shows('6 Processes');
	});

	test('shows a recorded machine', async () => {
		const pty = open({columns: 120, rows: 36}, '--root', 'test/fixtures/trees/web-01/before');
		await pty.shows('web-01');
		await pty.shows('/mnt/backup');
	});
});

describe('keys', () => {
	test('joined in one packet all count', async () => {
		const pty = open({columns: 80, rows: 24});
		await pty.shows(/by cpu · 1-/);
		// The first shows the bar, nine more move it to the last of ten rows.
		pty.type(`p${'j'.repeat(13)}`);
		await pty.shows(/by pid · 4-/);
	});

	test('an arrow split over two packets is one key', async () => {
		const pty = open();
		await pty.shows(/by cpu · 1-/);
		pty.type(`p${'j'.repeat(10)}`);
		await pty.shows(/by pid · 1-/);
		pty.type('\x1b');
		await new Promise(resolve => setImmediate(resolve));
		pty.type('[B');
		await pty.shows(/by pid · 2-/);
		pty.type('\x1b[');
		await new Promise(resolve => setImmediate(resolve));
		pty.type('B');
		await pty.shows(/by pid · 3-/);
	});

	test('pasted text is not typed', async () => {
		const pty = open();
		await pty.shows(/by cpu · 1-/);
		pty.type('\x1b[200~q\x03m?\x1b[201~r');
		await pty.shows(/by cpu reversed · 1-/);
		expect(pty.ended).toBeUndefined();
	});

	test('sort, reverse, zoom, help and freeze do what help says', async () => {
		const pty = open();
		await pty.shows(/by cpu · 1-/);
		pty.type('m');
		await pty.shows(/by memory · 1-/);
		pty.type('r');
		await pty.shows(/by memory reversed · 1-/);
		pty.type('p');
		await pty.shows(/by pid · 1-/);
		pty.type('1\r');
		await pty.until('CPU alone', ({text}) => text.includes('1 CPU') && !text.includes('6 Processes'));
		pty.type('\x1b');
		await pty.shows('6 Processes');
		pty.type('?');
		await pty.shows('freeze the picture');
		pty.type('?');
		await pty.until('help is closed', ({text}) => !text.includes('freeze the picture'));
		pty.type('f');
		await pty.shows('frozen');
		pty.type(' ');
		await pty.until('thawed', ({text}) => !text.includes('frozen'));
	});

	test('ctrl+c quits', async () => {
		const pty = open();
		await pty.shows('6 Processes');
		pty.type('\x03');
		expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
		expect(pty.buffer).toBe('normal');
	});

	test('ctrl+l and a message of somebody else: the screen is whole again', async () => {
		const pty = open();
		await pty.shows('6 Processes');
		const before = pty.output.length;
		pty.type('\x0c');
		await pty.until('draws everything', ({output}) => output.length - before > 1500);
	});
});

describe('sizes', () => {
	test('a storm of resizes down to 1x1 and up to 500x200 ends with a right picture', async () => {
		const pty = open();
		await pty.shows('6 Processes');

		for (let i = 0; i < 300; i++) {
			pty.resize(1 + ((i * 37) % 300), 1 + ((i * 13) % 90));

			if (i % 10 === 0) {
				await new Promise(resolve => setImmediate(resolve));
			}
		}

		pty.resize(1, 1);
		await pty.until('a picture of one cell', ({text}) => text.trim().length === 1);
		pty.resize(500, 200);
		await pty.shows(/6 Processes .*by cpu · 1-/);
		pty.resize(80, 24);
		await pty.until('80x24 again', ({screen}) => screen.length === 24 && /q quit.*me .*iB *$/.test(screen[23] ?? ''));
		expect(pty.ended).toBeUndefined();
	});

	test('too small for anything says so', async () => {
		const pty = open({columns: 12, rows: 3});
		await pty.shows('too small');
	});
});
