import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {NameServerProcess} from './dnsmasq.js';
import {start} from './engine-process.js';
import {folder} from './folder.js';
import {freePort} from './listening.js';
import {until} from './until.js';

/**
 * An unbound of its own on UDP and TCP of 127.0.0.1, with these lines besides in its configuration (`local-data: "shop.test. A 10.1.2.3"`);
 * it is killed when the test has ended.
 */
export async function startUnbound(...lines: readonly string[]): Promise<NameServerProcess> {
	const [directory, port] = [folder(), await freePort()];
	const file = join(directory, 'unbound.conf');
	writeFileSync(file, configuration(directory, port, lines));
	const running = start(['unbound', '-d', '-c', file], {PATH: `${process.env['PATH']}:/usr/sbin`});
	await until('unbound listens', () => {
		if (running.child.exitCode !== null) {
			throw new Error(`unbound: ${running.stderr()}`);
		}

		return running.stderr().includes('start of service');
	});
	return {...running, port};
}

function configuration(directory: string, port: number, lines: readonly string[]): string {
	return `server:
	chroot: ""
	username: ""
	pidfile: ""
	directory: "${directory}"
	use-syslog: no
	logfile: ""
	interface: 127.0.0.1@${port}
	module-config: "iterator"
	do-not-query-localhost: no
	do-daemonize: no
	num-threads: 1
	${lines.join('\n\t')}
remote-control:
	control-enable: no
`;
}
