import {once} from 'node:events';
import {createConnection, createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {ask, isRunning, openScreen, quit, residentBytes, startEngine, statusWhen} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {until} from '../helpers/until.js';

const mib = 1024 ** 2;

describe('an engine that goes without a word', () => {
	test('killed: every screen says so within 2 s, and shows live numbers again when there is a new one', async () => {
		const {directory, child} = await startEngine();
		const screens = [
			await openScreen(['--state-dir', directory], {columns: 120}),
			await openScreen(['--state-dir', directory]),
		];
		child.kill('SIGKILL');
		await Promise.all(
			screens.map(screen => screen.until('says so', ({text}) => /CRIT no engine for \ds/.test(text), 2000)),
		);
		const next = await startEngine({directory});
		expect(next.stderr()).toContain('the engine before did not end by itself');
		await Promise.all(screens.map(screen => screen.until('is well', ({text}) => !text.includes('no engine'))));
		await statusWhen(directory, ({viewers}) => viewers === 2);

		for (const screen of screens) {
			const [before = ''] = screen.screen;
			await screen.until('its clock goes on', ({screen: [now]}) => now !== before && /\d *$/.test(now ?? ''));
			await quit(screen);
		}
	});

	test('stopped by SIGSTOP: screens say so, and after SIGCONT all is well and the log knows', async () => {
		const {directory, child, stderr} = await startEngine();
		const screen = await openScreen(['--state-dir', directory], {columns: 120});
		// Between two readings: one that is stopped in the middle of one was not late when it began.
		const [first] = screen.screen;
		await screen.until('has a new reading', ({screen: [now]}) => now !== first);
		child.kill('SIGSTOP');
		onTestFinished(() => {
			child.kill('SIGCONT');
		});
		await screen.until(
			'says so',
			({text}) => /engine stopped or hanging for [4-9]s, all is of \d\d:/.test(text),
			10_000,
		);
		// So long a stop is no slow reading: it is told.
		expect(await ask('status', directory)).toMatchObject({
			code: 1,
			stderr: expect.stringContaining('it is stopped, or hangs'),
		});
		child.kill('SIGCONT');
		await screen.until('is well', ({text}) => !text.includes('stopped or hanging'));
		await until('the log says so', () => stderr().includes('healthtop stood still'));
		await quit(screen);
	});
});

/** A connection, and what was said on it; ended when the test has. */
async function connected(path: string): Promise<{socket: Socket; said: () => string; over: Promise<void>}> {
	const socket = createConnection({path});
	let said = '';
	socket
		.on('error', () => {})
		.on('data', chunk => {
			said = (said + chunk).slice(0, mib);
		});
	const over = new Promise<void>(resolve => socket.once('close', () => resolve()));
	onTestFinished(() => {
		socket.destroy();
	});
	// One that was turned away at once is over before we know of the connection.
	await Promise.race([once(socket, 'connect').catch(() => {}), over]);
	return {socket, said: () => said, over};
}

const viewer = (protocol: number) => `{"healthtop":"viewer","protocol":${protocol},"version":"0.0.9"}\n`;

/** A line without an end, in pieces, for as long as it is taken. */
async function pour(socket: Socket, bytes: number): Promise<void> {
	const piece = Buffer.alloc(mib, 'x');

	for (let sent = 0; sent < bytes && !socket.destroyed; sent += piece.length) {
		await new Promise<void>(resolve => {
			socket.once('close', resolve).write(piece, () => resolve());
		});
	}
}

const sockets = ['view.sock', 'control.sock'] as const;

/** What peers do to a socket that are no screens. */
const attacks: Readonly<Record<string, (path: string) => Promise<void>>> = {
	async garbage(path) {
		for (const bytes of ['\n', 'GET / HTTP/1.1\r\n\r\n', '\0\xff\n{"id":', '[]\n', 'null\n', viewer(1).repeat(3)]) {
			const {socket} = await connected(path);
			await new Promise<void>(resolve => {
				socket.write(Buffer.from(bytes, 'latin1'), () => resolve());
			});
			socket.destroy();
		}
	},
	async 'a line of 100 MB'(path) {
		const {socket, over} = await connected(path);
		await pour(socket, 100 * mib);
		await over;
		// It was not heard to its end.
		expect(socket.bytesWritten).toBeLessThan(8 * mib);
	},
	async 'a thousand connections'(path) {
		const all = await Promise.all(Array.from({length: 1000}, () => connected(path)));
		await until('most are turned away', () => all.filter(({socket}) => socket.destroyed).length > 960);

		for (const {socket} of all) {
			socket.destroy();
		}
	},
	async 'one that never reads'(path) {
		for (let index = 0; index < 8; index++) {
			const {socket} = await connected(path);
			socket.pause();
			socket.write(viewer(1));
			socket.write('{"type":"watch","pids":"every","details":["addresses","listeners"]}\n');
		}
	},
};

describe('whatever peers do to the sockets, readings go on at their pace and a screen attaches', () => {
	for (const [name, attack] of Object.entries(attacks)) {
		test(name, async () => {
			const {directory, pid} = await startEngine();
			const began = performance.now();
			const before = await statusWhen(directory);
			await Promise.all(sockets.map(socket => attack(join(directory, socket))));
			const enough = (before.readings ?? 0) + 6;
			const after = await statusWhen(directory, ({readings = 0}) => readings >= enough);
			const seconds = (performance.now() - began) / 1000;
			// A machine that is busy with us makes some late, and one that is late is not made up for.
			expect((after.readings ?? 0) - (before.readings ?? 0)).toBeGreaterThan(0.6 * seconds - 2);
			expect((after.readings ?? 0) - (before.readings ?? 0)).toBeLessThan(seconds + 2);
			expect(after.pid).toBe(pid);
			expect(residentBytes(pid)).toBeLessThan(150 * mib);
			const asked = performance.now();
			const screen = await openScreen(['--state-dir', directory]);
			await screen.shows('q leave');
			expect(performance.now() - asked).toBeLessThan(10_000);
			expect(isRunning(pid)).toBe(true);
			await quit(screen);
		});
	}
});

describe('other versions', () => {
	test('a screen of another protocol is told why it is let go', async () => {
		const {directory} = await startEngine();
		const {socket, said, over} = await connected(join(directory, 'view.sock'));
		socket.write(viewer(2));
		await over;
		expect(said()).toMatch(/^\{"healthtop":"view","protocol":1,[^\n]*\n\{"type":"bye","reason":"other-protocol"\}\n$/);
	});

	test('an engine of another protocol: the screen samples for itself, and says why', async () => {
		const directory = folder();
		await listen(join(directory, 'view.sock'), socket => {
			socket.write('{"healthtop":"view","protocol":2,"version":"9.9.9","pid":1,"since":1,"root":"/","more":[]}\n');
		});
		const screen = await openScreen(['--state-dir', directory], {columns: 120});
		await screen.until('says so', ({screen: [first = '']}) =>
			/watching only: the engine is healthtop 9\.9\.9, this is \d/.test(first),
		);
		await screen.shows('q quit');
		await quit(screen);
	});

	test('an engine of another version and the same protocol: the screen attaches, and names both', async () => {
		const engine = await startEngine();
		const directory = folder();
		await listen(join(directory, 'view.sock'), socket => relay(socket, join(engine.directory, 'view.sock')));
		const screen = await openScreen(['--state-dir', directory], {columns: 120});
		await screen.until('says so', ({screen: [first = '']}) => /engine 9\.9\.9, screen \d+\.\d+/.test(first));
		await screen.shows('q leave');
		await quit(screen);
	});
});

async function listen(path: string, onConnection: (socket: Socket) => void): Promise<void> {
	const server = createServer(socket => {
		socket.on('error', () => {});
		onConnection(socket);
	}).listen(path);
	onTestFinished(() => {
		server.close();
	});
	await once(server, 'listening');
}

/** Passes on all that an engine says, but for its version. */
function relay(screen: Socket, path: string): void {
	const engine = createConnection({path});
	engine.on('error', () => screen.destroy());
	screen.on('close', () => engine.destroy());
	screen.pipe(engine);
	engine.once('data', chunk => {
		screen.write(String(chunk).replace(/"version":"[^"]*"/, '"version":"9.9.9"'));
		engine.pipe(screen);
	});
}
