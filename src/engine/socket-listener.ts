import {once} from 'node:events';
import {type BigIntStats, chmodSync, lstatSync, renameSync, unlinkSync} from 'node:fs';
import {lstat, stat, unlink} from 'node:fs/promises';
import {createServer, type Server, type Socket} from 'node:net';
import {dirname, join} from 'node:path';
import {codeOf} from '../core/errors.js';
import {longestSocketPath} from './socket-places.js';
import {makeDirectory} from './state-directory.js';

export type SocketListenerOptions = {
	readonly path: string;
	/** Who may connect: 0o600, or 0o660 for the group, too. */
	readonly mode: number;
	/** Connections at a time. */
	readonly most: number;
	/** Its errors are listened to; whoever gets it must take care of its data and its end. */
	readonly onConnection: (socket: Socket) => void;
	/** A connection was turned away: `too-many`, or the code of a system error (`EMFILE`). */
	readonly onRefused?: (reason: string) => void;
};

/** What a socket is bound to before it gets its name; not longer than that of any socket of ours. */
const temporaryName = 'new.sock';

const tooMany = `${JSON.stringify({type: 'bye', reason: 'too-many'})}\n`;

/**
 * Listens on a socket in the file system. Whoever opens one must hold the lock of the engine, so that nobody listens to what has the
 * name already: a socket, a file or a link there (never what it points to) is replaced.
 */
export class SocketListener {
	readonly #options: SocketListenerOptions;
	readonly #server: Server;
	readonly #connections = new Set<Socket>();
	#bound: BigIntStats | undefined;

	constructor(options: SocketListenerOptions) {
		this.#options = options;
		this.#server = createServer(socket => this.#accept(socket));
	}

	/**
	 * Makes the directory (0700) if it is missing. Nobody can connect before the socket has its mode.
	 * @throws that of the system, and an Error for a directory in which others could replace the socket.
	 */
	async open(): Promise<void> {
		const {path} = this.#options;
		const directory = dirname(path);
		await makeDirectory(directory);
		await refuseForeign(directory);
		const temporary = join(directory, temporaryName);

		if (Math.max(Buffer.byteLength(path), Buffer.byteLength(temporary)) > longestSocketPath) {
			throw new Error(`'${path}' is longer than the ${longestSocketPath} bytes that the path of a socket may have`);
		}

		removeIfThere(temporary);
		const listening = once(this.#server, 'listening');
		this.#bind(temporary);
		await listening;
		this.#server.on('error', error => this.#options.onRefused?.(codeOf(error) ?? 'unknown'));
	}

	/** Whether the path is still the socket that we listen on: when it is not, nobody finds us. A disk that hangs holds up nobody else. */
	async isOurs(): Promise<boolean> {
		try {
			const {dev, ino} = await lstat(this.#options.path, {bigint: true});
			return dev === this.#bound?.dev && ino === this.#bound.ino;
		} catch {
			return false;
		}
	}

	/** Takes no more connections, for nobody finds the path; those that there are go on. */
	retire(): void {
		this.#bound = undefined;
		this.#server.close();
	}

	/** Destroys every connection. What has the path is removed only if it is ours. Never fails, may be called twice. */
	async close(): Promise<void> {
		if (await this.isOurs()) {
			try {
				await unlink(this.#options.path);
			} catch {
				// What is left is replaced by the next one.
			}
		}

		this.#bound = undefined;
		// It removes the name that it was bound to, on this thread: not before the disk has answered.
		const closed = new Promise(resolve => this.#server.close(resolve));

		for (const socket of this.#connections) {
			socket.destroy();
		}

		await closed;
	}

	/**
	 * Everything in one breath, so that two listeners never meet at the temporary name. That name is what Node removes when the server
	 * is closed, whosever it is by then; ours is looked at first.
	 */
	#bind(temporary: string): void {
		// Of the process, not of the call: a file that another thread makes in these microseconds is only ours, too.
		const umask = process.umask(0o177);

		try {
			this.#server.listen(temporary);
		} finally {
			process.umask(umask);
		}

		// What went wrong is emitted later.
		if (!this.#server.listening) {
			return;
		}

		try {
			chmodSync(temporary, this.#options.mode);
			this.#bound = lstatSync(temporary, {bigint: true});
			renameSync(temporary, this.#options.path);
		} catch (error) {
			this.#server.close();
			throw error;
		}
	}

	#accept(socket: Socket): void {
		// Peers go whenever they like; what follows is the end, which everybody sees.
		socket.on('error', () => {});

		if (this.#connections.size >= this.#options.most) {
			// Destroyed before the next one is accepted, for a flood must not use up our descriptors.
			socket.write(tooMany, () => socket.destroy());
			this.#options.onRefused?.('too-many');
			return;
		}

		this.#connections.add(socket);
		socket.once('close', () => this.#connections.delete(socket));
		this.#options.onConnection(socket);
	}
}

/** `$XDG_RUNTIME_DIR` may be anything, and in /tmp anybody can make a directory before us. */
async function refuseForeign(path: string): Promise<void> {
	const {uid, mode} = await stat(path);

	if (uid !== process.geteuid?.() || (mode & 0o022) !== 0) {
		throw new Error(`'${path}' belongs to another user, or others may write in it: sockets would not be safe there`);
	}
}

function removeIfThere(path: string): void {
	try {
		unlinkSync(path);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') {
			throw error;
		}
	}
}
