import {baseOf} from './series.js';

/** How many series have points for days; of the others only the last minutes are known. */
export const mostKept = 100;

/** How many processes of each minute are remembered. */
export const mostProcesses = 20;

/** The main numbers of a machine, the most telling first. */
export const mainSeries: readonly string[] = [
	'cpu.used',
	'load.1',
	'load.5',
	'load.per_core',
	'memory.used',
	'memory.available',
	'memory.total',
	'swap.used',
	'swap.total',
	'cpu.user',
	'cpu.system',
	'cpu.iowait',
	'cpu.steal',
	'memory.cached',
	'swap.in',
	'swap.out',
	'pressure.cpu',
	'pressure.memory',
	'pressure.memory_full',
	'pressure.io',
	'pressure.io_full',
	'container.memory_used',
	'container.cpu_used',
	'process.count',
	'process.running',
	'process.blocked',
	'process.zombies',
	'thread.count',
	'tcp.established',
	'tcp.retransmits',
	'conntrack.used',
	'files.open',
	'unit.failed',
	'self.cpu',
	'self.memory',
	'self.lag',
];

/** The main numbers of each check, disk, interface and sensor, by base name. Totals, sizes and single cores are not worth days. */
export const mainInstances: readonly string[] = [
	'check.up',
	'check.time',
	'disk.used',
	'network.received',
	'network.sent',
	'io.busy',
	'io.read',
	'io.written',
	'io.latency',
	'disk.free',
	'temperature',
	'disk.inodes_used',
	'network.errors',
	'network.drops',
];

type Names = {has(name: string): boolean};

const nobody: Names = {has: () => false};

/** A series that wants a place, and the four numbers by which it gets one: the smaller comes first. */
type Candidate = {
	readonly name: string;
	/** 0 named by the configuration, 1 a number of the machine, 2 one of its parts. */
	readonly group: number;
	/** 0 when it has a place already. */
	readonly isNew: number;
	/** 0 for the first instance of its base name, 1 for the second: fifty mounts leave room for the one network card. */
	readonly round: number;
	readonly rank: number;
};

/**
 * Which of the series that are there (each named once) are kept, at most `limit`: those that the configuration names (a name without instance means all
 * its instances), then the main ones. Instances come in the order of `present`, in turns: the first of every base name, then the second.
 *
 * A series that is in `before` stays, as long as no series of a better group needs its place: the CPU's numbers need two readings and so
 * come after the disks', and swap may be switched on after a month.
 */
export function keptSeries(
	present: Iterable<string>,
	configured: readonly string[] = [],
	limit = mostKept,
	before: Names = nobody,
): ReadonlySet<string> {
	const candidates: Candidate[] = [];
	const rounds = new Map<string, number>();

	for (const name of present) {
		const wish = wishOf(name, configured);

		if (wish) {
			const round = rounds.get(wish.by) ?? 0;
			rounds.set(wish.by, round + 1);
			candidates.push({name, group: wish.group, isNew: before.has(name) ? 0 : 1, round, rank: wish.rank});
		}
	}

	candidates.sort((a, b) => a.group - b.group || a.isNew - b.isNew || a.round - b.round || a.rank - b.rank);
	return new Set(candidates.slice(0, limit).map(({name}) => name));
}

/** The name `by` which a series is wanted, and where that stands in its list. */
type Wish = {readonly by: string; readonly group: number; readonly rank: number};

/** Undefined for a series that nobody wants to keep. */
function wishOf(series: string, configured: readonly string[]): Wish | undefined {
	const base = baseOf(series);
	return (
		wishIn(configured, series, 0) ??
		wishIn(configured, base, 0) ??
		wishIn(mainSeries, series, 1) ??
		wishIn(mainInstances, base, 2)
	);
}

function wishIn(list: readonly string[], by: string, group: number): Wish | undefined {
	const rank = list.indexOf(by);
	return rank < 0 ? undefined : {by, group, rank};
}
