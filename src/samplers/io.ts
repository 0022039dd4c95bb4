import {codeOf, Unsupported} from '../core/errors.js';
import {isWanted} from '../core/filter.js';
import type {Host} from '../core/host.js';
import {rate} from '../core/rate.js';
import {safeBytes} from '../core/safe.js';
import {defineSampler, type Reading, type Sample} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import type {Device} from '../core/snapshot.js';

const source = '/proc/diskstats';

/** The kernel counts sectors of 512 bytes here, whatever the device's own size (Documentation/admin-guide/iostats.rst). */
const sectorBytes = 512;

/** Counters since boot. */
export type DeviceCounters = {readonly readBytes: number; readonly writtenBytes: number; readonly busyMs: number};

export type IoRaw = ReadonlyMap<string, DeviceCounters>;

export const io = defineSampler<IoRaw>({
	name: 'io',
	read(host, {filters}) {
		const all = parseDiskstats(readDiskstats(host));
		const disks = wholeDisks(host);
		return new Map([...all].filter(([name]) => isDisk(name, all, disks) && isWanted(name, filters.devices)));
	},
	sample: (current, previous) => ioSample(current, previous),
});

function readDiskstats(host: Host): string {
	try {
		return host.readText(source);
	} catch (error) {
		// Some containers have none.
		throw codeOf(error) === 'ENOENT' ? new Unsupported(`${source} is not on this machine`) : error;
	}
}

/** Rows of 14 columns, of 18 since Linux 4.18 (discards) and of 20 since 5.5 (flushes): the ones used stand first in all. */
export function parseDiskstats(text: string): IoRaw {
	const devices = new Map<string, DeviceCounters>();

	for (const line of text.split('\n')) {
		const fields = line.trim().split(/\s+/);
		const [name, readSectors, writtenSectors, busyMs] = [
			fields[2],
			Number(fields[5]),
			Number(fields[9]),
			Number(fields[12]),
		];

		// Partitions of kernels before 2.6.25 have only 7 columns: nothing to be made of those.
		if (name !== undefined && fields.length >= 14 && !Number.isNaN(readSectors + writtenSectors + busyMs)) {
			devices.set(name, {readBytes: readSectors * sectorBytes, writtenBytes: writtenSectors * sectorBytes, busyMs});
		}
	}

	return devices;
}

/** Names in /sys/block, where partitions are not; undefined where there is no /sys. */
function wholeDisks(host: Host): ReadonlySet<string> | undefined {
	try {
		// The kernel writes the slash of `cciss/c0d0` as `!` there.
		return new Set(host.list('/sys/block').map(name => name.replaceAll('!', '/')));
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EACCES') {
			return undefined;
		}

		throw error;
	}
}

const builtOnOthers = /^(?:dm-|md|loop|drbd|bcache|zram|ram|zd\d)/;

function isDisk(name: string, all: IoRaw, disks: ReadonlySet<string> | undefined): boolean {
	const counters = all.get(name);
	const isUnused = counters?.readBytes === 0 && counters.writtenBytes === 0;
	return (
		!(isUnused && /^(?:loop|ram|zram|nbd|fd|sr)\d/.test(name)) && (disks ? disks.has(name) : !isPartition(name, all))
	);
}

/** Without /sys: what has its disk in the same file, as `sda1` has `sda` and `nvme0n1p1` has `nvme0n1`. Xen gives `xvda1` alone. */
function isPartition(name: string, all: IoRaw): boolean {
	const disk = /^(.*\d)p\d+$/.exec(name)?.[1] ?? /^(.*\D)\d+$/.exec(name)?.[1];
	return disk !== undefined && all.has(disk);
}

function ioSample(current: Reading<IoRaw>, previous: Reading<IoRaw> | undefined): Sample {
	const elapsed = previous ? current.at - previous.at : 0;
	const devices = [...current.raw].map(([name, counters]) =>
		deviceOf(name, counters, previous?.raw.get(name), elapsed),
	);
	return {series: devices.flatMap(seriesOf), tables: {devices}};
}

function deviceOf(name: string, now: DeviceCounters, before: DeviceCounters | undefined, elapsed: number): Device {
	const read = rate(now.readBytes, before?.readBytes, elapsed);
	const written = rate(now.writtenBytes, before?.writtenBytes, elapsed);
	// ms busy a second; the kernel rounds each request up to its tick, so that the sum may pass the time there was.
	const busy = rate(now.busyMs, before?.busyMs, elapsed);
	return {
		device: name,
		name: safeBytes(name),
		isPhysical: !builtOnOthers.test(name),
		...(read !== undefined && {readBytesPerSecond: read}),
		...(written !== undefined && {writtenBytesPerSecond: written}),
		...(busy !== undefined && {busyPercent: Math.min(100, busy / 10)}),
	};
}

function seriesOf({device, readBytesPerSecond, writtenBytesPerSecond, busyPercent}: Device): [string, number][] {
	const values = [
		['io.read', readBytesPerSecond],
		['io.written', writtenBytesPerSecond],
		['io.busy', busyPercent],
	] as const;
	return values.flatMap(([base, value]) => (value === undefined ? [] : [[seriesName(base, device), value]]));
}
