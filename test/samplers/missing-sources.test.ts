import {describe, expect, test} from 'vitest';
import {Unsupported} from '../../src/core/errors.js';
import type {Host} from '../../src/core/host.js';
import {baseOf} from '../../src/core/series.js';
import {samplers} from '../../src/samplers/index.js';
import {contextAt} from '../helpers/collect.js';
import {systemError} from '../helpers/fake-host.js';
import {treeHost} from '../helpers/tree-files.js';

/** A whole machine, of which what begins with `path` answers with an error. */
function machine(tree: string, path: string, code: string): Host {
	const host = treeHost(tree, 'after');
	const guard = (asked: string): void => {
		if (asked.startsWith(path)) {
			throw systemError(code, `${code}: ${asked}`);
		}
	};
	const guarded =
		<Rest extends unknown[], T>(method: (path: string, ...rest: Rest) => T) =>
		(asked: string, ...rest: Rest): T => {
			guard(asked);
			return method(asked, ...rest);
		};
	return {
		...host,
		read: guarded(host.read),
		readOnce: guarded(host.readOnce),
		readText: guarded(host.readText),
		list: guarded(host.list),
		readlink: guarded(host.readlink),
		async *piecesAside(asked) {
			guard(asked);
			yield* host.piecesAside(asked);
		},
		async readAside(asked, atMost) {
			guard(asked);
			return host.readAside(asked, atMost);
		},
	};
}

const network =
	`network.drops network.errors network.packets_in network.packets_out network.received network.received_total
	network.sent network.sent_total`.replace(/\s+/g, ' ');

/** 'off': not on this machine, quietly. 'told': the whole area says why. Else the series that are left after two readings. */
type Outcome = 'off' | 'told' | string;

const machines: Record<string, [sampler: string, tree: string, path: string, code: string, outcome: Outcome][]> = {
	'there is no such source': [
		['cpu', 'web-01', '/proc/stat', 'ENOENT', 'told'],
		['memory', 'web-01', '/proc/meminfo', 'ENOENT', 'told'],
		['vmstat', 'web-01', '/proc/vmstat', 'ENOENT', 'off'],
		['load', 'web-01', '/proc/loadavg', 'ENOENT', 'told'],
		['uptime', 'web-01', '/proc/uptime', 'ENOENT', 'told'],
		['pressure', 'web-01', '/proc/pressure', 'ENOENT', 'off'],
		['filesystem', 'web-01', '/proc/self/mountinfo', 'ENOENT', 'told'],
		['io', 'web-01', '/proc/diskstats', 'ENOENT', 'off'],
		['io', 'web-01', '/sys', 'ENOENT', 'io.busy io.read io.reads io.writes io.written'],
		['raid', 'new-kernel', '/proc/mdstat', 'ENOENT', ''],
		['network', 'web-01', '/proc/self/net/dev', 'ENOENT', 'told'],
		['link', 'web-01', '/sys', 'ENOENT', ''],
		['tcp', 'web-01', '/proc/self/net/snmp', 'ENOENT', 'off'],
		['tcp', 'web-01', '/proc/self/net/netstat', 'ENOENT', 'tcp.established tcp.retransmits'],
		['listening', 'web-01', '/proc/self/net/tcp', 'ENOENT', 'off'],
		['listening', 'web-01', '/proc/self/net/tcp6', 'ENOENT', 'tcp.listening tcp.sockets udp.sockets'],
		['listening', 'web-01', '/proc/self/net/sockstat6', 'ENOENT', 'tcp.listening tcp.sockets udp.sockets'],
		['listening', 'web-01', '/proc/self/net/sockstat', 'ENOENT', 'tcp.listening tcp.sockets'],
		['conntrack', 'web-01', '/proc/sys/net/netfilter', 'ENOENT', ''],
		['files', 'web-01', '/proc/sys/fs', 'ENOENT', 'told'],
		['frequency', 'new-kernel', '/sys', 'ENOENT', 'cpu.frequency'],
		['frequency', 'web-01', '/proc/cpuinfo', 'ENOENT', 'off'],
		['temperature', 'new-kernel', '/sys/class/hwmon', 'ENOENT', 'temperature'],
		['temperature', 'new-kernel', '/sys', 'ENOENT', ''],
		['container', 'pod', '/sys/fs/cgroup', 'ENOENT', ''],
		['container', 'pod', '/sys/fs/cgroup/memory.max', 'ENOENT', 'container.cpu_limit container.cpu_used'],
		['container', 'pod', '/sys/fs/cgroup/cpu', 'ENOENT', 'container.memory_limit container.memory_used'],
		['container', 'docker-v1', '/sys/fs/cgroup/cpu/', 'ENOENT', 'container.memory_limit container.memory_used'],
	],
	'it is not for us': [
		['cpu', 'web-01', '/proc/stat', 'EACCES', 'told'],
		['vmstat', 'web-01', '/proc/vmstat', 'EACCES', 'told'],
		['pressure', 'web-01', '/proc/pressure', 'EACCES', 'told'],
		['io', 'web-01', '/proc/diskstats', 'EACCES', 'told'],
		['io', 'web-01', '/sys', 'EACCES', 'io.busy io.read io.reads io.writes io.written'],
		['raid', 'new-kernel', '/proc/mdstat', 'EACCES', 'told'],
		['network', 'web-01', '/sys', 'EACCES', network],
		['link', 'web-01', '/sys', 'EACCES', ''],
		['link', 'new-kernel', '/sys/class/net/veth1a2b3c4/speed', 'EINVAL', 'network.up'],
		['tcp', 'web-01', '/proc/self/net/snmp', 'EACCES', 'told'],
		['listening', 'web-01', '/proc/self/net/tcp', 'EACCES', 'told'],
		['conntrack', 'web-01', '/proc/sys/net/netfilter', 'EACCES', 'told'],
		['frequency', 'new-kernel', '/sys/devices', 'EACCES', 'cpu.frequency'],
		['temperature', 'new-kernel', '/sys/class/hwmon/hwmon1/temp1_input', 'EIO', 'temperature'],
		['container', 'pod', '/sys/fs/cgroup', 'EACCES', ''],
	],
	'it is switched off': [
		['pressure', 'web-01', '/proc/pressure', 'EOPNOTSUPP', 'off'],
		['pressure', 'web-01', '/proc/pressure', 'ENOTSUP', 'off'],
	],
};

/** The bases of a sampler's series after two readings of the same files. */
async function outcomeOf(name: string, host: Host): Promise<Outcome> {
	const collect = samplers.find(one => one.name === name)?.start();

	try {
		await collect?.(host, contextAt(0));
		const series = (await collect?.(host, contextAt(1000)))?.series ?? [];
		return [...new Set(series.map(([series]) => baseOf(series)))].sort().join(' ');
	} catch (error) {
		return error instanceof Unsupported ? 'off' : 'told';
	}
}

for (const [why, rows] of Object.entries(machines)) {
	describe(why, () => {
		test.each(rows)('%s of %s, %s: %s', async (name, tree, path, code, outcome) => {
			expect(await outcomeOf(name, machine(tree, path, code))).toBe(outcome);
		});
	});
}

test('a sensor or link that cannot be read takes nothing from the others', async () => {
	const lost = async (name: string, path: string) => {
		const [whole, rest] = await Promise.all(
			[treeHost('new-kernel', 'after'), machine('new-kernel', path, 'EIO')].map(async host => {
				const collect = samplers.find(one => one.name === name)?.start();
				return (await collect?.(host, contextAt(0)))?.series.map(([series]) => series) ?? [];
			}),
		);
		return whole?.filter(series => !rest?.includes(series));
	};
	expect(await lost('temperature', '/sys/class/hwmon/hwmon1/temp1_input')).toEqual([
		'temperature:nvme@nvme0/Composite',
	]);
	expect(await lost('link', '/sys/class/net/br-0')).toEqual(['network.up:br-0']);
	expect(await lost('link', '/sys/class/net/veth1a2b3c4/speed')).toEqual(['network.speed:veth1a2b3c4']);
});
