import {execFileSync} from 'node:child_process';
import {expect} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {testWith} from '../helpers/outside.js';

function run(program: string, ...args: readonly string[]): string {
	return execFileSync(program, args, {encoding: 'utf8', env: {...process.env, LC_ALL: 'C'}});
}

function snapshot() {
	return JSON.parse(run(process.execPath, ...healthtop('snapshot', '--json', '--interval', '200ms')));
}

testWith('df')('the root file system is as df sees it', () => {
	const {series} = snapshot();
	const [size, free, percent] =
		run('df', '-B1', '--output=size,avail,pcent', '/').trim().split('\n')[1]?.trim().split(/\s+/) ?? [];
	expect(series['disk.size:/']).toBe(Number(size));
	// Something is always being written.
	expect(Math.abs(series['disk.free:/'] - Number(free))).toBeLessThan(Number(size) / 1000);
	expect(Math.abs(Math.ceil(series['disk.used:/']) - Number.parseInt(percent ?? '', 10))).toBeLessThanOrEqual(1);
});

testWith('free')('memory is as free sees it', () => {
	const {series} = snapshot();
	const [, total, , , shared, buffers, cache, available] =
		/^Mem:.*$/m.exec(run('free', '-bw'))?.[0].split(/\s+/).map(Number) ?? [];
	expect(series['memory.total']).toBe(total);
	const near = (name: string, value = Number.NaN) =>
		expect(Math.abs(series[name] - value), name).toBeLessThan((total ?? 0) / 50);
	near('memory.available', available);
	near('memory.cached', cache);
	near('memory.shared', shared);
	near('memory.buffers', buffers);
});

testWith('ps')('this process is as ps sees it', () => {
	const row = snapshot().processes.find(({pid}: {pid: number}) => pid === process.pid);
	const [parent, user, resident] = run('ps', '-o', 'ppid=,user:40=,rss=', '-p', String(process.pid))
		.trim()
		.split(/\s+/);
	expect(row).toMatchObject({parent: Number(parent), user});
	expect(Math.abs(row.memoryBytes / 1024 - Number(resident)) / Number(resident)).toBeLessThan(0.2);
});

testWith('ip')('addresses are as ip sees them', () => {
	const told = JSON.parse(run('ip', '-j', 'address', 'show', 'dev', 'lo')) as {
		addr_info: {local: string; prefixlen: number}[];
	}[];
	const expected = told.flatMap(({addr_info}) => addr_info.map(({local, prefixlen}) => `${local}/${prefixlen}`));
	const lo = snapshot().interfaces.find((one: {interface: string}) => one.interface === 'lo');
	expect(lo.addresses.toSorted()).toEqual(expected.sort());
});
