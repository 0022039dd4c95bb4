import {type Running, start} from './engine-process.js';
import {freePort} from './listening.js';
import {until} from './until.js';

export type NameServerProcess = Running & {readonly port: number};

/**
 * A dnsmasq of its own that knows what these options say (`--address=/shop.test/10.1.2.3`) and answers anything else with REFUSED, over UDP
 * and TCP of 127.0.0.1; it is killed when the test has ended.
 */
export async function startDnsmasq(options: readonly string[], port?: number): Promise<NameServerProcess> {
	const own = port ?? (await freePort());
	const place = [`--port=${own}`, '--listen-address=127.0.0.1', '--bind-interfaces'];
	const bare = ['--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--pid-file', '--user='];
	const running = start(['dnsmasq', '--no-daemon', ...bare, ...place, ...options], {
		PATH: `${process.env['PATH']}:/usr/sbin`,
	});
	await until('dnsmasq listens', () => {
		if (running.child.exitCode !== null) {
			throw new Error(`dnsmasq: ${running.stderr()}`);
		}

		return running.stderr().includes('cleared cache');
	});
	return {...running, port: own};
}
