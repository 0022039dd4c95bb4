import {spawn} from 'node:child_process';
import {expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {Pty} from '../helpers/pty.js';

/** What healthtop writes besides text: colours, cursor moves, erasing, the six modes, the bell, and the title or none. */
const ours =
	/\x07|\x1b\]2;(?:healthtop: \d+ critical)?\x1b\\|\x1b\[(?:[\d;]*m|\d+;\d+H|\d+C|2?[JK]|K|\?(?:25|1000|1006|1049|2004|2026)[hl])/g;

function expectOnlyOurs(output: string): void {
	const rest = output.replace(ours, '');
	expect(/[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/.exec(rest)?.[0]).toBeUndefined();
}

test('command lines that would move the cursor, set the title or turn the text are shown, not obeyed', async () => {
	const names = [
		'\x1b]0;owned\x07',
		'\x1b[2J\x1b[31mred',
		'\x1b]52;c;b3duZWQ=\x07',
		'a\rb\nc\bd',
		'\u202egnp.exe',
		'\x9b31m',
		'日本語',
		'e\u0301',
	];
	const children = names.map(name => spawn('sleep', ['600'], {argv0: `hostile-${name}`, stdio: 'ignore'}));
	onTestFinished(() => {
		for (const child of children) {
			child.kill('SIGKILL');
		}
	});
	const pty = new Pty(process.execPath, healthtop(), {columns: 200, rows: 60});
	await pty.shows('6 Processes');
	pty.type('T');
	await pty.shows('hostile-\\x1b]0;owned\\x07');
	await pty.shows('hostile-\\x1b[2J\\x1b[31mred');
	await pty.shows('hostile-日本語');
	pty.type('q');
	await pty.end();
	expectOnlyOurs(pty.output);
});

test('a recorded machine whose names are all hostile is shown with our own sequences only', async () => {
	const pty = new Pty(process.execPath, healthtop('--root', 'test/fixtures/trees/names-from-hell/after'), {
		columns: 200,
		rows: 50,
	});
	await pty.shows('6 Processes');
	await pty.shows(/of \d+ ╮/);

	for (const keys of ['n', 'G', '3\r', '\x1b', '4\r']) {
		const before = pty.output.length;
		pty.type(keys);
		await pty.until('draws', ({output}) => output.length > before);
	}

	pty.type('q');
	await pty.end();
	expectOnlyOurs(pty.output);
});
