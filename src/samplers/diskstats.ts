/** The kernel counts sectors of 512 bytes here, whatever the device's own size (Documentation/admin-guide/iostats.rst). */
const sectorBytes = 512;

/** Counters since boot. */
export type DeviceCounters = {
	readonly reads: number;
	readonly readBytes: number;
	readonly writes: number;
	readonly writtenBytes: number;
	/** Time that reads and writes took, each counted for itself. */
	readonly waitedMs: number;
	/** Time with at least one of them under way. */
	readonly busyMs: number;
};

export type IoRaw = ReadonlyMap<string, DeviceCounters>;

/** Rows of 14 columns, of 18 since Linux 4.18 (discards) and of 20 since 5.5 (flushes): the ones used stand first in all. */
export function parseDiskstats(text: string): IoRaw {
	const devices = new Map<string, DeviceCounters>();

	for (const line of text.split('\n')) {
		const [, , name, ...fields] = line.trim().split(/\s+/);
		// Of the number of reads to the time that the device was busy.
		const numbers = fields.slice(0, 10).map(Number);
		const [reads = 0, , readSectors = 0, readMs = 0, writes = 0, , writtenSectors = 0, writeMs = 0, , busyMs = 0] =
			numbers;

		// Partitions of kernels before 2.6.25 have only 7 columns: nothing to be made of those.
		if (name !== undefined && fields.length >= 11 && numbers.every(Number.isFinite)) {
			const [readBytes, writtenBytes] = [readSectors * sectorBytes, writtenSectors * sectorBytes];
			devices.set(name, {reads, readBytes, writes, writtenBytes, waitedMs: readMs + writeMs, busyMs});
		}
	}

	return devices;
}
