import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, statfsSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {Process} from '../../src/core/snapshot.js';
import {local} from '../../src/hosts/local.js';
import {process as sampler} from '../../src/samplers/process.js';
import {contextAt} from '../helpers/collect.js';
import {folder} from '../helpers/folder.js';
import {testWith} from '../helpers/outside.js';
import {until} from '../helpers/until.js';

const mib = 2 ** 20;
const tmpfs = 0x01021994;
const isOnDisk = statfsSync(tmpdir()).type !== tmpfs;

const proc = (pid: number, file: string) => readFileSync(`/proc/${pid}/${file}`, 'latin1');
const writtenBy = (pid: number) => Number(/^write_bytes: (\d+)/m.exec(proc(pid, 'io'))?.[1]);
const isAsleep = (pid: number) => /\) S /.test(proc(pid, 'stat'));

/** A shell that waits for a `dd` that writes through to the disk whatever it is given, and then goes on doing nothing. */
async function writing() {
	const script = 'dd of="$0" bs=64k iflag=fullblock oflag=dsync; exec sleep 300';
	const shell = spawn('sh', ['-c', script, join(folder(), 'file')], {stdio: ['pipe', 'ignore', 'ignore']});
	onTestFinished(() => void shell.kill());
	const pid = shell.pid ?? 0;
	const children = () => proc(pid, `task/${pid}/children`).trim();
	await until('dd runs', () => children() !== '' && proc(Number(children()), 'comm') === 'dd\n');
	const dd = Number(children());
	onTestFinished(() => void (children() === String(dd) && process.kill(dd)));
	let given = 0;
	return {
		pid,
		dd,
		/** So many bytes more are on the disk. */
		async write(bytes: number) {
			given += bytes;
			shell.stdin.write(Buffer.alloc(bytes));
			await until('dd has written them', () => writtenBy(dd) >= given && isAsleep(dd));
		},
		/** The last bytes, and then dd has ended and the shell has waited for it. */
		async end(bytes: number) {
			shell.stdin.end(Buffer.alloc(bytes));
			await until('the shell goes on', () => writtenBy(pid) >= given + bytes && proc(pid, 'comm') === 'sleep\n');
		},
	};
}

/** Passes by a hand clock (ms), and what the minute that has ended says. */
function passes() {
	const host = local();
	const collect = sampler.start();
	let rows: readonly Process[] = [];
	return {
		async at(at: number) {
			rows = (await collect(host, contextAt(at))).tables?.minute?.processes ?? [];
		},
		row: (pid: number) => rows.find(row => row.pid === pid),
		/** Bytes per second; undefined when it is not in it. */
		written(pid: number) {
			const disk = rows.find(row => row.pid === pid)?.disk;
			return disk === 'denied' ? undefined : disk?.written;
		},
	};
}

const testOnDisk = isOnDisk
	? testWith('dd', 'sh', '/proc/self/io')
	: (name: string) => test.skip(`${name} (needs a temporary folder on a disk)`);

testOnDisk(
	'what a process writes is in its minute, and what it wrote before is not in that of the shell that waited for it',
	async () => {
		const writer = await writing();
		const machine = passes();
		await writer.write(32 * mib);
		await machine.at(0);
		await machine.at(500);
		await writer.write(16 * mib);
		await machine.at(60_000);
		// A little more than what it wrote: the file system's own blocks count, too.
		expect(machine.written(writer.dd)).toBeGreaterThanOrEqual((16 * mib) / 59.5);
		expect(machine.written(writer.dd)).toBeLessThan((17 * mib) / 59.5);
		await writer.end(8 * mib);
		await machine.at(120_000);
		// What it wrote last nobody could ask it.
		expect(machine.written(writer.dd)).toBeUndefined();
		expect(machine.written(writer.pid)).toBeGreaterThanOrEqual((8 * mib) / 60);
		expect(machine.written(writer.pid)).toBeLessThan((9 * mib) / 60);
	},
	60_000,
);

testOnDisk(
	'a writer that ended before the minute is over is in it, and what it wrote not in that of the shell, too',
	async () => {
		const writer = await writing();
		const machine = passes();
		await writer.write(32 * mib);
		await machine.at(0);
		await machine.at(500);
		await writer.write(16 * mib);

		// Every process has had its turn by then, also among two thousand.
		for (let at = 1; at <= 40; at++) {
			await machine.at(at * 1000);
		}

		await writer.end(8 * mib);
		await machine.at(41_000);
		await machine.at(60_000);
		expect(machine.row(writer.dd)?.state).toBe('X');
		expect(machine.written(writer.dd)).toBeGreaterThanOrEqual((16 * mib) / 60);
		expect(machine.written(writer.dd)).toBeLessThan((17 * mib) / 60);
		expect(machine.written(writer.pid)).toBeGreaterThanOrEqual((8 * mib) / 60);
		expect(machine.written(writer.pid)).toBeLessThan((9 * mib) / 59);
	},
	60_000,
);

testWith('sh')(
	'a shell that used a second of CPU and ended is in its minute',
	async () => {
		const shell = spawn('sh', ['-c', 'while :; do :; done'], {stdio: 'ignore'});
		onTestFinished(() => void shell.kill());
		const pid = shell.pid ?? 0;
		const ticks = () =>
			Number(
				proc(pid, 'stat')
					.replace(/^.*\) /s, '')
					.split(' ')[11],
			);
		const machine = passes();
		await machine.at(0);
		await machine.at(500);
		const before = ticks();
		await until('it has used a second', () => ticks() >= before + 100);
		await machine.at(1000);
		shell.kill();
		await once(shell, 'exit');
		await machine.at(2000);
		await machine.at(60_000);
		expect(machine.row(pid)).toMatchObject({state: 'X', name: 'sh'});
		// 100 ticks of 1/100 s in 60 s, and what it used until it was seen.
		expect(machine.row(pid)?.cpuPercent).toBeGreaterThanOrEqual(100 / 60);
		expect(machine.row(pid)?.cpuPercent).toBeLessThan(1000 / 60);
	},
	60_000,
);
