import {spawn} from 'node:child_process';
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

const what =
	'what a process writes is in its minute, and what it wrote before is not in that of the shell that waited for it';

(isOnDisk
	? testWith('dd', 'sh', '/proc/self/io')
	: (name: string) => test.skip(`${name} (needs a temporary folder on a disk)`))(
	what,
	async () => {
		const writer = await writing();
		const host = local();
		const collect = sampler.start();
		/** Bytes per second of a process in the minute that has ended; undefined when it is not in it. */
		const pass = async (at: number) => {
			const rows: readonly Process[] = (await collect(host, contextAt(at))).tables?.minute?.processes ?? [];
			return (pid: number) => {
				const disk = rows.find(row => row.pid === pid)?.disk;
				return disk === 'denied' ? undefined : disk?.written;
			};
		};
		await writer.write(32 * mib);
		await pass(0);
		await pass(500);
		await writer.write(16 * mib);
		const first = await pass(60_000);
		// A little more than what it wrote: the file system's own blocks count, too.
		expect(first(writer.dd)).toBeGreaterThanOrEqual((16 * mib) / 59.5);
		expect(first(writer.dd)).toBeLessThan((17 * mib) / 59.5);
		await writer.end(8 * mib);
		const second = await pass(120_000);
		expect(second(writer.dd)).toBeUndefined();
		expect(second(writer.pid)).toBeGreaterThanOrEqual((8 * mib) / 60);
		expect(second(writer.pid)).toBeLessThan((9 * mib) / 60);
	},
	60_000,
);
