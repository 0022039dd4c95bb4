import {once} from 'node:events';
import {createServer} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {Pty} from '../helpers/pty.js';

test('the zoomed network says which process listens on which port', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	const pty = new Pty(process.execPath, healthtop(), {columns: 200, rows: 60});
	await pty.shows('4 Network');
	pty.type('4e');
	await pty.shows(new RegExp(`${port}/tcp 127\\.0\\.0\\.1 .* ${process.pid} `));
	await pty.shows(/sockets {2}\d+ established/);
	await pty.shows('127.0.0.1/8');
	pty.type('q');
	expect(await pty.end()).toEqual({exitCode: 0, signal: undefined});
});
