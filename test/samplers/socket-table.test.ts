import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {describe, expect, test} from 'vitest';
import {local} from '../../src/hosts/local.js';
import {listening} from '../../src/samplers/listening.js';
import {boundTo, ipv6Text} from '../../src/samplers/socket-address.js';
import {inodeOf, scanSockets} from '../../src/samplers/socket-table.js';
import {contextAt} from '../helpers/collect.js';
import {type FakeFiles, fakeHost} from '../helpers/fake-host.js';
import {testWith} from '../helpers/outside.js';

const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const behind = '00000000:00000000 00:00000000 00000000   101        0';
const row = (state: string, local = '0100007F:0CEA', inode = 77) =>
	`   0: ${local} 00000000:0000 ${state} ${behind} ${inode} 1 0000000000000000 100 0 0 10 0\n`;

async function* pieces(text: string, length: number) {
	const buffer = Buffer.alloc(length);

	// One buffer for all of them, as a host has it.
	for (let at = 0; at < text.length; at += length) {
		const copied = buffer.write(text.slice(at, at + length), 'latin1');
		yield buffer.subarray(0, copied);
	}
}

type Seen = [state: number, address: string | undefined, port: number | undefined, inode: number];

async function seen(text: string, length = 4096, atMost = 1e9): Promise<Seen[]> {
	const rows: Seen[] = [];
	await scanSockets(pieces(text, length), atMost, one => {
		const bound = boundTo(one, true);
		rows.push([one.state, bound?.address, bound?.port, inodeOf(one)]);
		return true;
	});
	return rows;
}

const states = (rows: readonly Seen[]) => rows.map(([state]) => state);

const tables: Record<string, [text: string, states: number[]]> = {
	'every row below the heading': [heading + row('0A') + row('01') + row('06'), [10, 1, 6]],
	'a heading only': [heading, []],
	'an address that looks like the state': [heading + row('01', '0A0A0A0A:000A'), [1]],
	'a row that is cut in the state': [heading + row('0A') + row('0A').slice(0, 36), [10]],
	'a row that is cut behind the state': [heading + row('0A').slice(0, 38), [10]],
	'a state that is none': [heading + row('0G') + row('0A'), [10]],
	'a number of five digits': [heading + row('0A').replace('   0:', '12345:'), [10]],
	'a line that never ends is none': [`${heading}${'x'.repeat(50_000)}\n${row('0A')}`, [10]],
	nothing: ['', []],
};

describe('of a table are seen', () => {
	test.each(Object.entries(tables))('%s', async (_, [text, expected]) => {
		for (const length of [1, 7, 100, 4096, 65_536]) {
			expect(states(await seen(text, length))).toEqual(expected);
		}
	});
});

test('a table can be left, and is cut where it is too long', async () => {
	const text = heading + row('0A').repeat(100);
	let count = 0;
	const counting = (most: number) => () => {
		count += 1;
		return count < most;
	};
	expect(await scanSockets(pieces(text, 500), 1e9, counting(5))).toBe('left');
	expect(count).toBe(5);
	expect(await scanSockets(pieces(text, 500), 1000, counting(1e9))).toBe('cut');
	expect(await scanSockets(pieces(text, 500), 1e9, counting(1e9))).toBe('whole');
});

const v6 = (words: string, port = '0050') => `${words}:${port}`;
const addresses: Record<string, [local: string, address: string | undefined, port: number | undefined]> = {
	IPv4: ['0100007F:0016', '127.0.0.1', 22],
	'every address': ['00000000:FFFF', '0.0.0.0', 65_535],
	'every address of IPv6': [v6('00000000000000000000000000000000'), '::', 80],
	'the loopback of IPv6': [v6('00000000000000000000000001000000'), '::1', 80],
	'link-local': [v6('000080FE00000000FF54505656341 2FE'.replace(' ', '')), 'fe80::5650:54ff:fe12:3456', 80],
	'a mapped address': [v6('0000000000000000FFFF00000100007F'), '::ffff:127.0.0.1', 80],
	'small letters': ['0100007f:00ff', '127.0.0.1', 255],
	'too few digits': ['0100007:0016', undefined, undefined],
	'no port': ['0100007F:', undefined, undefined],
	'no digits': ['0100007X:0016', undefined, undefined],
};

test.each(Object.entries(addresses))('a socket is bound to %s', async (_, [local, address, port]) => {
	expect(await seen(heading + row('0A', local, 4788))).toEqual([[10, address, port, 4788]]);
});

test('words of a big-endian machine are read as they are', async () => {
	await scanSockets(pieces(row('0A', '7F000001:0016'), 4096), 1e9, one => {
		expect(boundTo(one, false)).toEqual({address: '127.0.0.1', port: 22});
		return true;
	});
	expect.assertions(1);
});

test('a row that is cut before its inode has none', async () => {
	const whole = row('0A', '0100007F:0016', 4788);
	expect((await seen(whole.slice(0, whole.indexOf('4788')).trimEnd()))[0]?.[3]).toBe(-1);
});

/** Groups, and the text of RFC 5952. */
const texts: [groups: number[], text: string][] = [
	[[0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], '2001:db8::1'],
	[[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], '2001:db8:0:1:1:1:1:1'],
	[[0x2001, 0, 0, 1, 0, 0, 0, 1], '2001:0:0:1::1'],
	[[0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], '2001:db8::1:0:0:1'],
	[[0xfe80, 0, 0, 0, 0, 0, 0, 0], 'fe80::'],
	[[1, 2, 3, 4, 5, 6, 7, 8], '1:2:3:4:5:6:7:8'],
];

test.each(texts)('%j reads as %s', (groups, text) => {
	expect(ipv6Text(groups.flatMap(group => [group >> 8, group & 255]))).toBe(text);
});

const proc = '/proc/self/net';
const counted = async (files: FakeFiles) =>
	Object.fromEntries((await listening.start()(fakeHost(files), contextAt(0))).series);

describe('sockets by state', () => {
	test('are those of both tables', async () => {
		const files = {[`${proc}/tcp`]: row('0A') + row('01') + row('06'), [`${proc}/tcp6`]: row('0A') + row('08')};
		expect(await counted(files)).toMatchObject({
			'tcp.listening': 2,
			'tcp.sockets:listening': 2,
			'tcp.sockets:established': 1,
			'tcp.sockets:time-wait': 1,
			'tcp.sockets:close-wait': 1,
			'tcp.sockets:closing': 0,
		});
	});

	test('are not known of a table that is too long, except those that stand first', async () => {
		const files = {[`${proc}/tcp`]: row('0A') + row('01').repeat((33 << 20) / row('01').length)};
		expect(await counted(files)).toEqual({'tcp.listening': 1, 'tcp.sockets:listening': 1});
	});

	test('of UDP are those of both protocols, as far as they are told', async () => {
		const tcp = {[`${proc}/tcp`]: heading};
		const sockstat = {[`${proc}/sockstat`]: 'TCP: inuse 9\nUDP: inuse 4 mem 1\nUDPLITE: inuse 7\n'};
		expect(await counted(tcp)).not.toHaveProperty('udp.sockets');
		expect(await counted({...tcp, ...sockstat})).toMatchObject({'udp.sockets': 4});
		const both = {...tcp, ...sockstat, [`${proc}/sockstat6`]: 'UDP6: inuse 3\n'};
		expect(await counted(both)).toMatchObject({'udp.sockets': 7});
	});

	test('are counted again after a rest that is as long as the work was', async () => {
		const host = fakeHost({[`${proc}/tcp`]: row('0A')});
		const collect = listening.start();
		// The clock goes on by a second whenever it is asked.
		const working = (from: number) => {
			let at = from;
			return contextAt(0, {
				now() {
					at += 1000;
					return at;
				},
			});
		};
		const reads = async (from: number) => {
			host.reads.length = 0;
			await collect(host, working(from));
			return host.reads.length;
		};
		expect(await reads(0)).toBeGreaterThan(0);
		// A second and more of work is 200 seconds and more of rest.
		expect(await reads(190_000)).toBe(0);
		expect(await reads(410_000)).toBeGreaterThan(0);
	});
});

/** As `ss` writes them in its table. */
const ssNames: Record<string, string> = {ESTAB: 'established', LISTEN: 'listening', UNCONN: 'closed'};

async function ssCounts(): Promise<Record<string, number>> {
	const {stdout} = await promisify(execFile)('ss', ['-Htan'], {maxBuffer: 1 << 26});
	const counts: Record<string, number> = {};

	for (const line of stdout.trim().split('\n')) {
		const state = line.split(' ')[0] ?? '';
		const name = `tcp.sockets:${ssNames[state] ?? state.toLowerCase()}`;
		counts[name] = (counts[name] ?? 0) + 1;
	}

	return counts;
}

testWith('ss')('sockets by state are those that ss counts', async () => {
	for (let attempt = 0; attempt < 20; attempt++) {
		const before = await ssCounts();
		const {series} = await listening.start()(local(), contextAt(0));
		const after = await ssCounts();

		// Other tests open and close theirs: only a moment in which nothing changed can be compared.
		if (JSON.stringify(before) === JSON.stringify(after)) {
			const some = series.filter(([name, count]) => name.startsWith('tcp.sockets:') && count > 0);
			expect(Object.fromEntries(some)).toEqual(before);
			return;
		}
	}

	throw new Error('the sockets of this machine never stand still');
});
