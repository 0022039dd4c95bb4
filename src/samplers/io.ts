import {codeOf, Unsupported} from '../core/errors.js';
import {isWanted} from '../core/filter.js';
import type {Host} from '../core/host.js';
import {present} from '../core/present.js';
import {rate} from '../core/rate.js';
import {safeBytes} from '../core/safe.js';
import {defineSampler, type Reading, type Sample} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import type {Device} from '../core/snapshot.js';
import {type DeviceCounters, type IoRaw, parseDiskstats} from './diskstats.js';
import {isDisk, wholeDisks} from './whole-disks.js';

const source = '/proc/diskstats';

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

function ioSample(current: Reading<IoRaw>, previous: Reading<IoRaw> | undefined): Sample {
	const elapsed = previous ? current.at - previous.at : 0;
	const devices = [...current.raw].map(([name, counters]) =>
		deviceOf(name, counters, previous?.raw.get(name), elapsed),
	);
	return {series: devices.flatMap(seriesOf), tables: {devices}};
}

/** What device mapper, md and the like make of other devices. */
const builtOnOthers = /^(?:dm-|md|loop|drbd|bcache|zram|ram|zd\d)/;

function deviceOf(name: string, now: DeviceCounters, before: DeviceCounters | undefined, elapsed: number): Device {
	const grown = (counter: keyof DeviceCounters) => rate(now[counter], before?.[counter], elapsed);
	const [reads, writes, waited] = [grown('reads'), grown('writes'), grown('waitedMs')];
	const requests = reads === undefined || writes === undefined ? 0 : reads + writes;
	// ms busy a second; the kernel rounds each request up to its tick, so that the sum may pass the time there was.
	const busy = grown('busyMs');
	return {
		device: name,
		name: safeBytes(name),
		isPhysical: !builtOnOthers.test(name),
		...present({
			readBytesPerSecond: grown('readBytes'),
			writtenBytesPerSecond: grown('writtenBytes'),
			readsPerSecond: reads,
			writesPerSecond: writes,
			latencyMs: waited === undefined || requests === 0 ? undefined : waited / requests,
			busyPercent: busy === undefined ? undefined : Math.min(100, busy / 10),
		}),
	};
}

const measures = [
	['io.read', 'readBytesPerSecond'],
	['io.written', 'writtenBytesPerSecond'],
	['io.reads', 'readsPerSecond'],
	['io.writes', 'writesPerSecond'],
	['io.latency', 'latencyMs'],
	['io.busy', 'busyPercent'],
] as const;

function seriesOf(device: Device): [string, number][] {
	return measures.flatMap(([base, measure]) => {
		const value = device[measure];
		return value === undefined ? [] : [[seriesName(base, device.device), value]];
	});
}
