/** The units a series may have. A percentage is 0-100 unless its meaning says otherwise. */
export type Unit = 'percent' | 'bytes' | 'bytes/s' | 'count' | 'seconds';

/** One row of the table that documents every series. */
export type SeriesDefinition = {
	/** `area.measure`; with instances, `area.measure:INSTANCE` and what the instance is. */
	readonly name: string;
	readonly unit: Unit;
	readonly meaning: string;
	/** The kernel's file or call, and the fields used. */
	readonly source: string;
};

/** A series' name with its instance after the first colon: `disk.used:/data`. Without one, the name itself. */
export function seriesName(base: string, instance: string): string {
	return `${base}:${instance}`;
}

const stat = '/proc/stat';
const meminfo = '/proc/meminfo';
const diskstats = '/proc/diskstats';

/** Every series there is. README's table is made from it, and a test holds the samplers to it. */
export const seriesTable: readonly SeriesDefinition[] = [
	{name: 'cpu.used', unit: 'percent', meaning: '100 - idle - iowait, of all cores together', source: stat},
	{
		name: 'cpu.user',
		unit: 'percent',
		meaning: 'time in user mode at normal priority, guests included once',
		source: `${stat} user`,
	},
	{name: 'cpu.system', unit: 'percent', meaning: 'time in the kernel, without interrupts', source: `${stat} system`},
	{
		name: 'cpu.iowait',
		unit: 'percent',
		meaning: 'time idle while a disk request was outstanding',
		source: `${stat} iowait`,
	},
	{name: 'cpu.steal', unit: 'percent', meaning: 'time the hypervisor gave to others', source: `${stat} steal`},
	{
		name: 'core.used:N',
		unit: 'percent',
		meaning: '100 - idle - iowait of core N; an offline core has none',
		source: `${stat} cpuN`,
	},
	{
		name: 'memory.used',
		unit: 'percent',
		meaning: '(total - available) / total',
		source: `${meminfo} MemTotal, MemAvailable`,
	},
	{name: 'memory.total', unit: 'bytes', meaning: 'memory the kernel can use', source: `${meminfo} MemTotal`},
	{
		name: 'memory.available',
		unit: 'bytes',
		meaning:
			'what programs could still take without swapping; before Linux 3.14 an estimate: free + buffers + cached - shared',
		source: `${meminfo} MemAvailable`,
	},
	{
		name: 'memory.cached',
		unit: 'bytes',
		meaning: 'page cache and reclaimable slab, as `free -w` counts it',
		source: `${meminfo} Cached + SReclaimable`,
	},
	{name: 'memory.buffers', unit: 'bytes', meaning: 'raw block device cache', source: `${meminfo} Buffers`},
	{name: 'memory.shared', unit: 'bytes', meaning: 'shared memory and tmpfs', source: `${meminfo} Shmem`},
	{
		name: 'memory.slab',
		unit: 'bytes',
		meaning: "the kernel's own structures, reclaimable or not",
		source: `${meminfo} Slab`,
	},
	{
		name: 'swap.used',
		unit: 'percent',
		meaning: '(total - free) / total; absent without swap',
		source: `${meminfo} SwapTotal, SwapFree`,
	},
	{name: 'swap.total', unit: 'bytes', meaning: 'all swap space', source: `${meminfo} SwapTotal`},
	{
		name: 'load.1',
		unit: 'count',
		meaning: 'tasks running or in uninterruptible sleep, 1 minute average',
		source: '/proc/loadavg',
	},
	{name: 'load.5', unit: 'count', meaning: 'the same, 5 minutes', source: '/proc/loadavg'},
	{name: 'load.15', unit: 'count', meaning: 'the same, 15 minutes', source: '/proc/loadavg'},
	{
		name: 'pressure.cpu',
		unit: 'percent',
		meaning: 'time some task waited for a CPU, 10 s average; absent before Linux 4.20',
		source: '/proc/pressure/cpu some avg10',
	},
	{
		name: 'pressure.memory',
		unit: 'percent',
		meaning: 'time some task waited for memory, 10 s average',
		source: '/proc/pressure/memory some avg10',
	},
	{
		name: 'pressure.io',
		unit: 'percent',
		meaning: 'time some task waited for a disk, 10 s average',
		source: '/proc/pressure/io some avg10',
	},
	{
		name: 'disk.used:MOUNT',
		unit: 'percent',
		meaning: 'used / (used + available to users), as `df` computes it',
		source: 'statfs(2)',
	},
	{
		name: 'disk.free:MOUNT',
		unit: 'bytes',
		meaning: 'available to users who are not root',
		source: 'statfs(2) f_bavail',
	},
	{name: 'disk.size:MOUNT', unit: 'bytes', meaning: 'size of the file system', source: 'statfs(2) f_blocks'},
	{name: 'network.received:IF', unit: 'bytes/s', meaning: 'received by the interface', source: '/proc/net/dev'},
	{name: 'network.sent:IF', unit: 'bytes/s', meaning: 'sent by the interface', source: '/proc/net/dev'},
	{
		name: 'io.read:DEV',
		unit: 'bytes/s',
		meaning: 'read from the device; a sector is 512 bytes here whatever the device says',
		source: `${diskstats} field 3`,
	},
	{name: 'io.written:DEV', unit: 'bytes/s', meaning: 'written to the device', source: `${diskstats} field 7`},
	{
		name: 'io.busy:DEV',
		unit: 'percent',
		meaning: 'time with at least one request in flight',
		source: `${diskstats} field 10`,
	},
	{name: 'process.count', unit: 'count', meaning: 'processes that could be seen', source: '/proc'},
	{
		name: 'uptime',
		unit: 'seconds',
		meaning: 'since the machine started, suspended time included',
		source: '/proc/uptime',
	},
];
