import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {folder} from '../helpers/folder.js';
import {Pty} from '../helpers/pty.js';

/** A screen that has read a dozen times, five times a second. */
async function open(options = {}): Promise<Pty> {
	const directory = folder();
	const file = join(directory, 'config.json');
	writeFileSync(file, '{"every": "200ms"}');
	const pty = new Pty(process.execPath, healthtop('--config', file, '--state-dir', directory), options);
	await pty.shows('6 Processes');
	const clocks = new Set<string>();
	await pty.until('has a past', ({text}) => clocks.add(/\d\d:\d\d:\d\d/.exec(text)?.[0] ?? '').size > 3);
	return pty;
}

const isLive = ({text}: Pty) => !text.includes('◀') && !text.includes('go to ');

test('arrows show the past in every panel, and 0 is now again', async () => {
	const pty = await open();
	pty.type('\x1b[D');
	await pty.shows(/◀ \d\d:\d\d:\d\d · 0s ago/);
	const begin = /\d\d:\d\d:\d\d/.exec(pty.text)?.[0] ?? '';
	pty.type('\x1b[1;2D');
	await pty.until('is two seconds earlier', ({text}) => (/◀ (\d\d:\d\d:\d\d)/.exec(text)?.[1] ?? '~') < begin);
	// The clock of the past stands still, while the distance to it grows; panels have values, and the cursor.
	await pty.shows(/◀ .* · [5-9]s ago/);
	expect(pty.text).toMatch(/1 CPU .* +\d+% ×/);
	expect(pty.text).toMatch(/2 Memory .* +\d+% of/);
	expect(pty.text).toContain('0 now');
	pty.type('0');
	await pty.until('is live', isLive);
});

test('spans are named, and escape leaves the past before the zoom', async () => {
	const pty = await open({columns: 100, rows: 30});
	pty.type('1e+');
	await pty.shows('last 5m');
	pty.type('++');
	await pty.shows('last 1h');
	pty.type('-');
	await pty.shows('last 15m');
	pty.type('h');
	await pty.shows('▲');
	pty.type('\x1b');
	await pty.until('is live', isLive);
	await pty.shows('context switches/s');
	pty.type('\x1b');
	await pty.shows('6 Processes');
});

test('a moment is typed: what is none says so, and one that was is shown', async () => {
	const pty = await open({columns: 120});
	pty.type('@');
	await pty.shows('go to');
	pty.type('nonsense');
	await pty.shows("'nonsense' is no moment: 03:12, yesterday 22:00, 2h ago");
	pty.type('\r');
	await pty.shows("'nonsense' is no moment");
	pty.type('\x15' + '1s ago\r');
	await pty.shows(/◀ \d\d:\d\d:\d\d · \ds ago/);
	pty.type('@2h ago\r');
	await pty.shows(/◀ .* · 2h 0m ago/);
	await pty.shows('nothing was read then');
	await pty.shows('last 15m');
	pty.type('@q');
	await pty.shows('go to q');
	pty.type('\x1b');
	await pty.until('the field is left', ({text}) => !text.includes('go to '));
	expect(pty.ended).toBeUndefined();
	pty.type('0');
	await pty.until('is live', isLive);
});

test('the first moment there is has a mark', async () => {
	const pty = await open({columns: 120, rows: 36});
	pty.type('1e+');
	await pty.shows('◆');
});
