import {once} from 'node:events';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {onTestFinished} from 'vitest';

export type SwitchedService = {
	readonly port: number;
	/** Nothing listens on its port any more. */
	stop(): Promise<void>;
	/** It listens there again. */
	start(): Promise<void>;
};

/** A web server in this process that answers with a status, on a port of its own; closed when the test has ended. */
export async function switchedService(status: () => number = () => 200): Promise<SwitchedService> {
	let server = await serving(status, 0);
	const {port} = server.address() as AddressInfo;
	onTestFinished(() => {
		server.close();
	});
	return {
		port,
		async stop() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
		async start() {
			server = await serving(status, port);
		},
	};
}

async function serving(status: () => number, port: number): Promise<Server> {
	const server = createServer((_, response) => {
		response.writeHead(status(), {connection: 'close'}).end('hello');
	});
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	return server;
}
