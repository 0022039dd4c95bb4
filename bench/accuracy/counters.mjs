import {readdirSync, readFileSync, statfsSync} from 'node:fs';

/**
 * The kernel's counters, read here in the simplest way that can be: the point of the bench is that this shares nothing with
 * healthtop. `/proc/self/net` is not used either, but `/proc/net`, which is the same.
 *
 * @typedef {[key: string, value: number]} Entry
 */

/** USER_HZ is 100 and a page has 4096 bytes on what Node runs on, but for some ARM servers. */
export const tickMs = 10;
const pageBytes = 4096;

/** @param {string} path */
function linesOf(path) {
	try {
		return readFileSync(path, 'latin1').trimEnd().split('\n');
	} catch {
		// Not on this machine, or a process that has ended.
		return [];
	}
}

/** @param {string} line */
const words = line => line.trim().split(/\s+/);

/**
 * @param {string} prefix
 * @param {readonly string[]} names of the columns, '' for those that are not used
 * @param {readonly (string | undefined)[]} values
 * @returns {Entry[]}
 */
function columns(prefix, names, values) {
	return names.flatMap((name, index) => (name === '' ? [] : [[`${prefix}.${name}`, Number(values[index])]]));
}

const times = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'];
const ofInterfaces = ['receivedBytes', 'packetsIn', 'errorsIn', 'dropsIn', '', '', '', ''];
const ofInterfacesSent = ['sentBytes', 'packetsOut', 'errorsOut', 'dropsOut'];
const ofDisks = ['reads', '', 'sectorsRead', 'msRead', 'writes', '', 'sectorsWritten', 'msWritten', '', 'msBusy'];

/** @returns {Entry[]} */
function stat() {
	return linesOf('/proc/stat').flatMap(line => {
		const [name = '', ...values] = words(line);
		return name.startsWith('cpu') ? columns(name, times, values) : columns('stat', [name], values);
	});
}

/** @returns {Entry[]} */
function netDev() {
	return linesOf('/proc/net/dev')
		.slice(2)
		.flatMap(line => {
			const [name = '', ...values] = words(line.replace(':', ' '));
			return columns(`net.${name}`, [...ofInterfaces, ...ofInterfacesSent], values);
		});
}

/** @returns {Entry[]} */
function diskstats() {
	return linesOf('/proc/diskstats').flatMap(line => {
		const [, , name, ...values] = words(line);
		return columns(`disk.${name}`, ofDisks, values);
	});
}

/**
 * Two lines a protocol: names and numbers.
 *
 * @param {string} path
 * @returns {Entry[]}
 */
function protocols(path) {
	const lines = linesOf(path).map(words);
	return lines.flatMap(([protocol = '', ...names], index) =>
		index % 2 === 0 ? columns(protocol.replace(':', ''), names, lines[index + 1]?.slice(1) ?? []) : [],
	);
}

/** @returns {Entry[]} */
function memory() {
	const [meminfo, vmstat] = [linesOf('/proc/meminfo'), linesOf('/proc/vmstat')];
	return [
		...meminfo.map(words).map(([name, kib]) => /** @type {Entry} */ ([`meminfo.${name}`, Number(kib) * 1024])),
		...vmstat.map(words).map(([name, value]) => /** @type {Entry} */ ([`vmstat.${name}`, Number(value)])),
	];
}

/** @returns {Entry[]} */
function pressure() {
	return ['cpu', 'memory', 'io'].flatMap(resource =>
		linesOf(`/proc/pressure/${resource}`).map(line => {
			const [kind, average = ''] = words(line);
			return /** @type {Entry} */ ([`pressure.${resource}.${kind}`, Number(average.replace('avg10=', ''))]);
		}),
	);
}

/** @returns {Entry[]} */
function small() {
	const [load, files, uptime] = ['/proc/loadavg', '/proc/sys/fs/file-nr', '/proc/uptime'].map(path =>
		words(linesOf(path)[0] ?? ''),
	);
	const tracked = ['count', 'max'].map(name => linesOf(`/proc/sys/net/netfilter/nf_conntrack_${name}`)[0]);
	return [
		...columns('load', ['1', '5', '15'], load ?? []),
		['load.tasks', Number(load?.[3]?.split('/')[1])],
		...columns('files', ['open', '', 'max'], files ?? []),
		...columns('uptime', ['seconds'], uptime ?? []),
		...(tracked[0] === undefined ? [] : columns('conntrack', ['count', 'max'], tracked)),
	];
}

/**
 * @param {string} mount
 * @returns {Entry[]}
 */
function space(mount) {
	const {bsize, blocks, bfree, bavail, files, ffree} = statfsSync(mount);
	const key = `space.${mount}`;
	return [
		[`${key}.size`, blocks * bsize],
		[`${key}.used`, (blocks - bfree) * bsize],
		[`${key}.free`, bavail * bsize],
		[`${key}.inodes`, files],
		[`${key}.inodesUsed`, files - ffree],
	];
}

/**
 * State, threads, CPU time in ticks and resident bytes. The name may hold blanks and brackets.
 *
 * @param {number | string} pid
 */
function processStat(pid) {
	const line = linesOf(`/proc/${pid}/stat`)[0];
	const fields = words(line?.slice(line.lastIndexOf(')') + 1) ?? '');
	return (
		line && {
			state: fields[0] ?? '',
			threads: Number(fields[17]),
			ticks: Number(fields[11]) + Number(fields[12]),
			residentBytes: Number(fields[21]) * pageBytes,
		}
	);
}

/**
 * @param {number} pid
 * @returns {Entry[]}
 */
function processEntries(pid) {
	const stat = processStat(pid);
	const io = linesOf(`/proc/${pid}/io`)
		.map(words)
		.find(([name]) => name === 'write_bytes:');
	return stat
		? [
				[`pid.${pid}.ticks`, stat.ticks],
				[`pid.${pid}.residentBytes`, stat.residentBytes],
				...(io ? columns(`pid.${pid}`, ['writtenBytes'], io.slice(1)) : []),
			]
		: [];
}

/**
 * What is cheap enough to be read twenty times a second.
 *
 * @param {readonly string[]} mounts
 * @param {Iterable<number>} pids of processes to be watched
 * @returns {Entry[]}
 */
export function readCounters(mounts, pids) {
	return [
		...stat(),
		...netDev(),
		...diskstats(),
		...protocols('/proc/net/snmp'),
		...protocols('/proc/net/netstat'),
		...memory(),
		...pressure(),
		...small(),
		...mounts.flatMap(space),
		...[...pids].flatMap(processEntries),
	];
}

/**
 * What asks for a file a process, or interrupts cores.
 *
 * @returns {Entry[]}
 */
export function readDear() {
	const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
	const stats = pids.map(processStat).filter(stat => typeof stat === 'object');
	const inState = (/** @type {string} */ state) => stats.filter(stat => stat.state === state).length;
	const sockets = ['tcp', 'tcp6'].flatMap(name => linesOf(`/proc/net/${name}`).slice(1).map(words));
	const megahertz = linesOf('/proc/cpuinfo')
		.filter(line => line.startsWith('cpu MHz'))
		.map(line => Number(line.split(':')[1]));

	return [
		['process.count', stats.length],
		['process.running', inState('R')],
		['process.blocked', inState('D')],
		['process.zombies', inState('Z')],
		['thread.count', stats.reduce((sum, {threads}) => sum + threads, 0)],
		['tcp.listening', sockets.filter(([, , , state]) => state === '0A').length],
		['cpu.megahertz', megahertz.reduce((sum, value) => sum + value, 0) / megahertz.length],
	];
}
