import {connect, type Socket} from 'node:net';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {type Asker, NoEngine} from '../../src/engine/control-client.js';
import {ControlServer, type Handlers, mostControllers} from '../../src/engine/control-server.js';
import {SocketListener} from '../../src/engine/socket-listener.js';
import {folder} from '../helpers/folder.js';
import {until} from '../helpers/until.js';

/** Who asks, as far as it must be said. */
export const by = {user: 'deploy', uid: 1000, pid: 4242};

/** An engine as its control socket shows it. */
type TestEngine = {
	readonly path: string;
	readonly errors: readonly string[];
	readonly listener: SocketListener;
	/** Every connection, oldest first. */
	readonly sockets: readonly Socket[];
};

/** A control server on a real socket. */
export async function controlled(handlers: Handlers): Promise<TestEngine> {
	const path = join(folder(), 'control.sock');
	const errors: string[] = [];
	const sockets: Socket[] = [];
	const server = new ControlServer({
		clock: {wake: () => () => {}},
		version: '1.2.3',
		pid: 77,
		handlers,
		onError: reason => errors.push(reason),
	});
	const listener = new SocketListener({
		path,
		mode: 0o600,
		most: mostControllers,
		onConnection(socket) {
			sockets.push(socket);
			server.accept(socket);
		},
	});
	await listener.open();
	onTestFinished(() => listener.close());
	return {path, errors, listener, sockets};
}

/** A client without manners: what it sends is up to the test. */
export class RawClient {
	readonly socket: Socket;
	said = '';

	constructor(path: string) {
		this.socket = connect({path, allowHalfOpen: true});
		this.socket.setEncoding('utf8').on('data', chunk => {
			this.said += chunk;
		});
		this.socket.on('error', () => {});
		onTestFinished(() => void this.socket.destroy());
	}

	get lines(): readonly Record<string, unknown>[] {
		return this.said
			.split('\n')
			.slice(0, -1)
			.map(line => JSON.parse(line));
	}

	/** The answers behind the greeting, as soon as there are so many. */
	async answers(count: number): Promise<readonly Record<string, unknown>[]> {
		await until(`${count} answers`, () => this.lines.length > count);
		return this.lines.slice(1);
	}

	ask(word: string, more: object = {}): void {
		this.socket.write(`${JSON.stringify({id: 1, do: word, by, ...more})}\n`);
	}
}

/** What such an engine says first. */
export const greeting = {healthtop: 'control', protocol: 1, version: '1.2.3', pid: 77};

/** One who waits for ever. */
export const asker: Asker = {
	clock: {wake: () => () => {}},
	version: '1.2.4',
	pid: process.pid,
	env: {SSH_CONNECTION: '10.0.0.7 51234 10.0.0.1 22'},
};

/** Why a request was not done. */
export const refusal = (asked: Promise<unknown>) =>
	asked.then(
		result => ({result}),
		(error: unknown) => (error instanceof NoEngine ? error.why : `no NoEngine: ${error}`),
	);
