import {monitorImpaired} from '../core/monitor-impaired.js';
import type {Safe} from '../core/safe.js';
import type {Check, Tables} from '../core/snapshot.js';
import type {AskSurroundings, Run} from './ask-once.js';
import {CheckRunner} from './check-runner.js';
import type {PlannedCheck} from './planned-check.js';
import {type Concurrency, Turns} from './turns.js';

/** What may change while it runs. */
export type CheckSettings = {readonly checks: readonly PlannedCheck[]; readonly concurrency: Concurrency};

/** What a check came to when it was asked. */
export type Asked = {readonly check: PlannedCheck; readonly run: Run};

/** Every check there is, each on its own schedule, and how they stand. */
export class CheckAll {
	readonly #around: AskSurroundings;
	readonly #turns: Turns;
	#runners: readonly CheckRunner[];
	#isStarted = false;
	#rows: readonly Check[] = [];
	/** Rows of those that are blocked, by the row that they were made of. */
	#blocked = new WeakMap<Check, Check>();

	constructor({checks, concurrency}: CheckSettings, around: AskSurroundings) {
		this.#around = around;
		this.#turns = new Turns(concurrency);
		this.#runners = checks.map(check => this.#newRunner(check));
	}

	/** Asks from this moment on (monotonic, ms), all of them within the first seconds. */
	start(from: number): void {
		this.#isStarted = true;

		for (const [index, runner] of this.#runners.entries()) {
			runner.start(from, index / this.#runners.length);
		}
	}

	/** Those that are the same go on with all they know; what is gone is given up. */
	configure({checks, concurrency}: CheckSettings): void {
		const before = new Map(this.#runners.map(runner => [runner.check.key, runner]));
		this.#turns.configure(concurrency);
		this.#runners = checks.map((check, index) => {
			const same = before.get(check.key);
			before.delete(check.key);

			if (same) {
				// There may be other secrets to hide.
				same.check = check;
				return same;
			}

			const runner = this.#newRunner(check);

			if (this.#isStarted) {
				runner.start(this.#around.clock.now(), index / checks.length);
			}

			return runner;
		});

		for (const gone of before.values()) {
			gone.stop();
		}
	}

	stop(): void {
		for (const runner of this.#runners) {
			runner.stop();
		}
	}

	/** Asks those that have not been asked, and those again that `isMeant` picks of what they came to; as many at a time as may be. */
	async askAll(isMeant?: (asked: Asked) => boolean): Promise<readonly Asked[]> {
		return Promise.all(
			this.#runners.map(async runner => {
				const {check, last} = runner;
				return last && !isMeant?.({check, run: last}) ? {check, run: last} : {check, run: await this.#askOne(runner)};
			}),
		);
	}

	#askOne(runner: CheckRunner): Promise<Run> {
		return new Promise(resolve => {
			this.#turns.take(runner.check.type.uses, false, async () => resolve(await runner.runOnce()));
		});
	}

	/** How they stand, in the order of the configuration: the same list as long as nothing in it has changed. */
	get tables(): Pick<Tables, 'checks' | 'impaired'> {
		const failed = this.#failed();
		const rows = this.#runners.map(runner => this.#rowOf(runner, failed));
		const isSame = rows.length === this.#rows.length && rows.every((row, index) => row === this.#rows[index]);
		this.#rows = isSame ? this.#rows : rows;
		const impaired = monitorImpaired(this.#runners.flatMap(({reached}) => (reached ? [reached] : [])));
		return {checks: this.#rows, ...(impaired && {impaired})};
	}

	/** True when the last question of that check would have left the machine, or got lost on the way. */
	isRemote(check: string): boolean {
		const reach = this.#runners.find(runner => runner.check.check === check)?.reached?.reach;
		return reach !== undefined && !reach.isLoopback;
	}

	/** Numbers of the last results. */
	*series(): Iterable<readonly [name: string, value: number]> {
		for (const {series} of this.#runners) {
			yield* series;
		}
	}

	#newRunner(check: PlannedCheck): CheckRunner {
		return new CheckRunner(check, {...this.#around, turns: this.#turns});
	}

	/** Those that others cannot do without, and that have failed. */
	#failed(): ReadonlyMap<string, Safe> {
		const failed = this.#runners.filter(({row}) => row.status === 'critical');
		return new Map(failed.map(({check: {check, name}}) => [check, name]));
	}

	#rowOf({row, check: {dependsOn}}: CheckRunner, failed: ReadonlyMap<string, Safe>): Check {
		const isWell = row.status === 'ok' && row.result?.status === 'ok';
		const blockedBy = isWell ? undefined : dependsOn.map(name => failed.get(name)).find(name => name !== undefined);

		if (blockedBy === undefined) {
			return row;
		}

		const before = this.#blocked.get(row);
		const blocked = before?.blockedBy === blockedBy ? before : {...row, blockedBy};
		this.#blocked.set(row, blocked);
		return blocked;
	}
}
