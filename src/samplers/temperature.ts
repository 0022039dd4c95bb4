import {codeOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import type {Sample, Sampler} from '../core/sampler.js';
import {seriesName} from '../core/series.js';
import {listIfThere, textAsideIfThere} from './if-there.js';

/** A sensor by a name that a restart does not change, and where it is read. */
type Sensor = {readonly name: string; readonly path: string};

const chips = '/sys/class/hwmon';
const zones = '/sys/class/thermal';

/** Below absolute zero and above what melts: what a sensor says that is not connected, degrees C. */
const [coldest, hottest] = [-100, 250];

/** What every sensor of the machine says, degrees C. Aside: a sensor behind a slow bus takes its time. */
export const temperature: Sampler = {
	name: 'temperature',
	every: 10_000,
	isAside: true,
	start: () => async host => {
		const series: Sample['series'][number][] = [];

		for (const {name, path} of await sensorsOf(host)) {
			// Thousandths of a degree (Documentation/hwmon/sysfs-interface.rst).
			const degrees = Number.parseInt((await textAsideIfThere(host, path)) ?? '', 10) / 1000;

			if (degrees > coldest && degrees < hottest) {
				series.push([seriesName('temperature', name), degrees]);
			}
		}

		return {series};
	},
};

async function sensorsOf(host: Host): Promise<readonly Sensor[]> {
	const sensors: Sensor[] = [];

	for (const directory of named(host, chips, /^hwmon\d+$/)) {
		sensors.push(...(await sensorsOfChip(host, `${chips}/${directory}`)));
	}

	const chipNames = new Set(sensors.map(({name}) => name.replace(/[@/].*/, '')));

	for (const directory of named(host, zones, /^thermal_zone\d+$/)) {
		const type = (await textAsideIfThere(host, `${zones}/${directory}/type`))?.trim();

		// The kernel shows most zones as a chip, too.
		if (type && !chipNames.has(type) && !chipNames.has(type.replaceAll('-', '_'))) {
			sensors.push({name: type, path: `${zones}/${directory}/temp`});
		}
	}

	return withDifferentNames(sensors);
}

/** `coretemp/Package id 0`, `nvme@nvme0/Composite`: chip, its device where there may be several, label or `temp1`. */
async function sensorsOfChip(host: Host, chip: string): Promise<readonly Sensor[]> {
	const sensors: Sensor[] = [];
	const chipName = (await textAsideIfThere(host, `${chip}/name`))?.trim() || 'sensor';
	const device = deviceOf(host, chip);

	for (const file of named(host, chip, /^temp\d+_input$/)) {
		const input = file.replace('_input', '');
		const label = (await textAsideIfThere(host, `${chip}/${input}_label`))?.trim() || input;
		sensors.push({name: `${chipName}${device}/${label}`, path: `${chip}/${file}`});
	}

	return sensors;
}

/** Disks come and go, and several of them have the same chip: the device tells them apart. */
function deviceOf(host: Host, chip: string): string {
	try {
		const device = host.readlink(`${chip}/device`).replace(/.*\//, '');
		return /^(?:nvme\d|sd[a-z]|\d+:\d+:\d+:\d+$)/.test(device) ? `@${device}` : '';
	} catch (error) {
		if (codeOf(error) === undefined) {
			throw error;
		}

		return '';
	}
}

/** Of sensors with one name the second is `NAME#2`. */
function withDifferentNames(sensors: readonly Sensor[]): readonly Sensor[] {
	const counts = new Map<string, number>();
	return sensors.map(({name, path}) => {
		const count = (counts.get(name) ?? 0) + 1;
		counts.set(name, count);
		return {name: count === 1 ? name : `${name}#${count}`, path};
	});
}

function named(host: Host, directory: string, pattern: RegExp): readonly string[] {
	const numberOf = (name: string) => Number(/\d+/.exec(name)?.[0]);
	return listIfThere(host, directory)
		.filter(name => pattern.test(name))
		.sort((a, b) => numberOf(a) - numberOf(b));
}
