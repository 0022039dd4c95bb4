import type {LogFields, LogLevel} from '../core/log.js';
import type {Problem} from '../core/snapshot.js';

/** The same source is said to fail at most so often, ms. */
const sayAgainAfter = 60_000;

/** What should be said of a problem. */
export type ProblemLine = {
	readonly level: Extract<LogLevel, 'info' | 'warn'>;
	readonly message: string;
	readonly fields: LogFields;
};

/** What was said of one area and source. Times of the monotonic clock, ms. */
type Told = {
	readonly problem: Problem;
	/** When it was last said to have appeared. */
	readonly saidAt: number;
	/** False once it was said to have disappeared. */
	readonly isOpen: boolean;
};

/**
 * Compares the problems of each snapshot with those before and says what is new and what is over: each once, and of one that
 * comes and goes at most one appearance and one disappearance a minute. A reason that only changes (`stale 41s`) is nothing new.
 */
export class ProblemLog {
	readonly #told = new Map<string, Told>();

	/** The lines for the problems that there are `now` (monotonic, ms). */
	next(problems: readonly Problem[], now: number): readonly ProblemLine[] {
		const present = new Map(problems.toReversed().map(problem => [keyOf(problem), problem]));
		return [...this.#disappeared(present, now), ...this.#appeared(present, now)];
	}

	*#disappeared(present: ReadonlyMap<string, Problem>, now: number): Iterable<ProblemLine> {
		for (const [key, {problem, saidAt, isOpen}] of this.#told) {
			if (present.has(key)) {
				continue;
			}

			if (isOpen) {
				this.#told.set(key, {problem, saidAt, isOpen: false});
				const fields = {...fieldsOf(problem), seconds: Math.round((now - saidAt) / 1000)};
				yield {level: 'info', message: 'problem disappeared', fields};
			} else if (now - saidAt >= sayAgainAfter) {
				this.#told.delete(key);
			}
		}
	}

	*#appeared(present: ReadonlyMap<string, Problem>, now: number): Iterable<ProblemLine> {
		for (const [key, problem] of present) {
			const told = this.#told.get(key);

			if (told && (told.isOpen || now - told.saidAt < sayAgainAfter)) {
				continue;
			}

			this.#told.set(key, {problem, saidAt: now, isOpen: true});
			yield {
				level: problem.isNote ? 'info' : 'warn',
				message: problem.isNote ? 'cannot be seen' : 'problem appeared',
				fields: fieldsOf(problem),
			};
		}
	}
}

function keyOf({area, source}: Problem): string {
	return `${area}\n${source}`;
}

function fieldsOf({area, source, reason}: Problem): LogFields {
	return {area, source, reason};
}
