import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {collectRoots, expectation, type Pass, pathOf, trees} from '../helpers/collect.js';

const workplace = mkdtempSync(join(tmpdir(), 'healthtop-'));
afterAll(() => rmSync(workplace, {recursive: true}));

/** A tree of which one file can be another for the time of one reading. */
function changeable(tree: string) {
	const [first, second] = [pathOf(tree, 'before'), mkdtempSync(join(workplace, tree))];
	const {elapsedMs} = expectation(tree, 'expected.json');
	cpSync(pathOf(tree, 'after'), second, {recursive: true, verbatimSymlinks: true});
	const read = async (): Promise<Pass> => (await collectRoots(first, second, elapsedMs)).after;

	return {
		root: second,
		read,
		async with(file: string, content: string): Promise<Pass> {
			const original = readFileSync(join(second, file));
			writeFileSync(join(second, file), content, 'latin1');

			try {
				return await read();
			} finally {
				writeFileSync(join(second, file), original);
			}
		},
	};
}

/** The text with the digit at `index` one higher, 9 becoming 1. */
function flipped(text: string, index: number): string {
	const digit = (Number(text[index]) % 9) + 1;
	return text.slice(0, index) + digit + text.slice(index + 1);
}

type Row = [file: string, text: string, changed: string];

/** In the second reading the last digit of the text is another one, and these series are, and no others. */
const digits: Record<string, Row[]> = {
	'web-01': [
		['proc/stat', 'cpu  17687', 'cpu.iowait cpu.irq cpu.steal cpu.system cpu.used cpu.user'],
		['proc/stat', 'cpu  17687 12', 'cpu.iowait cpu.irq cpu.nice cpu.steal cpu.system cpu.used cpu.user'],
		['proc/stat', 'cpu0 4087', 'core.used:0'],
		['proc/stat', 'cpu1 6084 0 3891 125983 771 0 198', 'core.used:1'],
		['proc/stat', 'ctxt 1539679', 'cpu.switches'],
		['proc/stat', 'processes 9071', 'cpu.forks'],
		['proc/cpuinfo', 'cpu MHz\t\t: 2596.122', 'cpu.frequency'],
		['proc/meminfo', 'MemTotal:       24684096', 'memory.total memory.used'],
		['proc/meminfo', 'MemAvailable:    9374956', 'memory.available memory.used'],
		['proc/meminfo', 'SReclaimable:     512000', 'memory.cached'],
		['proc/meminfo', 'SwapFree:        1992292', 'swap.used'],
		['proc/vmstat', 'pswpin 1328', 'swap.in swap.traffic'],
		['proc/vmstat', 'pswpout 5512', 'swap.out swap.traffic'],
		['proc/vmstat', 'oom_kill 4', 'memory.oom_kills'],
		['proc/loadavg', '1.62', 'load.1'],
		['proc/loadavg', '1.62 0.71', 'load.5 load.per_core'],
		['proc/uptime', '260581.30', 'uptime'],
		['proc/pressure/cpu', 'some avg10=12.46', 'pressure.cpu'],
		['proc/pressure/cpu', 'full avg10=0.00', ''],
		['proc/pressure/io', 'full avg10=2.71', 'pressure.io_full'],
		['proc/pressure/memory', 'some avg10=0.50', 'pressure.memory'],
		['statfs.json', '"blocks": 10000000', 'disk.size:/ disk.used:/'],
		['statfs.json', '"inodesFree": 2101337', 'disk.inodes_used:/'],
		['proc/diskstats', 'vda 58396', 'io.latency:vda io.reads:vda'],
		['proc/diskstats', 'vda 58396 10487 2765074', 'io.read:vda'],
		['proc/diskstats', 'vda 58396 10487 2765074 43253', 'io.latency:vda'],
		['proc/diskstats', 'vda 58396 10487 2765074 43253 30055', 'io.latency:vda io.writes:vda'],
		['proc/diskstats', 'vda 58396 10487 2765074 43253 30055 22662 2305048', 'io.written:vda'],
		['proc/diskstats', 'vda 58396 10487 2765074 43253 30055 22662 2305048 19801 0 16148', 'io.busy:vda'],
		['proc/1/net/dev', 'eth0: 240690526', 'network.received:eth0 network.received_total:eth0'],
		['proc/1/net/dev', 'eth0: 240690526    8318', 'network.packets_in:eth0'],
		['proc/1/net/dev', 'eth0: 240690526    8318    2', 'network.errors:eth0'],
		['proc/1/net/dev', 'eth0: 240690526    8318    2    6', 'network.drops:eth0'],
		['proc/1/net/dev', '1090877', 'network.sent:eth0 network.sent_total:eth0'],
		['proc/1/net/dev', '1090877    4964', 'network.packets_out:eth0'],
		['proc/1/net/dev', '1090877    4964    0    1', 'network.drops:eth0'],
		['sys/class/net/lo/flags', '0x9', ''],
		['proc/1/net/snmp', '92 11 5 214', 'tcp.established'],
		['proc/1/net/snmp', '7269 4125', 'tcp.retransmits'],
		['proc/1/net/netstat', ' 11 22', 'tcp.listen_drops'],
		['proc/sys/net/netfilter/nf_conntrack_count', '49152', 'conntrack.used'],
		['proc/sys/fs/file-nr', '2816', 'files.open'],
		['proc/1044/stat', 'R 1 1044 1044 0 -1 4194560 2904 0 12 0 90560 8141 0 0 20 0 11', 'thread.count'],
	],
	'new-kernel': [
		['sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq', '800000', 'cpu.frequency'],
		['sys/class/hwmon/hwmon1/temp1_input', '39850', 'temperature:nvme@nvme0/Composite'],
		['sys/class/hwmon/hwmon2/temp3_input', '40100', 'temperature:nvme@nvme1/temp3'],
		['sys/class/hwmon/hwmon3/temp10_input', '50500', 'temperature:coretemp/Core 8'],
		['sys/class/thermal/thermal_zone1/temp', '53000', 'temperature:x86_pkg_temp'],
		['sys/class/thermal/thermal_zone0/temp', '27800', ''],
		['sys/class/net/veth1a2b3c4/speed', '10000', 'network.speed:veth1a2b3c4'],
		['proc/mdstat', 'md5 : active raid5 sdh[3] sdi[1] sdj[0]\n      1953260544', ''],
		['proc/mdstat', '512k chunk, algorithm 2 [3/2', 'raid.degraded:md5'],
	],
	pod: [
		['sys/fs/cgroup/memory.max', '536870912', 'container.memory_limit container.memory_used'],
		['sys/fs/cgroup/memory.current', '402653184', 'container.memory_used'],
		['sys/fs/cgroup/memory.stat', '\ninactive_file 134217728', 'container.memory_used'],
		['sys/fs/cgroup/memory.stat', '\nactive_file 5', ''],
		['sys/fs/cgroup/cpu.max', '150000', 'container.cpu_limit container.cpu_used'],
		['sys/fs/cgroup/cpu.stat', 'usage_usec 7001200000', 'container.cpu_used'],
	],
	'docker-v1': [
		['sys/fs/cgroup/memory/memory.limit_in_bytes', '1000000000', 'container.memory_limit container.memory_used'],
		['sys/fs/cgroup/memory/memory.stat', 'total_inactive_file 150000000', 'container.memory_used'],
		['sys/fs/cgroup/cpu/cpu.cfs_quota_us', '200000', 'container.cpu_limit container.cpu_used'],
		['sys/fs/cgroup/cpuacct/cpuacct.usage', '800500000000', 'container.cpu_used'],
	],
};

for (const [tree, rows] of Object.entries(digits)) {
	describe(tree, async () => {
		const {root, read, ...changing} = changeable(tree);
		const {series: usual} = await read();

		test.each(rows)('%s, the last digit of %j: %s', async (file, text, changed) => {
			const content = readFileSync(join(root, file), 'latin1');
			const at = content.indexOf(text);
			expect(at).toBeGreaterThanOrEqual(0);
			const {series} = await changing.with(file, flipped(content, at + text.length - 1));
			const names = [...new Set([...Object.keys(usual), ...Object.keys(series)])];
			expect(names.filter(name => series[name] !== usual[name]).sort()).toEqual(
				changed.split(/ (?=[a-z]+\.)/).filter(Boolean),
			);
		});
	});
}

function filesBelow(root: string, directory: string): string[] {
	return readdirSync(join(root, directory), {withFileTypes: true}).flatMap(entry => {
		const path = join(directory, entry.name);
		return entry.isDirectory() ? filesBelow(root, path) : entry.isFile() ? [path] : [];
	});
}

/** Read once, told by their names, or there to be passed over in every tree. */
const silent = [
	/^etc\/|^proc\/\d+\/(?:mountinfo|cmdline|status|auxv|fd\/\d+)$|hostname$|cpuidle|boost$|cpu3\/|_(?:crit|label)$|in0_input$/,
	/net\/[^/]+\/(?:ifindex|operstate|flags)$|\/(?:name|type|cgroup\.controllers|bonding_masters|\.gitkeep)$/,
];

/** Numbers that must say nothing. */
const passedOver: Record<string, string[]> = {
	'web-01': [
		// In state D.
		'proc/1377/io',
		// No arrays.
		'proc/mdstat',
		// -1: nobody knows.
		'sys/class/net/eth0/speed',
		// The machine's own group: no limit.
		'sys/fs/cgroup/cpuacct/cpuacct.usage',
		'sys/fs/cgroup/memory/memory.limit_in_bytes',
		'sys/fs/cgroup/memory/memory.stat',
		'sys/fs/cgroup/memory/memory.usage_in_bytes',
	],
	'many-cores': [
		// No sockets.
		'proc/1/net/tcp6',
		// No MHz on arm64.
		'proc/cpuinfo',
		'sys/class/net/enp1s0f1np1/speed',
		// The chip soc_thermal again.
		'sys/class/thermal/thermal_zone0/temp',
	],
	'new-kernel': [
		// There is cpufreq.
		'proc/cpuinfo',
		// Not connected.
		'sys/class/hwmon/hwmon1/temp2_input',
		'sys/class/hwmon/hwmon3/temp11_input',
		'sys/class/net/br-0/speed',
		// Chips again.
		'sys/class/thermal/thermal_zone0/temp',
		'sys/class/thermal/thermal_zone2/temp',
		// The machine's own group.
		'sys/fs/cgroup/cpu.stat',
		'sys/fs/cgroup/memory.stat',
	],
};

describe.each(trees.filter(tree => tree !== 'names-from-hell'))('%s', tree => {
	const {root, read, ...changing} = changeable(tree);
	const files = filesBelow(root, '').filter(file => !silent.some(pattern => pattern.test(file)));

	async function isHeard(file: string, usual: string): Promise<boolean> {
		const content = readFileSync(join(root, file), 'latin1');

		// The last digits of whole numbers: not the 10 of `avg10`.
		for (const {index, 0: number} of [...content.matchAll(/(?<![\w.])\d+/g)].slice(0, 40)) {
			if (JSON.stringify(await changing.with(file, flipped(content, index + number.length - 1))) !== usual) {
				return true;
			}
		}

		return false;
	}

	test('every file has a number on which something depends', async () => {
		const usual = JSON.stringify(await read());
		const unheard: string[] = [];

		for (const file of files) {
			if (!(await isHeard(file, usual))) {
				unheard.push(file);
			}
		}

		expect(unheard).toEqual(passedOver[tree] ?? []);
	});
});
