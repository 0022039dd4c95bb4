/**
 * Run as a program of its own by `TcpPorts`: listens on so many ports, and keeps when somebody came to each. As it has next to
 * nothing to do, its own timers say how late things are on this machine anyway.
 */

import {once} from 'node:events';
import {createServer} from 'node:net';
import {monitorEventLoopDelay} from 'node:perf_hooks';
import {portOf} from './program.mjs';

const resolutionMs = 10;

const delay = monitorEventLoopDelay({resolution: resolutionMs});

/** @type {{readonly port: number, readonly at: number}[]} */
const arrivals = [];

/** @param {number} ns between two timers */
const lateOf = ns => Math.max(0, ns / 1e6 - resolutionMs);

/** What can be asked. @type {Readonly<Record<string, () => object>>} */
const answers = {
	beginIdle: () => {
		delay.enable();
		delay.reset();
		return {};
	},
	endIdle: () => {
		const [p50, p99, largest] = [delay.percentile(50), delay.percentile(99), delay.max].map(lateOf);
		delay.disable();
		return {p50, p99, largest};
	},
	arrivals: () => arrivals,
};

async function listen() {
	const server = createServer(socket => {
		arrivals.push({port, at: Date.now()});
		socket.on('error', () => {}).resume();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const port = portOf(server);
	return port;
}

process.on('message', what => process.send?.(answers[String(what)]?.()));
process.on('disconnect', () => process.exit());
process.send?.(await Promise.all(Array.from({length: Number(process.argv[2])}, listen)));
