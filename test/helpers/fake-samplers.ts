import type {Collect, Sample, Sampler} from '../../src/core/sampler.js';

/** A sampler that answers with a series of its own name, 1, 2, 3 ... */
export function counting(name: string, changes: Partial<Sampler> = {}): Sampler {
	return {
		name,
		start() {
			let count = 0;
			return () => {
				count += 1;
				return {series: [[`${name}.count`, count]]};
			};
		},
		...changes,
	};
}

/** A sampler made of one function, which is called for every reading. */
export function sampling(name: string, collect: Collect, changes: Partial<Sampler> = {}): Sampler {
	return {name, start: () => collect, ...changes};
}

/** Readings that answer when the test says so. */
type Pending = {
	readonly signal: AbortSignal;
	answer(sample: Sample): void;
	fail(error: unknown): void;
};

/** An asynchronous sampler whose readings stay open; `obedient` ones end when they are told to. */
export function slow(name: string, {isObedient = false, ...changes}: Partial<Sampler> & {isObedient?: boolean} = {}) {
	const open: Pending[] = [];
	const sampler = sampling(
		name,
		(_, {signal}) =>
			new Promise<Sample>((answer, fail) => {
				open.push({signal, answer, fail});

				if (isObedient) {
					signal.addEventListener('abort', () => fail(signal.reason));
				}
			}),
		changes,
	);
	return {sampler, open};
}
