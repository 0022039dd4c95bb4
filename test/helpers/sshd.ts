import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {type AddressInfo, createServer} from 'node:net';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {start} from './engine-process.js';
import {folder} from './folder.js';
import {Pty, type PtyOptions} from './pty.js';
import {until} from './until.js';

export const sshdPath = '/usr/sbin/sshd';

/** A port that nobody had a moment ago: sshd cannot be told to choose one. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

function makeKey(path: string): void {
	const {status, stderr} = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path], {encoding: 'utf8'});

	if (status !== 0) {
		throw new Error(`ssh-keygen: ${stderr}`);
	}
}

/** An SSH server of its own for one key, and connections to it. */
export async function startSshd() {
	const directory = folder();
	const [hostKey, key, keys] = ['host', 'key', 'keys'].map(name => join(directory, name)) as [string, string, string];
	makeKey(hostKey);
	makeKey(key);
	copyFileSync(`${key}.pub`, keys);

	// Where sshd of a system that has never started one puts the process that knows nothing.
	if (process.geteuid?.() === 0 && !existsSync('/run/sshd')) {
		mkdirSync('/run/sshd', {mode: 0o755});
	}

	const port = await freePort();
	const settings = [
		'ListenAddress=127.0.0.1',
		`AuthorizedKeysFile=${keys}`,
		'StrictModes=no',
		'PidFile=none',
		'UsePAM=no',
	];
	const options = settings.flatMap(setting => ['-o', setting]);
	const server = start([sshdPath, '-D', '-e', '-f', '/dev/null', '-p', String(port), '-h', hostKey, ...options]);
	await until('sshd listens', () => server.stderr().includes('Server listening'));
	const trust = ['StrictHostKeyChecking=no', `UserKnownHostsFile=${join(directory, 'known')}`, 'IdentitiesOnly=yes'];
	const arguments_ = [...trust.flatMap(setting => ['-o', setting]), '-F', '/dev/null', '-i', key, '-p', String(port)];
	return {
		/** A terminal there, with a command line for its shell. */
		connect: (line: string, options: PtyOptions = {}) =>
			new Pty('ssh', ['-tt', ...arguments_, `${userInfo().username}@127.0.0.1`, line], options),
		/** Kills whatever serves connections, as a machine that goes away does: nobody says good-bye. */
		cut(): void {
			for (const pid of servantsOf(server.pid)) {
				process.kill(pid, 'SIGKILL');
			}
		},
	};
}

/** Those of sshd below a process: what they started is not among them. */
function servantsOf(pid: number): readonly number[] {
	const children = readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.map(Number)
		.filter(child => isServantOf(child, pid));
	return children.flatMap(child => [...servantsOf(child), child]);
}

function isServantOf(child: number, parent: number): boolean {
	try {
		const [, name, ppid] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${child}/stat`, 'latin1')) ?? [];
		return Number(ppid) === parent && (name ?? '').startsWith('sshd');
	} catch {
		return false;
	}
}
