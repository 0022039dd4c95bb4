import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {type AddressInfo, createServer, type Server, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';

/** A server on a port of its own that does this with each connection; it and they end when the test has. */
export async function listening(onConnection: (socket: Socket) => void): Promise<{port: number; server: Server}> {
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
		onConnection(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();

		for (const socket of sockets) {
			socket.destroy();
		}
	});
	return {port: (server.address() as AddressInfo).port, server};
}

/** The port of a server that was told to listen, once it does. */
export async function portOf(server: Server): Promise<number> {
	if (!server.listening) {
		await once(server, 'listening');
	}

	return (server.address() as AddressInfo).port;
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

/** A port that nothing listens on, and that no connection gets for its own end meanwhile: for a server that is to listen there later. */
export async function portForLater(): Promise<number> {
	// Below the kernel's own range (ip(7), ip_local_port_range).
	const port = 15_000 + randomInt(15_000);
	const server = createServer().listen(port, '127.0.0.1');

	try {
		await once(server, 'listening');
	} catch {
		return portForLater();
	}

	server.close();
	await once(server, 'close');
	return port;
}
