import {execFile} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {promisify} from 'node:util';
import {expect, onTestFinished, test} from 'vitest';
import {safeText} from '../../src/core/safe.js';
import type {Listener} from '../../src/core/snapshot.js';
import {local} from '../../src/hosts/local.js';
import {ports} from '../../src/samplers/ports.js';
import {contextAt} from '../helpers/collect.js';
import {testWith} from '../helpers/outside.js';

async function listenersNow(): Promise<readonly Listener[]> {
	const {tables} = await ports.start()(local(), contextAt(0, {wanted: new Set(['listeners'])}));
	return tables?.listeners ?? [];
}

/** A port that this process listens on, which the system chose. */
async function listenTcp(host: string): Promise<number> {
	const server = createServer().listen(0, host);
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	const address = server.address();
	return typeof address === 'object' && address ? address.port : 0;
}

async function bindUdp(type: 'udp4' | 'udp6', host: string): Promise<number> {
	const socket = createSocket(type).bind(0, host);
	onTestFinished(() => void socket.close());
	await once(socket, 'listening');
	return socket.address().port;
}

const own = (protocol: 'tcp' | 'udp', address: string, port: number) => ({
	protocol,
	address,
	port,
	owner: {pid: process.pid, name: expect.any(String), others: 0},
});

test('what this very process listens on is its own', async () => {
	const expected = [
		own('tcp', '127.0.0.1', await listenTcp('127.0.0.1')),
		own('tcp', '::1', await listenTcp('::1')),
		own('tcp', '::', await listenTcp('::')),
		own('udp', '127.0.0.1', await bindUdp('udp4', '127.0.0.1')),
		own('udp', '::1', await bindUdp('udp6', '::1')),
	];
	const numbers = new Set(expected.map(({port}) => port));
	const found = (await listenersNow()).filter(({port, owner}) => numbers.has(port) && typeof owner === 'object');
	const key = ({protocol, address, port}: {protocol: string; address: string; port: number}) =>
		`${protocol} ${address} ${port}`;
	const byKey = new Map(found.map(one => [key(one), one]));
	expect(expected.map(one => byKey.get(key({...one, address: safeText(one.address)})))).toEqual(expected);
});

testWith('ss')('every TCP port that ss knows is there, with one of its processes', async () => {
	await listenTcp('127.0.0.1');
	await listenTcp('::1');

	/** `LISTEN 0 511 [::1]:6379 [::]:* users:(("redis-server",pid=2211,fd=7))`; without an address it is every one. */
	const ask = async () => {
		const {stdout} = await promisify(execFile)('ss', ['-Hltnp']);
		return stdout
			.trim()
			.split('\n')
			.map(line => {
				const [, , , bound = ''] = line.split(/\s+/);
				const pids = [...line.matchAll(/pid=(\d+)/g)].map(([, pid]) => Number(pid));
				const address = bound.slice(0, bound.lastIndexOf(':')).replace(/^\[|\]$|%.*$/g, '');
				return {key: `${address === '*' ? '::' : address} ${bound.slice(bound.lastIndexOf(':') + 1)}`, pids};
			});
	};
	// What other tests open or close between the three answers is not asked about.
	const before = await ask();
	const found = await listenersNow();
	const after = new Set((await ask()).map(({key}) => key));
	const tcp = new Map<string, Listener['owner']>(
		found.flatMap(one => (one.protocol === 'tcp' ? [[`${one.address} ${one.port}`, one.owner] as const] : [])),
	);
	const lasting = before.filter(({key}) => after.has(key));
	expect(lasting.length).toBeGreaterThanOrEqual(2);
	expect(lasting.filter(({key}) => !tcp.has(key))).toEqual([]);

	for (const {key, pids} of lasting.filter(({pids}) => pids.length > 0)) {
		const owner = tcp.get(key);
		expect([key, typeof owner === 'object' && pids.includes(owner.pid)]).toEqual([key, true]);
	}
});
