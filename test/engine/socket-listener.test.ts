import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {connect, type Socket} from 'node:net';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {build} from 'esbuild';
import {describe, expect, onTestFinished, test} from 'vitest';
import {SocketListener, type SocketListenerOptions} from '../../src/engine/socket-listener.js';
import {folder} from '../helpers/folder.js';
import {testAsRoot} from '../helpers/outside.js';
import {testOnDisk} from '../helpers/small-disk.js';
import {until} from '../helpers/until.js';

/** A listener at `path` that greets everybody, closed when the test ends. */
function listenerAt(path: string, changes: Partial<SocketListenerOptions> = {}): SocketListener {
	const listener = new SocketListener({
		path,
		mode: 0o600,
		most: 16,
		onConnection: socket => socket.resume().write('hello\n'),
		...changes,
	});
	onTestFinished(() => listener.close());
	return listener;
}

async function opened(path: string, changes: Partial<SocketListenerOptions> = {}): Promise<SocketListener> {
	const listener = listenerAt(path, changes);
	await listener.open();
	return listener;
}

function clientOf(path: string): Socket {
	const socket = connect(path);
	onTestFinished(() => void socket.destroy());
	return socket;
}

/** The first that one says who connects. */
const firstOf = async (path: string): Promise<string> => String((await once(clientOf(path), 'data'))[0]);

const modeOf = (path: string) => statSync(path).mode & 0o7777;

describe('a socket', () => {
	test.each([
		['0600', 0o600],
		['0660', 0o660],
	])('has the mode %s, and its directory 0700', async (_, mode) => {
		const path = join(folder(), 'a', 'b', 'test.sock');
		const before = process.umask();
		const listener = await opened(path, {mode});
		expect([modeOf(path), modeOf(join(path, '..')), modeOf(join(path, '../..'))]).toEqual([mode, 0o700, 0o700]);
		expect(process.umask()).toBe(before);
		expect(await listener.isOurs()).toBe(true);
		expect(await firstOf(path)).toBe('hello\n');
		await listener.close();
		await listener.close();
		expect(await listener.isOurs()).toBe(false);
		expect(readdirSync(join(path, '..'))).toEqual([]);
	});

	test('replaces one that was left behind', async () => {
		const path = join(folder(), 'test.sock');
		const child = spawn(process.execPath, [
			'-e',
			'net.createServer().listen(process.argv[1], () => console.log(1))',
			path,
		]);
		await once(child.stdout, 'data');
		child.kill('SIGKILL');
		await once(child, 'close');
		expect(lstatSync(path).isSocket()).toBe(true);
		await opened(path);
		expect(await firstOf(path)).toBe('hello\n');
	});

	test('replaces a file', async () => {
		const path = join(folder(), 'test.sock');
		writeFileSync(path, 'anything');
		writeFileSync(join(path, '../new.sock'), 'anything');
		await opened(path);
		expect(await firstOf(path)).toBe('hello\n');
	});

	test.each(['target', 'nothing'])('replaces a link to %s, not what it leads to', async target => {
		const directory = folder();
		const path = join(directory, 'test.sock');
		writeFileSync(join(directory, 'target'), 'precious');
		symlinkSync(target, path);
		await opened(path);
		expect(lstatSync(path).isSocket()).toBe(true);
		expect(readFileSync(join(directory, 'target'), 'utf8')).toBe('precious');
		expect(existsSync(join(directory, 'nothing'))).toBe(false);
	});

	test('two in one directory open at once', async () => {
		const directory = folder();
		const paths = [join(directory, 'view.sock'), join(directory, 'control.sock')];
		await Promise.all(paths.map(path => opened(path, {onConnection: socket => socket.write(path)})));
		expect(await Promise.all(paths.map(firstOf))).toEqual(paths);
	});

	test('that somebody replaced is not ours, and stays when we close', async () => {
		const path = join(folder(), 'test.sock');
		const first = await opened(path);
		rmSync(path);
		expect(await first.isOurs()).toBe(false);
		const second = await opened(path, {onConnection: socket => socket.write('second')});
		expect([await first.isOurs(), await second.isOurs()]).toEqual([false, true]);
		await first.close();
		expect(await firstOf(path)).toBe('second');
	});

	test('that was moved is not found any more, and is not ours', async () => {
		const path = join(folder(), 'test.sock');
		const listener = await opened(path);
		renameSync(path, `${path}.old`);
		expect(await listener.isOurs()).toBe(false);
		await listener.close();
		expect(existsSync(`${path}.old`)).toBe(true);
	});
});

describe('no socket, and why:', () => {
	const reason = (path: string) =>
		listenerAt(path)
			.open()
			.then(() => 'open', String);

	test('a directory in its place', async () => {
		const path = join(folder(), 'test.sock');
		mkdirSync(path);
		expect(await reason(path)).toContain('EISDIR');
		expect(readdirSync(join(path, '..'))).toEqual(['test.sock']);
	});

	test('too long a path', async () => {
		const path = join(folder(), 'x'.repeat(100));
		expect(await reason(path)).toBe(`Error: '${path}' is longer than the 107 bytes that the path of a socket may have`);
		expect(readdirSync(join(path, '..'))).toEqual([]);
	});

	test('a directory in which others may write', async () => {
		const directory = folder();
		chmodSync(directory, 0o777);
		expect(await reason(join(directory, 'test.sock'))).toContain('others may write in it');
	});

	testOnDisk('ro,mode=700', 'a read-only disk', async path => {
		expect(await reason(join(path, 'test.sock'))).toContain('EROFS');
		expect(await reason(join(path, 'a/test.sock'))).toContain('EROFS');
	});

	testOnDisk('nr_inodes=1,mode=700', 'a full disk', async path => {
		expect(await reason(join(path, 'test.sock'))).toContain('ENOSPC');
	});
});

testAsRoot()('whoever else connects is refused by the mode alone', async () => {
	const directory = folder();
	chmodSync(directory, 0o755);
	const [closed, open] = [join(directory, 'closed.sock'), join(directory, 'open.sock')];
	await opened(closed, {mode: 0o600});
	await opened(open, {mode: 0o666});
	const asNobody = async (path: string) => {
		const code =
			'net.connect(process.argv[1]).on("error", e => console.log(e.code)).on("data", d => { console.log(String(d)); process.exit() })';
		const child = spawn(process.execPath, ['-e', code, path], {uid: 65_534, gid: 65_534});
		return (await text(child.stdout)).trim();
	};
	expect([await asNobody(closed), await asNobody(open)]).toEqual(['EACCES', 'hello']);
});

describe('of many connections', () => {
	test('so many are served, the others told why not', async () => {
		const path = join(folder(), 'test.sock');
		const refused: string[] = [];
		await opened(path, {most: 3, onRefused: reason => refused.push(reason)});
		const clients = Array.from({length: 200}, () => clientOf(path));
		const first = await Promise.all(clients.map(async client => String((await once(client, 'data'))[0])));
		expect(first.filter(said => said === 'hello\n')).toHaveLength(3);
		expect(first.filter(said => said === '{"type":"bye","reason":"too-many"}\n')).toHaveLength(197);
		expect(refused).toEqual(Array.from({length: 197}, () => 'too-many'));
		await until('the others are cut off', () => clients.filter(({destroyed}) => destroyed).length === 197);
	});

	test('one that ends makes room', async () => {
		const path = join(folder(), 'test.sock');
		let served: Socket | undefined;
		await opened(path, {
			most: 1,
			onConnection(socket) {
				served = socket.resume();
				socket.write('hello\n');
			},
		});
		const client = clientOf(path);
		await once(client, 'data');
		const ended = new Promise(resolve => served?.once('close', resolve));
		client.destroy();
		await ended;
		expect(await firstOf(path)).toBe('hello\n');
	});

	test('none outlives the end', async () => {
		const path = join(folder(), 'test.sock');
		const listener = await opened(path);
		const clients = Array.from({length: 5}, () => clientOf(path));
		await Promise.all(clients.map(client => once(client, 'data')));
		const ended = Promise.all(clients.map(client => once(client, 'close')));
		await listener.close();
		await ended;
	});

	test('one that goes while it is written to breaks nothing', async () => {
		const path = join(folder(), 'test.sock');
		let served: Socket | undefined;
		await opened(path, {
			onConnection(socket) {
				served = socket;
				socket.write('x'.repeat(1e6));
			},
		});
		const client = clientOf(path);
		await once(client, 'data');
		client.destroy();
		await until('it is closed', () => served?.closed === true);
		expect(String(await once(clientOf(path), 'data'))).toMatch(/^x+$/);
	});
});

const starved = `
import {closeSync, openSync} from 'node:fs';
import {SocketListener} from './src/engine/socket-listener.js';
const listener = new SocketListener({path: process.argv[2] ?? '', mode: 0o600, most: 16, onConnection: socket => socket.write('hello')});
await listener.open();
const files: number[] = [];
try {
	for (;;) files.push(openSync('/dev/null', 'r'));
} catch {}
const before = process.cpuUsage();
console.log('full');
process.stdin.on('data', () => {
	const {user, system} = process.cpuUsage(before);
	files.forEach(file => closeSync(file));
	console.log((user + system) / 1000);
});
`;

test('without descriptors nobody is served, nothing spins, and it goes on afterwards', async () => {
	const path = join(folder(), 'test.sock');
	const {outputFiles} = await build({
		stdin: {contents: starved, resolveDir: process.cwd(), loader: 'ts'},
		bundle: true,
		write: false,
		platform: 'node',
		format: 'esm',
	});
	const code = outputFiles[0]?.text ?? '';
	const child = spawn('sh', [
		'-c',
		'ulimit -n 60 && exec "$@"',
		'-',
		process.execPath,
		'--input-type=module',
		'-e',
		code,
		'-',
		path,
	]);
	onTestFinished(() => void child.kill('SIGKILL'));
	await once(child.stdout, 'data');
	const turnedAway = Array.from({length: 20}, () => clientOf(path));
	await Promise.all(
		turnedAway.map(client =>
			once(
				client.resume().on('error', () => {}),
				'close',
			),
		),
	);
	child.stdin.write('go on');
	const [busyMs] = await once(child.stdout, 'data');
	expect(Number(busyMs)).toBeLessThan(500);
	expect(await firstOf(path)).toBe('hello');
});
