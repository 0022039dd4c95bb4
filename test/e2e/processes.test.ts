import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {folder} from '../helpers/folder.js';
import {testAsRoot} from '../helpers/outside.js';
import {Pty} from '../helpers/pty.js';

/** A process that only this test has, under a name of its own. */
async function sleeper(name: string): Promise<ChildProcess> {
	const child = spawn('sleep', ['600'], {argv0: name, stdio: 'ignore'});
	onTestFinished(() => void child.kill('SIGKILL'));
	await once(child, 'spawn');
	return child;
}

/** A screen with the bar on the only process of this name. */
async function onProcess(name: string, ...args: readonly string[]): Promise<Pty> {
	const pty = new Pty(process.execPath, healthtop(...args), {columns: 100, rows: 30});
	await pty.shows('6 Processes');
	pty.type(`/${name}\r`);
	await pty.shows(/1-1 of 1 /);
	pty.type('j');
	return pty;
}

const quit = async (pty: Pty) => {
	pty.type('q');
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
};

/** Reads the question for a tick or two and says yes: an answer that comes before it can have been read is none. */
async function yes(pty: Pty): Promise<void> {
	await pty.shows('y/N');
	const clocks = new Set<string>();
	await pty.until('the question stands', ({text}) => clocks.add(/\d\d:\d\d:\d\d/.exec(text)?.[0] ?? '').size > 2);
	pty.type('y');
}

test('a signal is sent after y and not after n, and the log says to whom', async () => {
	const child = await sleeper('procs-one-apple');
	const ended = once(child, 'exit');
	const state = join(folder(), 'state');
	const pty = await onProcess('procs-one-apple', '--state-dir', state);
	await pty.shows('K signal');
	pty.type('K');
	await pty.shows(`to ${child.pid} procs-one-apple 600`);
	pty.type('\r');
	await pty.shows(`Send TERM to ${child.pid} procs-one-apple 600`);
	pty.type('n');
	await pty.until('the question is gone', ({text}) => !text.includes('y/N'));
	expect(child.exitCode ?? child.signalCode).toBeNull();
	process.kill(child.pid ?? 0, 0);
	// What comes in one packet with the key that asks is no answer.
	pty.type('K\ry');
	await yes(pty);
	expect(await ended).toEqual([null, 'SIGTERM']);
	await pty.shows(`TERM sent to ${child.pid} procs-one-apple 600`);
	await quit(pty);
	const log = readFileSync(join(state, 'healthtop.log'), 'utf8');
	expect(log).toContain(`"signal":"TERM","target":${child.pid},"name":"sleep","result":"sent"`);
	expect(log).not.toContain('procs-one-apple');
});

test('a target that ends before the answer is refused', async () => {
	const child = await sleeper('procs-two-pear');
	const pty = await onProcess('procs-two-pear');
	pty.type('K\r');
	await pty.shows('y/N');
	const gone = once(child, 'exit');
	child.kill('SIGKILL');
	await gone;
	await yes(pty);
	await pty.shows(`TERM not sent to ${child.pid} sleep: it has ended`);
	await quit(pty);
});

testAsRoot('unshare', 'mount')(
	'a process that has taken the number of the target meanwhile gets no signal',
	async () => {
		const cwd = folder();
		// In a pid namespace of its own the number that the next process gets can be chosen (pid_namespaces(7)).
		const again = 'echo $((old - 1)) >/proc/sys/kernel/ns_last_pid; sleep 601 & new=$!';
		const swap = `sleep 600 & old=$!; until [ -e swap ]; do sleep 0.05; done; kill -9 $old; wait $old; ${again}
		until [ $new = $old ]; do kill -9 $new; wait $new; ${again}; done; echo $new >new; wait $new; echo $? >ended`;
		const [bundle] = healthtop();
		const inside = `(${swap}) 2>/dev/null & exec '${process.execPath}' '${bundle}'`;
		const pty = new Pty('unshare', ['--fork', '--pid', '--mount-proc', 'sh', '-c', inside], {
			columns: 100,
			rows: 30,
			cwd,
		});
		await pty.shows('6 Processes');
		pty.type('//^sleep 600$/');
		await pty.shows(/1-1 of 1 /);
		pty.type('\rjK\r');
		await pty.shows(/Send TERM to \d+ sleep 600/);
		const old = /Send TERM to (\d+)/.exec(pty.text)?.[1];
		writeFileSync(join(cwd, 'swap'), '');
		// The shell makes the file before it writes into it.
		const taken = () => (existsSync(join(cwd, 'new')) ? readFileSync(join(cwd, 'new'), 'utf8').trim() : '');
		await pty.until('another has the number', () => taken() !== '');
		expect(taken()).toBe(old);
		await yes(pty);
		await pty.shows(`TERM not sent to ${old} sleep: it has ended, and another process has its number`);
		expect(existsSync(join(cwd, 'ended'))).toBe(false);
		await quit(pty);
	},
);

test('the signal that was chosen is the one that is sent', async () => {
	const child = await sleeper('procs-three-plum');
	const pty = await onProcess('procs-three-plum');
	const state = () => readFileSync(`/proc/${child.pid}/stat`, 'latin1').replace(/.*\) /, '')[0];
	pty.type('K\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\r');
	await pty.shows('Send STOP to');
	await yes(pty);
	await pty.until('is stopped', () => state() === 'T');
	pty.type('KG\r');
	await pty.shows('Send CONT to');
	await yes(pty);
	await pty.until('goes on', () => state() === 'S');
	await quit(pty);
});

test('read-only refuses, and does not offer it', async () => {
	const child = await sleeper('procs-four-fig');
	const pty = await onProcess('procs-four-fig', '--read-only');
	await pty.shows('d details');
	expect(pty.text).not.toContain('K signal');
	pty.type('K');
	await pty.shows('▲ read-only');
	pty.type('\ry');
	await pty.shows(/1-1 of 1 /);
	expect(child.exitCode ?? child.signalCode).toBeNull();
	await quit(pty);
});

test('details show a process until it ends, and then say so', async () => {
	const child = await sleeper('procs-five-kiwi');
	const pty = await onProcess('procs-five-kiwi');
	pty.type('e');
	await pty.until('is zoomed', ({text}) => !text.includes('1 CPU'));
	pty.type('\r');
	await pty.shows(`${child.pid} sleep`);
	await pty.shows('procs-five-kiwi 600');
	await pty.shows(process.cwd());
	await pty.shows(/parent +\d+ node/);
	expect(existsSync(`/proc/${child.pid}`)).toBe(true);
	child.kill('SIGKILL');
	await pty.shows('ended at');
	pty.type('\x1b');
	await pty.until('is closed', ({text}) => !text.includes('ended at'));
	await quit(pty);
});

test('a tree has the way from the first process to what the filter finds', async () => {
	await sleeper(`procs-six-lime-${'x'.repeat(80)}-end`);
	const pty = await onProcess('procs-six-lime');
	pty.type('t');
	await pty.shows(/└─ procs-six-lime-x/);
	// How deep that is, and so whether all of it is seen, is up to who started the tests.
	await pty.shows(/by cpu · tree · \d/);
	pty.type('t');
	await pty.shows(/1-1 of 1 /);
	await pty.shows(/ procs-six-lime-x+… /);
	pty.type('>');
	await pty.shows(/ …-lime-x+… /);
	pty.type('>>>>>>>>>>>');
	await pty.shows(/ …x+-end 600 /);
	pty.type('<<<<<<<<<<<<');
	await pty.shows(/ procs-six-lime-x+… /);
	await quit(pty);
});
