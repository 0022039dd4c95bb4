import {expect, test} from 'vitest';
import {Unsupported} from '../../src/core/errors.js';
import {everything} from '../../src/core/filter.js';
import {frequency} from '../../src/samplers/frequency.js';
import {link} from '../../src/samplers/link.js';
import {temperature} from '../../src/samplers/temperature.js';
import {type FakeFiles, systemError} from '../helpers/fake-host.js';
import {seriesOf} from '../helpers/series-of.js';

const cpus = '/sys/devices/system/cpu';
const cpuinfo = 'processor\t: 0\ncpu MHz\t\t: 2000.500\nprocessor\t: 1\ncpu MHz\t\t: 3000.500\n';

const frequencies: Record<string, [files: FakeFiles, mhz: number | undefined]> = {
	'the mean of the cores': [
		{[`${cpus}/cpu0/cpufreq/scaling_cur_freq`]: '1000000\n', [`${cpus}/cpu1/cpufreq/scaling_cur_freq`]: '3000000\n'},
		2000,
	],
	'an offline core takes no part': [
		{[`${cpus}/cpu0/cpufreq/scaling_cur_freq`]: '1000000\n', [`${cpus}/cpu1/online`]: '0\n'},
		1000,
	],
	'a core that does not know takes no part': [
		{[`${cpus}/cpu0/cpufreq/scaling_cur_freq`]: '1000000\n', [`${cpus}/cpu1/cpufreq/scaling_cur_freq`]: '<unknown>\n'},
		1000,
	],
	'a core that says 0 takes no part': [
		{[`${cpus}/cpu0/cpufreq/scaling_cur_freq`]: '1000000\n', [`${cpus}/cpu1/cpufreq/scaling_cur_freq`]: '0\n'},
		1000,
	],
	'what is no core is none': [{[`${cpus}/cpufreq/cpufreq/scaling_cur_freq`]: '7\n', '/proc/cpuinfo': cpuinfo}, 2500.5],
	'without cpufreq, what cpuinfo says': [{[`${cpus}/cpu0/online`]: '1\n', '/proc/cpuinfo': cpuinfo}, 2500.5],
	'the name of a model is no frequency': [
		{'/proc/cpuinfo': 'model name\t: cpu MHz : 9\nbogomips\t: 99.00\n'},
		undefined,
	],
	'nobody tells': [{'/proc/cpuinfo': 'BogoMIPS\t: 50.00\n'}, undefined],
	'nothing there': [{}, undefined],
};

test.each(Object.entries(frequencies))('frequency: %s', async (_, [files, mhz]) => {
	const answer = seriesOf(frequency, files);

	if (mhz === undefined) {
		await expect(answer).rejects.toThrow(Unsupported);
	} else {
		expect(await answer).toEqual({'cpu.frequency': mhz});
	}
});

const attributes = (name: string, rows: Record<string, string>): FakeFiles =>
	Object.fromEntries(Object.entries(rows).map(([file, text]) => [`/sys/class/net/${name}/${file}`, `${text}\n`]));

const states: [operstate: string, flags: string, speed: string | undefined, up: number, bits: number | undefined][] = [
	['up', '0x1003', '1000', 1, 1e9],
	['up', '0x1003', '-1', 1, undefined],
	['up', '0x1003', undefined, 1, undefined],
	['up', '0x1003', '', 1, undefined],
	['up', '0x1003', '0', 1, undefined],
	['up', '0x1003', '400000', 1, 4e11],
	['down', '0x1003', undefined, 0, undefined],
	['lowerlayerdown', '0x1003', '1000', 0, 1e9],
	['dormant', '0x1003', undefined, 0, undefined],
	['notpresent', '0x1002', undefined, 0, undefined],
	['unknown', '0x9', undefined, 1, undefined],
	['unknown', '0x1002', '10', 0, 1e7],
	['unknown', '', undefined, 0, undefined],
];

test.each(states)(
	'a link that is %j with flags %s and speed %s: up %s, %s bit/s',
	async (operstate, flags, speed, up, bits) => {
		const files = attributes('x:0', {operstate, flags, ...(speed !== undefined && {speed})});
		const expected = {'network.up:x:0': up, ...(bits !== undefined && {'network.speed:x:0': bits})};
		expect(await seriesOf(link, files)).toEqual(expected);
	},
);

test('what is no interface is no link, and what is not wanted is not asked', async () => {
	const files = {
		...attributes('eth0', {operstate: 'up'}),
		...attributes('eth1', {operstate: 'up'}),
		'/sys/class/net/bonding_masters': '',
	};
	const interfaces = {except: ['eth1']};
	const filters = {mounts: everything, devices: everything, interfaces};
	expect(await seriesOf(link, files, {}, {filters})).toEqual({'network.up:eth0': 1});
});

type Chip = {name?: string; device?: string; sensors: Record<string, string>};

/** hwmon0, hwmon1 ... of these chips, and thermal_zone0 ... of these types. */
function sensors(chips: Chip[], zones: [type: string, degrees: string][] = []) {
	const files: FakeFiles = {};
	const links: Record<string, string> = {};

	for (const [index, {name, device, sensors}] of chips.entries()) {
		const path = `/sys/class/hwmon/hwmon${index}`;
		files[`${path}/uevent`] = '';
		links[`${path}/device`] = device ?? '';
		Object.assign(files, name !== undefined && {[`${path}/name`]: `${name}\n`});

		for (const [file, text] of Object.entries(sensors)) {
			files[`${path}/${file}`] = `${text}\n`;
		}
	}

	for (const [index, [type, degrees]] of zones.entries()) {
		files[`/sys/class/thermal/thermal_zone${index}/type`] = `${type}\n`;
		files[`/sys/class/thermal/thermal_zone${index}/temp`] = `${degrees}\n`;
	}

	const readlink = (path: string): string => {
		if (!links[path]) {
			throw systemError('ENOENT');
		}

		return links[path];
	};
	return [files, {readlink}] as const;
}

const chips: Record<string, [machine: ReturnType<typeof sensors>, series: Record<string, number>]> = {
	'by chip and label, or the name of the file': [
		sensors([
			{
				name: 'coretemp',
				device: '../../../coretemp.0',
				sensors: {temp1_input: '52000', temp1_label: 'Package id 0', temp2_input: '-500'},
			},
		]),
		{'coretemp/Package id 0': 52, 'coretemp/temp2': -0.5},
	],
	'two chips of one kind are told apart by their device': [
		sensors([
			{name: 'nvme', device: '../../nvme1', sensors: {temp1_input: '31000'}},
			{name: 'nvme', device: '../../nvme0', sensors: {temp1_input: '30000'}},
			{name: 'drivetemp', device: '../../../0:0:0:0', sensors: {temp1_input: '33000'}},
		]),
		{'nvme@nvme1/temp1': 31, 'nvme@nvme0/temp1': 30, 'drivetemp@0:0:0:0/temp1': 33},
	],
	'of two that nothing tells apart the second is told by its place': [
		sensors([
			{name: 'jc42', device: '../../0-0018', sensors: {temp1_input: '20000'}},
			{name: 'jc42', device: '../../0-001a', sensors: {temp1_input: '21000'}},
			{sensors: {temp1_input: '22000'}},
		]),
		{'jc42/temp1': 20, 'jc42/temp1#2': 21, 'sensor/temp1': 22},
	],
	'by their numbers, and not by their letters': [
		sensors([{name: 'a', sensors: {temp10_input: '10000', temp10_label: 'x', temp9_input: '9000', temp9_label: 'x'}}]),
		{'a/x': 9, 'a/x#2': 10},
	],
	'what is not connected is no temperature': [
		sensors([
			{name: 'it87', sensors: {temp1_input: '255000', temp2_input: '-128000', temp3_input: '', temp4_input: '127000'}},
		]),
		{'it87/temp4': 127},
	],
	'voltages and limits are none': [
		sensors([{name: 'x', sensors: {in0_input: '1', fan1_input: '2', temp1_max: '90000'}}]),
		{},
	],
	'a zone that is a chip, too, is one sensor': [
		sensors(
			[
				{name: 'acpitz', sensors: {temp1_input: '27000'}},
				{name: 'soc_thermal', sensors: {temp1_input: '60000'}},
			],
			[
				['acpitz', '27000'],
				['soc-thermal', '60000'],
				['x86_pkg_temp', '53000'],
			],
		),
		{'acpitz/temp1': 27, 'soc_thermal/temp1': 60, x86_pkg_temp: 53},
	],
	'a chip without a temperature takes no zone away': [
		sensors([{name: 'BAT0', sensors: {in0_input: '1'}}], [['BAT0', '30000']]),
		{BAT0: 30},
	],
	'two zones of one kind': [
		sensors(
			[],
			[
				['cpu', '40000'],
				['cpu', '41000'],
			],
		),
		{cpu: 40, 'cpu#2': 41},
	],
	'a label that looks like another name': [
		sensors([{name: 'a', sensors: {temp1_input: '1000', temp1_label: 'b:c/d@e'}}], [['a', '5000']]),
		{'a/b:c/d@e': 1},
	],
	none: [sensors([]), {}],
};

test.each(Object.entries(chips))('temperature: %s', async (_, [machine, series]) => {
	const named = Object.fromEntries(Object.entries(series).map(([name, value]) => [`temperature:${name}`, value]));
	expect(await seriesOf(temperature, ...machine)).toEqual(named);
});
