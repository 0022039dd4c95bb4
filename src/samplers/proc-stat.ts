import {ParseError} from '../core/errors.js';

/** Where the times of the cores are. */
export const source = '/proc/stat';

/** Jiffies since boot of one row of /proc/stat, in the kernel's order. Rows of kernels before 2.6.11 have fewer; those are 0. */
export type CpuTimes = {
	readonly user: number;
	readonly nice: number;
	readonly system: number;
	readonly idle: number;
	readonly iowait: number;
	readonly irq: number;
	readonly softirq: number;
	readonly steal: number;
};

/** All cores together, each core that is online by its number, and counters since boot. */
export type CpuRaw = {
	readonly all: CpuTimes;
	readonly cores: ReadonlyMap<number, CpuTimes>;
	/** Context switches. */
	readonly switches: number | undefined;
	/** Processes and threads made. */
	readonly forks: number | undefined;
};

/** Reads the rows `cpu`, `cpuN`, `ctxt` and `processes` of /proc/stat (proc(5)). @throws ParseError when there is no row for all cores together. */
export function parseStat(text: string): CpuRaw {
	const cores = new Map<number, CpuTimes>();
	let all: CpuTimes | undefined;

	for (let start = 0; text.startsWith('cpu', start); start = text.indexOf('\n', start) + 1) {
		const end = text.indexOf('\n', start);
		const [name = '', ...fields] = text.slice(start, end < 0 ? undefined : end).split(/ +/);
		const times = timesOf(fields);

		if (name === 'cpu') {
			all = times;
		} else {
			cores.set(Number(name.slice(3)), times);
		}

		if (end < 0) {
			break;
		}
	}

	if (!all) {
		throw new ParseError(source, "has no row 'cpu'");
	}

	return {all, cores, switches: counterOf(text, 'ctxt'), forks: counterOf(text, 'processes')};
}

/** These rows come behind one of interrupts, which on a large machine is longer than all others together. */
function counterOf(text: string, name: string): number | undefined {
	const start = text.lastIndexOf(`\n${name} `);
	const value =
		start < 0 ? Number.NaN : Number.parseInt(text.slice(start + name.length + 2, start + name.length + 24), 10);
	return Number.isNaN(value) ? undefined : value;
}

function timesOf(fields: readonly string[]): CpuTimes {
	// guest and guest_nice (fields 9 and 10) are left out: the kernel counts them in user and nice already.
	const numbers = fields.slice(0, 8).map(Number);
	const [user, nice, system, idle, iowait = 0, irq = 0, softirq = 0, steal = 0] = numbers;

	if (
		user === undefined ||
		nice === undefined ||
		system === undefined ||
		idle === undefined ||
		!numbers.every(Number.isFinite)
	) {
		throw new ParseError(source, `has a row that is not numbers: '${fields.join(' ')}'`);
	}

	return {user, nice, system, idle, iowait, irq, softirq, steal};
}
