import {spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {testWith} from '../helpers/outside.js';
import {Pty} from '../helpers/pty.js';

/** Everything a screen changes on a terminal, changed back: the last of each pair of switches that was written. */
function expectRestored(pty: Pty): void {
	expect(pty.buffer).toBe('normal');

	for (const mode of ['?25', '?1000', '?1006', '?1049', '?2004', '?2026']) {
		const switches = [...pty.output.matchAll(/\x1b\[(\?\d+)([hl])/g)].filter(([, name]) => name === mode);
		expect([mode, switches.at(-1)?.[2]]).toEqual([mode, mode === '?25' ? 'h' : 'l']);
	}
}

function folder(): string {
	const path = mkdtempSync(join(tmpdir(), 'healthtop-test-'));
	onTestFinished(() => rmSync(path, {recursive: true, force: true}));
	return path;
}

/** A shell that keeps the terminal before and after, so that it can say what became of it. */
function inShell(script: string, cwd: string): Pty {
	return new Pty('sh', ['-c', script], {cwd});
}

const command = [process.execPath, ...healthtop()].map(word => `'${word}'`).join(' ');

describe('signals', () => {
	for (const [name, number] of [
		['SIGTERM', 15],
		['SIGINT', 2],
		['SIGHUP', 1],
		['SIGQUIT', 3],
	] as const) {
		test(`${name} gives the terminal back and ends as that signal`, async () => {
			const pty = new Pty(process.execPath, healthtop());
			await pty.shows('6 Processes');
			pty.process.kill(name);
			expect(await pty.end()).toEqual({exitCode: 0, signal: number});
			expectRestored(pty);
		});
	}

	test('what the terminal was set to is as before, to the letter', async () => {
		const cwd = folder();
		const pty = inShell(`stty -a >before; ${command}; stty -a >after; echo code=$?`, cwd);
		await pty.shows('6 Processes');
		pty.type('q');
		await pty.shows('code=0');
		expect(readFileSync(join(cwd, 'after'), 'utf8')).toBe(readFileSync(join(cwd, 'before'), 'utf8'));
	});
});

describe('an error that nobody caught', () => {
	test('restores the terminal, prints the trace after that, and exits with 70', async () => {
		const cwd = folder();
		const preload = join(cwd, 'throw.mjs');
		writeFileSync(preload, "setTimeout(() => {throw new Error('thrown by the test')}, 1500);");
		const [bundle] = healthtop();
		const pty = inShell(
			`stty -a >before; '${process.execPath}' --import '${preload}' '${bundle}'; echo code=$?; stty -a >after; echo done`,
			cwd,
		);
		await pty.shows('6 Processes');
		await pty.shows('done');
		expect(pty.text).toContain('code=70');
		expect(pty.text).toContain('Error: thrown by the test');
		expect(pty.output.indexOf('thrown by the test')).toBeGreaterThan(pty.output.lastIndexOf('\x1b[?1049l'));
		expect(readFileSync(join(cwd, 'after'), 'utf8')).toBe(readFileSync(join(cwd, 'before'), 'utf8'));
		expectRestored(pty);
	});

	test('in a painter, its panel says so and everything else goes on', async () => {
		const cwd = folder();
		const preload = join(cwd, 'fail.mjs');
		// The one array that is sorted by what processes have: the table of the Processes panel.
		writeFileSync(
			preload,
			`const {toSorted} = Array.prototype;
			Array.prototype.toSorted = function (...args) {
				if (this[0]?.pid) throw new Error('thrown by the test');
				return toSorted.apply(this, args);
			};`,
		);
		const pty = new Pty(process.execPath, ['--import', preload, ...healthtop()]);
		await pty.shows('this panel failed: thrown by the test');
		const clock = /\d\d:\d\d:\d\d/.exec(pty.text)?.[0] ?? '';
		await pty.until('the clock goes on', ({text}) => !text.includes(clock));
		await pty.shows(/1 CPU .*\d+% ×/);
		pty.type('q');
		expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
	});
});

describe('a terminal that goes away', () => {
	test('ends the program within 2 s as SIGHUP, without a core and without spinning', async () => {
		const cwd = folder();
		const holder = join(cwd, 'holder.mjs');
		// Holds the other end of the pty; killing it closes the terminal as a lost connection does.
		writeFileSync(
			holder,
			`import {spawn} from ${JSON.stringify(new URL('../../node_modules/@lydell/node-pty/index.js', import.meta.url).href)};
			const pty = spawn('sh', ['-c', ${JSON.stringify(`ulimit -c unlimited; trap : HUP; ${command}; echo $? >code; times >times; date +%s%3N >ended`)}], {cols: 80, rows: 24, cwd: ${JSON.stringify(cwd)}, env: process.env});
			pty.onData(data => process.stdout.write(data));`,
		);
		const pty = new Pty(process.execPath, [holder], {cwd});
		await pty.shows('6 Processes');
		const closed = Date.now();
		pty.process.kill('SIGKILL');
		await pty.until(
			'has ended',
			() => readdirSync(cwd).includes('ended') && readFileSync(join(cwd, 'ended'), 'utf8').endsWith('\n'),
		);
		expect(readFileSync(join(cwd, 'code'), 'utf8').trim()).toBe(String(128 + 1));
		expect(Number(readFileSync(join(cwd, 'ended'), 'utf8')) - closed).toBeLessThan(2000);
		expect(readdirSync(cwd).filter(name => name.startsWith('core'))).toEqual([]);
	});

	test('a reader that stops reading stops neither the program nor its memory, and sees the newest picture afterwards', async () => {
		const pty = new Pty(process.execPath, healthtop(), {columns: 200, rows: 50});
		await pty.shows('6 Processes');
		pty.process.pause();
		const reads = () => Number(/^syscr: (\d+)/m.exec(readFileSync(`/proc/${pty.process.pid}/io`, 'utf8'))?.[1]);
		const first = reads();
		// Whole pictures fill whatever lies between us; sampling must go on all the same.
		await pty.until('goes on reading /proc', () => {
			pty.type('\x0c');
			return reads() > first + 500;
		});
		const before = pty.output.length;
		pty.process.resume();
		await pty.until('catches up', ({text}) => Math.abs(secondsOf(text) - secondsOf(new Date().toISOString())) <= 2);
		expect(pty.output.length - before).toBeLessThan(200_000);
		pty.type('q');
		expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
	});

	test('SIGTERM ends it even while nobody reads', async () => {
		const pty = new Pty(process.execPath, healthtop(), {columns: 200, rows: 50});
		await pty.shows('6 Processes');
		pty.process.pause();
		const written = () => Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pty.process.pid}/io`, 'utf8'))?.[1]);
		let last = -1;
		// Until the terminal takes no more.
		await pty.until('is stuck', () => {
			pty.type('\x0c');
			const now = written();
			const isSame = now === last && now > 20_000;
			last = now;
			return isSame;
		});
		pty.process.kill('SIGTERM');
		const {pid} = pty.process;
		await pty.until('has gone', () => !isAlive(pid), 3000);
	});
});

describe('suspending', () => {
	testWith('bash', 'stty')(
		'ctrl+z under a shell gives the terminal back and stops; fg brings the screen back',
		async () => {
			const cwd = folder();
			const pty = new Pty('bash', ['--norc', '--noprofile', '-i'], {cwd, env: {PS1: 'prompt> '}});
			await pty.shows('prompt>');
			pty.type(`stty -a >before; ${command}\r`);
			await pty.until('the screen', ({text, buffer}) => buffer === 'alternate' && text.includes('6 Processes'));
			pty.type('\x1a');
			await pty.until('the shell', ({text, buffer}) => buffer === 'normal' && /Stopped/.test(text));
			pty.type('stty -a >while; fg\r');
			await pty.until('the screen again', ({text, buffer}) => buffer === 'alternate' && text.includes('6 Processes'));
			pty.type('m');
			await pty.shows('by memory');
			pty.type('q');
			await pty.until('the shell at the end', ({buffer}) => buffer === 'normal');
			pty.type('stty -a >after; echo over\r');
			await pty.shows(/^over/m);
			// bash edits lines with settings of its own, so that the commands between see what it gives to its children.
			expect(readFileSync(join(cwd, 'while'), 'utf8')).toBe(readFileSync(join(cwd, 'before'), 'utf8'));
			expect(readFileSync(join(cwd, 'after'), 'utf8')).toBe(readFileSync(join(cwd, 'before'), 'utf8'));
		},
	);

	test('without a shell to come back from, SIGTSTP leaves the screen where it is', async () => {
		const pty = new Pty(process.execPath, healthtop());
		await pty.shows('6 Processes');
		pty.process.kill('SIGTSTP');
		await pty.until('left and came back', ({output}) => /\x1b\[\?1049l[\s\S]*\x1b\[\?1049h/.test(output));
		await pty.until('the screen', ({text, buffer}) => buffer === 'alternate' && text.includes('6 Processes'));
		pty.type('m');
		await pty.shows('by memory');
	});

	test('after SIGSTOP and SIGCONT everything is drawn again', async () => {
		const pty = new Pty(process.execPath, healthtop());
		await pty.shows('6 Processes');
		pty.process.kill('SIGSTOP');
		const before = pty.output.length;
		pty.process.kill('SIGCONT');
		await pty.until('draws', ({output}) => output.slice(before).includes('6 Processes'));
		pty.type('q');
		expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
		expectRestored(pty);
	});
});

test('a terminal that belongs to another user is left blocking, as the shell before us had it', async () => {
	const cwd = folder();
	chmodSync(cwd, 0o755);
	cpSync('dist', join(cwd, 'dist'), {recursive: true});
	writeFileSync(join(cwd, 'package.json'), '{"type": "module"}');
	const other = ['setpriv', '--reuid=65534', '--clear-groups', process.execPath];
	// Only root can be somebody else, and only where others may run this Node; on a terminal of one's own the same must hold.
	const canBeOther = spawnSync('env', [...other, '--version']).status === 0;
	const program = `${canBeOther ? other.join(' ') : process.execPath} dist/main.js`;
	const flags = "sed -n 's/^flags:/flags/p' /proc/self/fdinfo/1";
	const pty = inShell(`${flags}; sh -c 'echo $$ >pid; exec ${program}'; ${flags}; echo over`, cwd);
	await pty.shows('6 Processes');
	// By a signal: Node itself puts these flags right when it exits, but then it does not come to that.
	process.kill(Number(readFileSync(join(cwd, 'pid'), 'utf8')), 'SIGTERM');
	await pty.shows('over');
	const [before, after] = [...pty.text.matchAll(/flags\s+(\d+)/g)].map(([, octal]) => octal);
	expect(after).toBe(before);
});

function secondsOf(text: string): number {
	const [, hours, minutes, seconds] = /(\d\d):(\d\d):(\d\d)/.exec(text) ?? [];
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function isAlive(pid: number): boolean {
	try {
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
}
