import {cpSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {users, workers} from './processes.mjs';

/** @import {Worker} from './processes.mjs' */

const recorded = fileURLToPath(new URL('../../test/fixtures/trees/web-01/before', import.meta.url));

const ticksPerSecond = 100;
const pageBytes = 4096;
const sectorBytes = 512;

/** How the work is spread over four cores. */
const shares = [0.22, 0.38, 0.17, 0.23];

/** How much more than the processes' own time the kernel's interrupts and others' use of the core take, in percent of a core. */
const besides = {softirq: 3, steal: 1.2, iowait: 7};

/** Of a process' time, what it spends in the kernel. */
const systemShare = 0.28;

/**
 * A number from 0 to below 1 that is always the same for these two.
 *
 * @param {number} channel
 * @param {number} step
 */
function hash(channel, step) {
	const wild = Math.sin(channel * 127.1 + step * 311.7) * 43758.5453;
	return wild - Math.floor(wild);
}

/**
 * Goes up and down between 0 and 1, smoothly, about once in `period` seconds.
 *
 * @param {number} channel
 * @param {number} seconds
 * @param {number} period
 */
function sway(channel, seconds, period) {
	const step = Math.floor(seconds / period);
	const part = seconds / period - step;
	const ease = part * part * (3 - 2 * part);
	return hash(channel, step) * (1 - ease) + hash(channel, step + 1) * ease;
}

/**
 * The recorded machine with more processes, and with counters that go on: a tree for `healthtop --root` in which there are
 * rates. The same at the same second of every run.
 */
export class Machine {
	#folder;
	#seconds = 0;
	/** Counters that are kept here, by name. @type {Map<string, number>} */
	#counters = new Map();
	/** @type {Map<string, {readonly descriptor: number, readonly length: number}>} */
	#files = new Map();
	#bootSeconds;

	/** @param {string} folder to be filled */
	constructor(folder) {
		cpSync(recorded, folder, {recursive: true});
		this.#folder = folder;
		this.#bootSeconds = Number(this.#recorded('proc/uptime').split(' ')[0]);
		writeFileSync(join(folder, 'etc/passwd'), `${this.#recorded('etc/passwd')}${users.join('\n')}\n`);

		for (const worker of workers) {
			this.#write(`proc/${worker.pid}/cmdline`, worker.command && `${worker.command.replaceAll(' ', '\0')}\0`);
			this.#write(
				`proc/${worker.pid}/status`,
				`Name:\t${worker.name}\nUid:\t${`${worker.uid}\t`.repeat(4).trim()}\nFDSize:\t64\n`,
			);
			mkdirSync(join(folder, `proc/${worker.pid}/fd`), {recursive: true});
		}

		for (const [name, text] of Object.entries({operstate: 'up', ifindex: '4', flags: '0x1003', speed: '10000'})) {
			this.#write(`sys/class/net/eth1/${name}`, `${text}\n`);
		}

		this.advance(0);
	}

	/**
	 * Lets time go on to so many seconds after the beginning.
	 *
	 * @param {number} seconds
	 */
	advance(seconds) {
		const passed = seconds - this.#seconds;
		this.#seconds = seconds;
		// People come and go: everybody works more or less at the same time.
		const bustle = 0.45 + 1.1 * sway(1, seconds, 9) ** 1.5;
		let [busy, read, written] = [0, 0, 0];

		for (const worker of workers) {
			const work = bustle * (0.5 + sway(worker.pid, seconds, 4));
			busy += worker.cpu * work;
			read += worker.read * work;
			written += worker.written * work;
			this.#work(worker, work, passed);
		}

		this.#cores(busy, passed);
		this.#memory(bustle);
		this.#disk(read, written, passed);
		this.#network(bustle, passed);
		this.#write('proc/uptime', `${(this.#bootSeconds + seconds).toFixed(2)} 1002557.71\n`);
		const load = (0.6 + busy / 100).toFixed(2);
		this.#write('proc/loadavg', `${load} 1.31 1.12 2/214 8037\n`);
		this.#write('proc/pressure/cpu', pressure(bustle * 1.4, 0));
		this.#write('proc/pressure/io', pressure(bustle * 0.9, bustle * 0.5));
	}

	/**
	 * @param {Worker} worker
	 * @param {number} work times its mean
	 * @param {number} passed
	 */
	#work({pid, name, command, cpu, parent, memoryMib, read, written, threads, startedAt}, work, passed) {
		const ticks = this.#count(`${pid} ticks`, startedAt * 3, (cpu / 100) * work * ticksPerSecond * passed);
		const system = Math.floor(ticks * systemShare);
		const state = cpu > 15 ? 'R' : 'S';
		const started = Math.floor(startedAt * ticksPerSecond);
		const pages = Math.floor((memoryMib * 2 ** 20) / pageBytes);
		const flags = command === '' ? 2129984 : 4194560;
		this.#write(
			`proc/${pid}/stat`,
			[
				`${pid} (${name}) ${state} ${parent} ${pid} ${pid} 0 -1 ${flags} 2904 0 12 0 ${ticks - system} ${system} 0 0 20 0`,
				`${threads} 0 ${started} ${pages * pageBytes * 3} ${pages} 18446744073709551615 1 1 0 0 0 0 0 4096 1256`,
				'0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n',
			].join(' '),
		);
		const readBytes = this.#count(`${pid} read`, 0, read * work * passed);
		const writtenBytes = this.#count(`${pid} written`, 0, written * work * passed);
		this.#write(`proc/${pid}/io`, `read_bytes: ${readBytes}\nwrite_bytes: ${writtenBytes}\n`);
	}

	/**
	 * @param {number} busy percent of a core
	 * @param {number} passed
	 */
	#cores(busy, passed) {
		const rows = shares.map((share, core) => {
			const ticks = passed * ticksPerSecond;
			const used = Math.min(97, busy * share * (0.7 + 0.6 * sway(50 + core, this.#seconds, 3)));
			const parts = {
				user: used * (1 - systemShare),
				nice: 0,
				system: used * systemShare,
				idle: 0,
				iowait: besides.iowait * share * (0.3 + sway(60, this.#seconds, 3)),
				irq: 0,
				softirq: besides.softirq * share,
				steal: besides.steal * share * (0.3 + sway(61, this.#seconds, 5)),
			};
			parts.idle = 100 - Object.values(parts).reduce((sum, part) => sum + part, 0);
			return Object.entries(parts).map(([name, percent]) =>
				this.#count(`core ${core} ${name}`, 100_000, (percent / 100) * ticks),
			);
		});
		const all = (rows[0] ?? []).map((_, field) => rows.reduce((sum, row) => sum + (row[field] ?? 0), 0));
		const lines = [`cpu  ${all.join(' ')} 0 0`, ...rows.map((row, core) => `cpu${core} ${row.join(' ')} 0 0`)];
		const switches = this.#count('switches', 1_514_989, (3000 + 90 * busy) * passed);
		const forks = this.#count('forks', 9057, 6 * passed);
		const boot = Math.floor(Date.now() / 1000 - this.#bootSeconds - this.#seconds);
		const rest = [`ctxt ${switches}`, `btime ${boot}`, `processes ${forks}`, 'procs_running 3', 'procs_blocked 1'];
		this.#write('proc/stat', `${[...lines, ...rest].join('\n')}\n`);
	}

	/** @param {number} bustle */
	#memory(bustle) {
		const available = Math.floor(9_800_000 - 900_000 * bustle - 400_000 * sway(70, this.#seconds, 12));
		this.#write(
			'proc/meminfo',
			this.#recorded('proc/meminfo').replace(/^(MemAvailable:).*$/m, `$1${String(available).padStart(15)} kB`),
		);
	}

	/**
	 * @param {number} read bytes/s
	 * @param {number} written bytes/s
	 * @param {number} passed
	 */
	#disk(read, written, passed) {
		const row = (/** @type {string} */ name, /** @type {number} */ part) => {
			const count = (/** @type {string} */ what, /** @type {number} */ more) =>
				this.#count(`${name} ${what}`, 50_000, more * part * passed);
			const reads = [
				count('reads', read / 24_000),
				0,
				count('in', read / sectorBytes),
				count('read ms', read / 30_000),
			];
			const writes = [count('writes', written / 16_000), 0, count('out', written / sectorBytes)];
			const busyMs = count('busy', 40 + (read + written) / 38_000);
			return `${[name, ...reads, ...writes, count('written ms', written / 14_000), 0, busyMs, busyMs].join(' ')} 0 0 0 0 0 0`;
		};
		this.#write(
			'proc/diskstats',
			`254 0 ${row('vda', 0.82)}\n254 1 ${row('vda1', 0.82)}\n254 16 ${row('vdb', 0.18)}\n`,
		);
	}

	/**
	 * @param {number} bustle
	 * @param {number} passed
	 */
	#network(bustle, passed) {
		const [head = '', more = ''] = this.#recorded('proc/1/net/dev').split('\n');
		const row = (/** @type {string} */ name, /** @type {number} */ received, /** @type {number} */ sent) => {
			const count = (/** @type {string} */ what, /** @type {number} */ rate) =>
				this.#count(`${name} ${what}`, 1_000_000, rate * passed);
			const incoming = `${count('in', received)} ${count('packets in', received / 700)} 0 0 0 0 0 0`;
			return `${name}: ${incoming} ${count('out', sent)} ${count('packets out', sent / 1100)} 0 0 0 0 0 0`;
		};
		const [up, down] = [sway(80, this.#seconds, 6), sway(81, this.#seconds, 5)];
		const lines = [
			...[head, more, row('lo', 410_000 * bustle, 410_000 * bustle)],
			row('eth0', 240_000 + 1_500_000 * bustle * down, 400_000 + 5_200_000 * bustle * up),
			row('eth1', 3_100_000 * down, 900_000 * bustle * up),
		];
		this.#write('proc/1/net/dev', `${lines.join('\n')}\n`);
	}

	/**
	 * A counter after some more, as the kernel shows it: whole.
	 *
	 * @param {string} name
	 * @param {number} first
	 * @param {number} more
	 */
	#count(name, first, more) {
		const value = (this.#counters.get(name) ?? first) + more;
		this.#counters.set(name, value);
		return Math.floor(value);
	}

	/** @param {string} path */
	#recorded(path) {
		return readFileSync(join(recorded, path), 'utf8');
	}

	/**
	 * In one piece and in place: who reads meanwhile, or holds the file open, sees the old or the new text. Nothing may become
	 * shorter, so that empty lines fill it up.
	 *
	 * @param {string} path
	 * @param {string} text
	 */
	#write(path, text) {
		const known = this.#files.get(path);

		if (known) {
			const whole = text.padEnd(known.length, '\n');
			writeSync(known.descriptor, whole, 0, 'latin1');
			this.#files.set(path, {...known, length: whole.length});
			return;
		}

		const file = join(this.#folder, path);
		mkdirSync(dirname(file), {recursive: true});
		writeFileSync(file, text, 'latin1');
		this.#files.set(path, {descriptor: openSync(file, 'r+'), length: text.length});
	}
}

/**
 * @param {number} some
 * @param {number} full percent
 */
function pressure(some, full) {
	const row = (/** @type {number} */ percent) => `avg10=${percent.toFixed(2)} avg60=0.20 avg300=0.17 total=8754237`;
	return `some ${row(some)}\nfull ${row(full)}\n`;
}
