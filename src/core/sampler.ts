import type {Filter} from './filter.js';
import type {Host} from './host.js';
import type {Problem, Tables} from './snapshot.js';

/** Some processes. */
export type Pids = Pick<ReadonlySet<number>, 'has'>;

export const everyPid: Pids = {has: () => true};

/** What nobody needs but a view that shows it, and is dear: addresses of interfaces, who listens on which port. */
export type Detail = 'addresses' | 'listeners';

/** Some of these. */
export type Details = Pick<ReadonlySet<Detail>, 'has'>;

/** What a sampler may know besides the host. */
export type SampleContext = {
	/** Monotonic, milliseconds. */
	readonly now: () => number;
	/** Wall clock, milliseconds since 1970. */
	readonly wall: () => number;
	/** Aborted by the engine when the sampler's time is up. */
	readonly signal: AbortSignal;
	/** Hands over what is known already, when the rest may take long: it counts until the reading has ended. */
	readonly interim: (sample: Sample) => void;
	readonly filters: {readonly mounts: Filter; readonly devices: Filter; readonly interfaces: Filter};
	/** Pids that a view shows now: the only ones for which what is dear to read is read. */
	readonly visible: Pids;
	/** What a view shows now, and is read only then. */
	readonly wanted: Details;
	/** How late the tick began, ms: the time in which the program could do nothing. */
	readonly lag: number;
};

/** What one reading of an area, compared with the one before, amounts to. */
export type Sample = {
	readonly series: readonly (readonly [name: string, value: number])[];
	readonly tables?: Partial<Tables>;
	/** Cores online, from the sampler that counts them. */
	readonly cores?: number;
	/** Parts of the area that could not be read while the rest could. */
	readonly problems?: readonly Problem[];
};

/** One reading and when it was taken (monotonic, ms). */
export type Reading<Raw> = {readonly raw: Raw; readonly at: number};

/** Reads the area once and compares with what it read the last time. The engine owns it and calls it, never twice at once. */
export type Collect = (host: Host, context: SampleContext) => Sample | Promise<Sample>;

/** One area of a host. Made by `defineSampler`, or by hand where state must live longer than one reading. */
export type Sampler = {
	/** The area: the first word of its series. */
	readonly name: string;
	/** Shortest time between two readings, ms; absent: every tick. */
	readonly every?: number;
	/** For an asynchronous one: how long a reading may take, ms. */
	readonly timeout?: number;
	/** For an asynchronous one: the tick that starts a reading is not held up by it, and the next one has its result. */
	readonly isAside?: true;
	/** A collector without a past. */
	readonly start: () => Collect;
};

/** A sampler in two halves: an impure `read` and a pure `sample` of this reading and the one before. */
export type SamplerParts<Raw> = Omit<Sampler, 'start'> & {
	readonly read: (host: Host, context: SampleContext) => Raw;
	readonly sample: (current: Reading<Raw>, previous: Reading<Raw> | undefined) => Sample;
};

/** Binds the two halves, and keeps the last reading between them. A reading that threw leaves no trace: its rates are a gap. */
export function defineSampler<Raw>({read, sample, ...rest}: SamplerParts<Raw>): Sampler {
	return {
		...rest,
		start() {
			let previous: Reading<Raw> | undefined;

			return (host, context) => {
				const before = previous;
				previous = undefined;
				const at = context.now();
				previous = {raw: read(host, context), at};
				return sample(previous, before);
			};
		},
	};
}
