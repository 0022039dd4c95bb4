import {describe, expect, test} from 'vitest';
import type {SampleContext} from '../../src/core/sampler.js';
import {ports} from '../../src/samplers/ports.js';
import {contextAt} from '../helpers/collect.js';
import {type FakeFiles, fakeHost, systemError} from '../helpers/fake-host.js';

const wanted: SampleContext['wanted'] = new Set(['listeners']);

const proc = '/proc/self/net';
const behind = '00000000:00000000 00:00000000 00000000   101        0';
const row = (local: string, inode: number, state = '0A') =>
	`   0: ${local} 00000000:0000 ${state} ${behind} ${inode} 1 0 100 0 0 10 0\n`;
const port80 = '00000000:0050';

type Fake = {
	state?: string;
	name?: string;
	places?: number;
	links?: readonly string[];
	isDenied?: true;
	isHidden?: true;
};

/** A machine with these sockets, and processes with such descriptors. */
function machine(tables: FakeFiles, processes: Record<number, Fake>) {
	const files: FakeFiles = {...tables};
	const links = new Map<string, string>();

	const all: Record<number, Fake> = {1: {state: 'D'}, ...processes};

	for (const [pid, {state = 'S', name = 'nginx', places = 64, links: targets = []}] of Object.entries(all)) {
		files[`/proc/${pid}/stat`] =
			`${pid} (${name}) ${state} 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 500 4096 10 18446744073709551615 1\n`;
		files[`/proc/${pid}/status`] = `Name:\tx\nFDSize:\t${places}\n`;

		for (const [index, target] of targets.entries()) {
			files[`/proc/${pid}/fd/${index}`] = '';
			links.set(`/proc/${pid}/fd/${index}`, target);
		}
	}

	const asked: string[] = [];
	const base = fakeHost(files);
	const host = fakeHost(files, {
		list(path) {
			asked.push(path);

			if (processes[Number(path.split('/')[2])]?.isDenied) {
				throw systemError('EACCES');
			}

			return base.list(path).filter(name => !processes[Number(name)]?.isHidden);
		},
		readlink: path => links.get(path) ?? missing(),
	});
	return {host, asked};
}

function missing(): never {
	throw systemError('ENOENT');
}

const nginx = {links: ['/dev/null', 'socket:[5]', 'pipe:[80]', 'socket:[80]']};
const web = {[`${proc}/tcp`]: row(port80, 80)};

const owners: Record<string, [processes: Record<number, Fake>, owner: unknown]> = {
	'a process that has the socket': [{7: nginx}, {pid: 7, name: 'nginx', others: 0}],
	'the first of several': [
		{9: {links: []}, 12: {...nginx, name: 'b'}, 101: nginx, 7: {...nginx, name: 'a'}},
		{pid: 7, name: 'a', others: 2},
	],
	'a process that has it twice': [{7: {links: ['socket:[80]', 'socket:[80]']}}, {pid: 7, name: 'nginx', others: 0}],
	'a name that would act on the terminal': [
		{7: {...nginx, name: 'x) \x1b[2J \xc3\xbc'}},
		{pid: 7, name: 'x) \\x1b[2J ü', others: 0},
	],
	'nobody that can be seen': [{7: {links: ['socket:[81]', 'pipe:[80]']}}, undefined],
	'somebody whom we may not look into': [{7: {isDenied: true}, 9: {links: []}}, 'denied'],
	'somebody whom we may not even see': [{1: {isHidden: true}, 9: {links: []}}, 'denied'],
	'ours, while others may not be looked into': [
		{3: {isDenied: true}, 7: nginx},
		{pid: 7, name: 'nginx', others: 0},
	],
	'a process in state D is not asked': [{7: {...nginx, state: 'D'}}, undefined],
	'a process with too many descriptors is not asked': [{7: {...nginx, places: 16_384}}, undefined],
};

describe('the owner of a port', () => {
	test.each(Object.entries(owners))('%s', async (_, [processes, owner]) => {
		const {host} = machine(web, processes);
		const {tables} = await ports.start()(host, contextAt(0, {wanted}));
		expect(tables?.listeners).toEqual([{protocol: 'tcp', address: '0.0.0.0', port: 80, owner}]);
	});

	test('is looked for in no process that must not be asked', async () => {
		const {host, asked} = machine(web, {7: {...nginx, state: 'D'}, 8: {...nginx, places: 16_384}});
		await ports.start()(host, contextAt(0, {wanted}));
		expect(asked).toEqual(['/proc']);
	});
});

const established = row('0100007F:1234', 9, '01');
const of = (protocol: string, address: string, port: number) => `${protocol} ${address} ${port}`;
const sockets: Record<string, [tables: FakeFiles, ports: string[]]> = {
	'listening, and half-open ones between them': [
		{[`${proc}/tcp`]: row('00000000:0050', 1) + row(port80, 2, '03') + row('00000000:0016', 3) + established},
		[of('tcp', '0.0.0.0', 22), of('tcp', '0.0.0.0', 80)],
	],
	'none behind a connection: listening ones come first': [
		{[`${proc}/tcp`]: row(port80, 1) + established + row('00000000:0016', 3)},
		[of('tcp', '0.0.0.0', 80)],
	],
	'UDP that is bound, not what is connected, wherever it stands': [
		{[`${proc}/tcp`]: '', [`${proc}/udp`]: established + row('0100007F:0035', 4, '07')},
		[of('udp', '127.0.0.1', 53)],
	],
	'both protocols and both families, by port': [
		{
			[`${proc}/tcp`]: row(port80, 1),
			[`${proc}/tcp6`]: row('00000000000000000000000000000000:0050', 2),
			[`${proc}/udp`]: row('00000000:0044', 3, '07'),
			[`${proc}/udp6`]: row('00000000000000000000000001000000:0050', 4, '07'),
		},
		[of('udp', '0.0.0.0', 68), of('tcp', '0.0.0.0', 80), of('tcp', '::', 80), of('udp', '::1', 80)],
	],
	'one for all sockets that share a port': [
		{[`${proc}/tcp`]: row(port80, 1) + row(port80, 2) + row(port80, 3)},
		[of('tcp', '0.0.0.0', 80)],
	],
	'none of a row that cannot be read': [{[`${proc}/tcp`]: row('0000:0050', 1) + row('00000000:x', 2)}, []],
};

describe('ports are', () => {
	test.each(Object.entries(sockets))('%s', async (_, [tables, expected]) => {
		const {host} = machine(tables, {1: {}});
		const sample = await ports.start()(host, contextAt(0, {wanted}));
		const found = sample.tables?.listeners?.map(one => of(one.protocol, one.address, one.port));
		expect(found).toEqual(expected);
	});

	test('4,096 at most', async () => {
		const many = Array.from({length: 5000}, (_, index) =>
			row(`00000000:${(index + 1).toString(16).padStart(4, '0')}`, 1),
		);
		const {host} = machine({[`${proc}/tcp`]: many.join('')}, {1: {}});
		expect((await ports.start()(host, contextAt(0, {wanted}))).tables?.listeners).toHaveLength(4096);
	});
});

test('nothing is read while nobody looks, at once when somebody does, and then every ten seconds', async () => {
	const {host} = machine(web, {7: nginx});
	const collect = ports.start();
	const at = async (ms: number, details: SampleContext['wanted']) => {
		host.reads.length = 0;
		const {tables} = await collect(host, contextAt(ms, {wanted: details}));
		return [tables?.listeners?.length, host.reads.length > 0];
	};
	expect(await at(0, new Set())).toEqual([undefined, false]);
	expect(await at(1000, new Set(['addresses']))).toEqual([undefined, false]);
	expect(await at(2000, wanted)).toEqual([1, true]);
	expect(await at(11_000, wanted)).toEqual([1, false]);
	expect(await at(12_000, wanted)).toEqual([1, true]);
	expect(await at(13_000, new Set())).toEqual([undefined, false]);
	expect(await at(14_000, wanted)).toEqual([1, true]);
});

test('much work is done less often, but once a minute', async () => {
	const {host} = machine(web, {7: nginx});
	const collect = ports.start();
	const reads = async (from: number, stepMs: number) => {
		host.reads.length = 0;
		let at = from - stepMs;
		const now = () => {
			at += stepMs;
			return at;
		};
		await collect(host, contextAt(0, {wanted, now}));
		return host.reads.length > 0;
	};
	expect(await reads(0, 100_000)).toBe(true);
	expect(await reads(59_999, 1)).toBe(false);
	expect(await reads(60_000, 1)).toBe(true);
	expect(await reads(69_999, 1)).toBe(false);
	expect(await reads(70_000, 50)).toBe(true);
	expect(await reads(80_000, 1)).toBe(false);
});

test('the work is done in slices, and ends when its time is up', async () => {
	const links = Array.from({length: 500}, () => 'socket:[1]');
	const {host} = machine(web, {7: {links}, 8: {links}});
	const ended = new AbortController();
	let now = 0;
	let turns = 0;
	const context = contextAt(0, {
		wanted,
		signal: ended.signal,
		// A clock in which every question takes a slice.
		now() {
			now += 10;
			return now;
		},
	});
	const count = (): void => {
		turns += 1;

		if (turns === 3) {
			ended.abort();
		}

		if (!ended.signal.aborted) {
			setImmediate(count);
		}
	};
	setImmediate(count);
	await expect(ports.start()(host, context)).rejects.toThrow(expect.objectContaining({name: 'AbortError'}));
	expect(turns).toBe(3);
});

test('a machine without these tables has no ports, and a table that may not be read is told', async () => {
	await expect(ports.start()(fakeHost({}), contextAt(0, {wanted}))).rejects.toThrow('no /proc/net/tcp');
	const piecesAside = async function* () {
		yield* [];
		throw systemError('EACCES');
	};
	await expect(ports.start()(fakeHost({}, {piecesAside}), contextAt(0, {wanted}))).rejects.toThrow('EACCES');
});
