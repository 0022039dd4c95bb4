import {execFileSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import type {Host, InterfaceAddress} from '../../src/core/host.js';
import {local} from '../../src/hosts/local.js';
import {network} from '../../src/samplers/network.js';
import {contextAt} from '../helpers/collect.js';
import {fakeHost, systemError} from '../helpers/fake-host.js';
import {testWith} from '../helpers/outside.js';

const wanted = new Set(['addresses'] as const);
const devOf = (names: readonly string[]) =>
	`a\nb\n${names.map(name => `${name}: 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`).join('')}`;

async function shown(host: Host, collect = network.start(), at = 0, details: ReadonlySet<'addresses'> = wanted) {
	const {tables} = await collect(host, contextAt(at, {wanted: details}));
	return Object.fromEntries(tables?.interfaces?.map(one => [one.interface, one.addresses]) ?? []);
}

const rows: Record<string, [addresses: InterfaceAddress[], shown: Record<string, string[] | undefined>]> = {
	'IPv4 comes first': [
		[
			{interface: 'eth0', address: 'fe80::1/64'},
			{interface: 'eth0', address: '192.0.2.2/24'},
			{interface: 'lo', address: '127.0.0.1/8'},
		],
		{eth0: ['192.0.2.2/24', 'fe80::1/64'], veth: [], lo: ['127.0.0.1/8']},
	],
	'one with a label is of the interface that the label begins with': [
		[
			{interface: 'eth0', address: '192.0.2.2/24'},
			{interface: 'eth0:web', address: '192.0.2.3/24'},
		],
		{eth0: ['192.0.2.2/24', '192.0.2.3/24'], veth: [], lo: []},
	],
	"of an interface that is not watched is nobody's": [
		[{interface: 'wlan0', address: '192.0.2.2/24'}],
		{eth0: [], veth: [], lo: []},
	],
	'what would act on the terminal is harmless': [
		[{interface: 'eth0', address: '\x1b[2J'}],
		{eth0: ['\\x1b[2J'], veth: [], lo: []},
	],
	'nothing is known where no interface has any': [[], {eth0: undefined, veth: undefined, lo: undefined}],
};

describe('addresses', () => {
	test.each(Object.entries(rows))('%s', async (_, [addresses, expected]) => {
		const host = fakeHost({'/proc/self/net/dev': devOf(['eth0', 'veth', 'lo'])}, {addresses: () => addresses});
		expect(await shown(host)).toEqual(expected);
	});

	test('that the system does not tell take nothing from the numbers', async () => {
		const addresses = () => {
			throw systemError('EACCES');
		};
		const host = fakeHost({'/proc/self/net/dev': devOf(['eth0'])}, {addresses});
		expect(await shown(host)).toEqual({eth0: undefined});
	});

	test('are read while somebody looks, every ten seconds, and at once for other interfaces', async () => {
		let reads = 0;
		const addresses = () => {
			reads += 1;
			return [{interface: 'eth0', address: `192.0.2.${reads}/24`}];
		};
		const host = fakeHost({'/proc/self/net/dev': devOf(['eth0'])}, {addresses});
		const collect = network.start();
		const at = async (ms: number, details?: ReadonlySet<'addresses'>) =>
			(await shown(host, collect, ms, details))['eth0'];
		expect(await at(0, new Set())).toBeUndefined();
		expect(await at(1000)).toEqual(['192.0.2.1/24']);
		expect(await at(10_000)).toEqual(['192.0.2.1/24']);
		expect(await at(11_000)).toEqual(['192.0.2.2/24']);
		host.files['/proc/self/net/dev'] = devOf(['eth0', 'veth']);
		expect(await at(12_000)).toEqual(['192.0.2.3/24']);
		expect(await at(13_000, new Set())).toBeUndefined();
		expect(await at(14_000)).toEqual(['192.0.2.4/24']);
	});
});

testWith('ip')('addresses of this machine are those that ip tells', async () => {
	const told = JSON.parse(execFileSync('ip', ['-j', 'address'], {encoding: 'utf8'})) as {
		ifname: string;
		flags: string[];
		addr_info: {family: string; local: string; prefixlen: number}[];
	}[];
	const up = told.filter(({flags}) => flags.includes('UP') && flags.includes('LOWER_UP'));
	const expected = up.map(({ifname, addr_info}) => [
		ifname,
		addr_info.map(({local: address, prefixlen}) => `${address}/${prefixlen}`).sort(),
	]);
	const now = await shown(local());
	expect(expected.length).toBeGreaterThan(0);
	expect(expected).toEqual(up.map(({ifname}) => [ifname, now[ifname]?.toSorted()]));
});
