/** The units a series may have. A percentage is 0-100 unless its meaning says otherwise. */
export const units = [
	'percent',
	'bytes',
	'bytes/s',
	'bits/s',
	'per second',
	'count',
	'0 or 1',
	'seconds',
	'ms',
	'MHz',
	'cores',
	'days',
	'degrees C',
] as const;

export type Unit = (typeof units)[number];

/** One row of the table that documents every series. */
export type SeriesDefinition = {
	/** `area.measure`; with instances, `area.measure:INSTANCE` and what the instance is. */
	readonly name: string;
	readonly unit: Unit;
	readonly meaning: string;
	/** The kernel's file or call, and the fields used. */
	readonly source: string;
};

const row = (name: string, unit: Unit, meaning: string, source: string): SeriesDefinition => ({
	name,
	unit,
	meaning,
	source,
});

const stat = '/proc/stat';
const meminfo = '/proc/meminfo';
const diskstats = '/proc/diskstats';
const dev = '/proc/net/dev';
const link = '/sys/class/net/IF';
const cgroup = '/sys/fs/cgroup';

const cpu = [
	row('cpu.used', 'percent', '100 - idle - iowait, of all cores together', stat),
	row('cpu.user', 'percent', 'time in user mode at normal priority, guests included once', `${stat} user`),
	row('cpu.nice', 'percent', 'time in user mode at lowered priority', `${stat} nice`),
	row('cpu.system', 'percent', 'time in the kernel, without interrupts', `${stat} system`),
	row('cpu.irq', 'percent', 'time in hard and soft interrupts', `${stat} irq + softirq`),
	row('cpu.iowait', 'percent', 'time idle while a disk request was outstanding', `${stat} iowait`),
	row('cpu.steal', 'percent', 'time the hypervisor gave to others', `${stat} steal`),
	row('core.used:N', 'percent', '100 - idle - iowait of core N; an offline core has none', `${stat} cpuN`),
	row('cpu.switches', 'per second', 'context switches', `${stat} ctxt`),
	row('cpu.forks', 'per second', 'processes and threads made', `${stat} processes`),
	row(
		'cpu.frequency',
		'MHz',
		'how fast the cores run now, mean; absent where nobody tells',
		'cpufreq scaling_cur_freq, else /proc/cpuinfo',
	),
	row('load.1', 'count', 'tasks running or in uninterruptible sleep, 1 minute average', '/proc/loadavg'),
	row('load.5', 'count', 'the same, 5 minutes', '/proc/loadavg'),
	row('load.15', 'count', 'the same, 15 minutes', '/proc/loadavg'),
	row('load.per_core', 'count', 'load.5 over the cores online', 'derived'),
	row(
		'pressure.cpu',
		'percent',
		'time some task waited for a CPU, 10 s average; absent before Linux 4.20',
		'/proc/pressure/cpu some avg10',
	),
];

const memory = [
	row('memory.used', 'percent', '(total - available) / total', `${meminfo} MemTotal, MemAvailable`),
	row('memory.total', 'bytes', 'memory the kernel can use', `${meminfo} MemTotal`),
	row(
		'memory.available',
		'bytes',
		'what programs could still take without swapping; before Linux 3.14 an estimate: free + buffers + cached - shared',
		`${meminfo} MemAvailable`,
	),
	row(
		'memory.cached',
		'bytes',
		'page cache and reclaimable slab, as `free -w` counts it',
		`${meminfo} Cached + SReclaimable`,
	),
	row('memory.buffers', 'bytes', 'raw block device cache', `${meminfo} Buffers`),
	row('memory.shared', 'bytes', 'shared memory and tmpfs', `${meminfo} Shmem`),
	row('memory.slab', 'bytes', "the kernel's own structures, reclaimable or not", `${meminfo} Slab`),
	row(
		'memory.oom_kills',
		'count',
		'processes killed for want of memory since boot; absent before Linux 4.13',
		'/proc/vmstat oom_kill',
	),
	row('swap.used', 'percent', '(total - free) / total; absent without swap', `${meminfo} SwapTotal, SwapFree`),
	row('swap.total', 'bytes', 'all swap space', `${meminfo} SwapTotal`),
	row('swap.in', 'bytes/s', 'read back from swap', '/proc/vmstat pswpin'),
	row('swap.out', 'bytes/s', 'written to swap', '/proc/vmstat pswpout'),
	row('swap.traffic', 'bytes/s', 'read back from swap and written to it, together', '/proc/vmstat pswpin + pswpout'),
	row(
		'pressure.memory',
		'percent',
		'time some task waited for memory, 10 s average',
		'/proc/pressure/memory some avg10',
	),
	row(
		'pressure.memory_full',
		'percent',
		'time every task waited for memory, 10 s average',
		'/proc/pressure/memory full avg10',
	),
	row(
		'container.memory_limit',
		'bytes',
		'what the container we run in may use; absent without a limit',
		`${cgroup} memory.max, v1 memory.limit_in_bytes`,
	),
	row(
		'container.memory_used',
		'percent',
		'of that limit, without what the kernel could drop at once',
		`${cgroup} memory.current - inactive_file`,
	),
	row(
		'container.cpu_limit',
		'cores',
		'what the container we run in may use; absent without a limit',
		`${cgroup} cpu.max, v1 cpu.cfs_quota_us`,
	),
	row('container.cpu_used', 'percent', 'of that limit', `${cgroup} cpu.stat, v1 cpuacct.usage`),
];

const disk = [
	row('disk.used:MOUNT', 'percent', 'used / (used + available to users), as `df` computes it', 'statfs(2)'),
	row('disk.free:MOUNT', 'bytes', 'available to users who are not root', 'statfs(2) f_bavail'),
	row('disk.size:MOUNT', 'bytes', 'size of the file system', 'statfs(2) f_blocks'),
	row(
		'disk.inodes_used:MOUNT',
		'percent',
		'inodes in use, as `df -i`; absent where they are not limited',
		'statfs(2) f_files, f_ffree',
	),
	row('disk.read_only:MOUNT', '0 or 1', 'cannot be written', '/proc/self/mountinfo'),
	row(
		'disk.full_in:MOUNT',
		'seconds',
		'until it is full, if it goes on as in the last hour; not filling: one year; absent: not known yet',
		'derived, a slope that single steps do not change',
	),
	row(
		'io.read:DEV',
		'bytes/s',
		'read from the device; a sector is 512 bytes here whatever the device says',
		`${diskstats} field 3`,
	),
	row('io.written:DEV', 'bytes/s', 'written to the device', `${diskstats} field 7`),
	row('io.reads:DEV', 'per second', 'reads that ended', `${diskstats} field 1`),
	row('io.writes:DEV', 'per second', 'writes that ended', `${diskstats} field 5`),
	row(
		'io.latency:DEV',
		'ms',
		'mean time of a read or write from request to end; absent when there was none',
		`${diskstats} fields 4 and 8`,
	),
	row('io.busy:DEV', 'percent', 'time with at least one request in flight', `${diskstats} field 10`),
	row('raid.degraded:MD', '0 or 1', 'the array lacks a member, or stands still', '/proc/mdstat'),
	row('pressure.io', 'percent', 'time some task waited for a disk, 10 s average', '/proc/pressure/io some avg10'),
	row('pressure.io_full', 'percent', 'time every task waited for a disk, 10 s average', '/proc/pressure/io full avg10'),
];

const network = [
	row('network.received:IF', 'bytes/s', 'received by the interface', dev),
	row('network.sent:IF', 'bytes/s', 'sent by the interface', dev),
	row('network.packets_in:IF', 'per second', 'packets received', dev),
	row('network.packets_out:IF', 'per second', 'packets sent', dev),
	row('network.errors:IF', 'per second', 'packets that could not be received or sent', dev),
	row('network.drops:IF', 'per second', 'packets that were dropped in either direction', dev),
	row('network.received_total:IF', 'bytes', 'received since the interface is there', dev),
	row('network.sent_total:IF', 'bytes', 'sent since the interface is there', dev),
	row('network.up:IF', '0 or 1', 'can carry traffic', `${link}/operstate, flags`),
	row('network.speed:IF', 'bits/s', 'speed of the link; absent where nobody knows', `${link}/speed`),
	row(
		'tcp.established',
		'count',
		'connections, IPv4 and IPv6, those that the other side has closed (CLOSE-WAIT) included',
		'/proc/net/snmp CurrEstab',
	),
	row('tcp.listening', 'count', 'sockets that wait for connections', '/proc/net/tcp, tcp6'),
	row(
		'tcp.sockets:STATE',
		'count',
		'sockets in that state, named as `ss` does it; absent where the tables are longer than 32 MiB each',
		'/proc/net/tcp, tcp6',
	),
	row('tcp.retransmits', 'per second', 'segments sent again', '/proc/net/snmp RetransSegs'),
	row(
		'tcp.listen_drops',
		'per second',
		'connections that a full queue did not let in',
		'/proc/net/netstat ListenDrops',
	),
	row('udp.sockets', 'count', 'sockets that have a port', '/proc/net/sockstat, sockstat6 inuse'),
	row(
		'conntrack.used',
		'percent',
		'connections the firewall follows, of those it can; absent without one',
		'/proc/sys/net/netfilter/nf_conntrack_count, _max',
	),
];

const others = [
	row('process.count', 'count', 'processes that could be seen', '/proc'),
	row('process.running', 'count', 'processes in state R, ourselves included', '/proc/PID/stat'),
	row('process.blocked', 'count', 'processes in state D, which wait for a disk and cannot be killed', '/proc/PID/stat'),
	row('process.zombies', 'count', 'processes that ended and whose parent has not asked', '/proc/PID/stat'),
	row('thread.count', 'count', 'threads of all processes', '/proc/PID/stat num_threads'),
	row('files.open', 'percent', 'open files, of those the kernel allows', '/proc/sys/fs/file-nr'),
	row('temperature:SENSOR', 'degrees C', 'by chip and label', '/sys/class/hwmon, /sys/class/thermal'),
	row('unit.failed', 'count', 'units that failed; absent without systemd', 'systemctl list-units'),
	row('uptime', 'seconds', 'since the machine started, suspended time included', '/proc/uptime'),
	row('self.cpu', 'percent', 'CPU time of healthtop itself, of one core', 'getrusage(2)'),
	row('self.memory', 'bytes', 'resident set of healthtop itself', 'own process'),
	row('self.lag', 'ms', 'how late the last tick began', "the scheduler's timer"),
	row('self.unkept', '0 or 1', 'what happens to alerts is not kept on disk', 'derived'),
	row('self.undeliverable', 'count', 'notifiers that are broken, or have had to wait for over 5 minutes', 'derived'),
	row(
		'self.impaired',
		'0 or 1',
		'so many checks fail at once that it is healthtop, or its network, that is ill',
		'derived',
	),
];

const checks = [
	row(
		'check.up:CHECK',
		'0 or 1',
		'the last result is no failure, whatever its severity; absent where it could not be judged',
		'the check',
	),
	row(
		'check.time:CHECK',
		'ms',
		'response time, without waiting for our own turn; absent where there was no answer',
		'the check',
	),
	row('check.certificate_days:CHECK', 'days', 'until the certificate expires; negative afterwards', 'the certificate'),
	row(
		'check.perfdata:CHECK/LABEL',
		'count',
		'performance data of a plug-in, as it gave it, of the first 20 labels',
		'the plug-in',
	),
	row('process.matched:CHECK', 'count', 'processes that match', '/proc'),
	row('process.cpu:CHECK', 'percent', 'CPU time of those processes, of one core', '/proc/PID/stat utime, stime'),
	row('process.memory:CHECK', 'bytes', 'resident sets of those processes', '/proc/PID/stat rss'),
	row('process.age:CHECK', 'seconds', 'since the oldest of them was started', '/proc/PID/stat starttime'),
	row(
		'mysql.connections:CHECK',
		'percent',
		'connections, of those the server allows',
		'Threads_connected, max_connections',
	),
	row('mysql.threads_running:CHECK', 'count', 'threads that are not asleep', 'Threads_running'),
	row('mysql.slow_queries:CHECK', 'per second', 'queries that took longer than long_query_time', 'Slow_queries'),
	row('mysql.replication_lag:CHECK', 'seconds', 'how far a replica is behind', 'SHOW REPLICA STATUS'),
	row('unit.restarts:CHECK', 'count', 'restarts of the unit since it was loaded', 'systemctl show NRestarts'),
	row(
		'unit.memory:CHECK',
		'bytes',
		'memory of the unit; absent where systemd does not count it',
		'systemctl show MemoryCurrent',
	),
	row('file.age:CHECK', 'seconds', 'since the file was last written', 'stat(2) st_mtim'),
	row('file.size:CHECK', 'bytes', 'size of the file', 'stat(2) st_size'),
	row(
		'file.growth:CHECK',
		'bytes/s',
		'how fast it grew between two looks; absent when it is another file or shorter',
		'stat(2) st_size',
	),
];

/** Every series there is. README's table is made from it, and a test holds the samplers to it. */
export const seriesTable: readonly SeriesDefinition[] = [...cpu, ...memory, ...disk, ...network, ...others, ...checks];
