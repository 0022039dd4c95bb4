import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished} from 'vitest';
import {ask, command, gone, startEngine, statusWhen} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {testWith} from '../helpers/outside.js';
import type {Pty} from '../helpers/pty.js';
import {sshdPath, startSshd} from '../helpers/sshd.js';

const overSsh = testWith('ssh', 'ssh-keygen', sshdPath);
const inTmux = testWith('ssh', 'ssh-keygen', 'tmux', sshdPath);

/** A command line that becomes the screen of a state directory: a shell of it would stand between us and the signal. */
const lineOf = (...args: readonly string[]) =>
	`LANG=C.UTF-8 exec ${command(...args)
		.map(word => `'${word}'`)
		.join(' ')}`;

/** Of the screens that were started with these words in their arguments, the process. */
function processOf(...words: readonly string[]): number {
	const found = readdirSync('/proc').filter(name => {
		try {
			const args = readFileSync(`/proc/${name}/cmdline`, 'latin1').split('\0');
			return args[0] === process.execPath && words.every(word => args.includes(word)) && !args.includes('run');
		} catch {
			return false;
		}
	});
	expect(found.length).toBe(1);
	return Number(found[0]);
}

type Connection = Awaited<ReturnType<typeof startSshd>>;

/** How a connection ends without a word. */
const cuts: Readonly<Record<string, (pty: Pty, connection: Connection) => void>> = {
	'the server of the connection is killed': (_, {cut}) => cut(),
	'the client is killed': ({process: client}) => client.kill('SIGKILL'),
};

for (const [name, cut] of Object.entries(cuts)) {
	describe(name, () => {
		overSsh('an attached screen ends within 2 s, and the engine goes on', async () => {
			const connection = await startSshd();
			const {directory, pid} = await startEngine();
			const pty = connection.connect(lineOf('--state-dir', directory));
			await pty.shows('q leave');
			const screen = processOf('--state-dir', directory);
			cut(pty, connection);
			await gone(screen, 2000);
			expect(await statusWhen(directory, ({viewers}) => viewers === 0)).toMatchObject({pid});
		});

		overSsh('a screen with an engine inside ends with it, and leaves the lock to the next one', async () => {
			const connection = await startSshd();
			const directory = folder();
			const pty = connection.connect(lineOf('--state-dir', directory));
			await pty.shows('q quit');
			const {pid} = await statusWhen(directory);
			expect(processOf('--state-dir', directory)).toBe(pid);
			cut(pty, connection);
			await gone(pid, 2000);
			const next = await startEngine({directory});
			expect(next.stderr()).not.toContain('did not end by itself');
		});

		overSsh("with onHangup 'stay' the engine inside goes on until it is stopped", async () => {
			const connection = await startSshd();
			const directory = folder();
			const config = join(directory, 'config.json');
			writeFileSync(config, '{"screen": {"onHangup": "stay"}}');
			const pty = connection.connect(lineOf('--state-dir', directory, '--config', config));
			await pty.shows('q quit');
			const {pid, readings = 0} = await statusWhen(directory);
			cut(pty, connection);
			expect(await statusWhen(directory, status => (status.readings ?? 0) > readings + 3)).toMatchObject({pid});
			const again = connection.connect(lineOf('--state-dir', directory));
			await again.shows('q leave');
			again.type('q');
			await again.end();
			expect(await ask('stop', directory)).toMatchObject({code: 0});
			await gone(pid, 2000);
		});
	});
}

inTmux(
	'in tmux: the engine inside outlives the connection, is looked at from two, and ends with the server',
	async () => {
		const connection = await startSshd();
		const [directory, place] = [folder(), folder()];
		const socket = join(place, 'tmux');
		const tmux = (...words: readonly string[]) => `LANG=C.UTF-8 exec tmux -S ${socket} -f /dev/null ${words.join(' ')}`;
		onTestFinished(() => {
			spawnSync('tmux', ['-S', socket, 'kill-server']);
		});
		const first = connection.connect(tmux('new-session', `"${lineOf('--state-dir', directory)}"`));
		await first.shows('q quit');
		const {pid} = await statusWhen(directory);
		connection.cut();
		await first.end();
		const one = connection.connect(tmux('attach'));
		await one.shows('6 Processes');
		const other = connection.connect(tmux('attach'), {columns: 120, rows: 36});
		await other.shows('6 Processes');
		expect(await statusWhen(directory)).toMatchObject({pid});
		one.type('\x02d');
		expect(await one.end()).toMatchObject({exitCode: 0});
		const clock = other.screen[0];
		await other.until('goes on', ({screen}) => screen[0] !== clock);
		other.type('\x02d');
		await other.end();
		expect(await statusWhen(directory)).toMatchObject({pid});
		expect(spawnSync('tmux', ['-S', socket, 'kill-server']).status).toBe(0);
		await gone(pid, 2000);
		const next = await startEngine({directory});
		expect(next.stderr()).not.toContain('did not end by itself');
	},
);
