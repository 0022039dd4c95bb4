/**
 * Run as a program of its own, at the head of a process group: `node loads.mjs JSON` makes a known load (the keys are those
 * of `Plan` in load.mjs), and tells on standard output, a JSON a line, first the pids and then ten times a second how much
 * was done. When its standard input closes it ends what it started; that happens too when the bench is killed.
 */

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {constants} from 'node:fs';
import {open, unlink} from 'node:fs/promises';
import {connect, createServer} from 'node:net';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';

/** @import {Plan} from './load.mjs' */

/** @type {Plan} */
const plan = JSON.parse(process.argv[2] ?? '');
const done = {written: 0, read: 0, received: 0, forks: 0};

/** Between two portions of each load: short, so that what is under way when the window begins or ends is little. */
const everyMs = 25;

/** Of a file's writes and reads: a multiple of a page, which O_DIRECT asks for. One in `writesARead` is read back. */
const blockBytes = 256 * 1024;
const writesARead = 4;

/**
 * Calls `portion` until it has been called `perSecond` times a second since the start, one call after the other.
 *
 * @param {number} perSecond
 * @param {() => unknown} portion
 */
async function pace(perSecond, portion) {
	const start = performance.now();

	for (let calls = 0; ; await sleep(everyMs)) {
		for (; calls < ((performance.now() - start) / 1000) * perSecond; calls++) {
			await portion();
		}
	}
}

/** A file that has no name any more goes with its last process, whatever ends that. */
async function writeFile() {
	const path = join(plan.folder, `healthtop-accuracy-${process.pid}`);
	const {O_CREAT, O_DIRECT, O_EXCL, O_RDWR} = constants;
	const file = await open(path, O_RDWR | O_CREAT | O_EXCL | O_DIRECT, 0o600);
	await unlink(path);
	// Wasm's memory begins at a page, which O_DIRECT asks for and a Buffer does not promise.
	// @ts-expect-error -- The types of Node have no more of it than its name.
	const block = new Uint8Array(new WebAssembly.Memory({initial: blockBytes / 65_536}).buffer).fill(1);

	return pace(plan.fileBytesPerSecond / blockBytes, async () => {
		await file.write(block, 0, blockBytes, done.written);
		done.written += blockBytes;

		if ((done.written / blockBytes) % writesARead === 0) {
			await file.read(block, 0, blockBytes, done.written - blockBytes);
			done.read += blockBytes;
		}
	});
}

async function sendToOurselves() {
	const server = createServer(socket => socket.on('data', ({length}) => (done.received += length)));
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const address = server.address();
	const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
	const socket = connect(port, '127.0.0.1');
	await once(socket, 'connect');
	const portionsPerSecond = 1000 / everyMs;
	const portion = Buffer.alloc(plan.tcpBytesPerSecond / portionsPerSecond);
	return pace(portionsPerSecond, () => socket.write(portion));
}

/** A shell makes the processes: it forks cheaper than Node, and answers each with a line. */
async function fork() {
	const shell = spawn('sh', ['-c', 'while read -r _; do /bin/true; echo; done'], {stdio: ['pipe', 'pipe', 'inherit']});
	shell.stdout.on('data', ({length}) => (done.forks += length));
	return pace(plan.forksPerSecond, () => shell.stdin.write('\n'));
}

/** @param {string | undefined} line */
const tell = line => process.stdout.write(`${line}\n`);

const busy = spawn(plan.busy.file, plan.busy.args, {stdio: ['ignore', 'ignore', 'inherit']});
const hogFile = fileURLToPath(new URL('./hog.mjs', import.meta.url));
const hog = spawn(process.execPath, [hogFile, String(plan.hogBytes)], {stdio: ['pipe', 'pipe', 'inherit']});

process.stdin.resume().on('close', () => {
	busy.kill('SIGTERM');
	hog.stdin.end();
	process.exit();
});

await once(hog.stdout, 'data');
tell(JSON.stringify({busy: busy.pid, hog: hog.pid, self: process.pid}));
setInterval(() => tell(JSON.stringify({at: Date.now(), ...done})), 100);
await Promise.all([writeFile(), sendToOurselves(), fork()]);
