import {bytesOf} from '../core/bytes-of.js';
import type {Ask, CheckStatus} from '../core/check.js';
import {attemptOf, type HardState, hardState, noResults} from '../core/hard-state.js';
import type {Reached} from '../core/monitor-impaired.js';
import {type Safe, safeText} from '../core/safe.js';
import {seriesName} from '../core/series.js';
import type {Check, CheckChange} from '../core/snapshot.js';
import {Uptime} from '../core/uptime.js';
import {type AskSurroundings, askOnce, type Run} from './ask-once.js';
import type {PlannedCheck} from './planned-check.js';
import type {Turns} from './turns.js';

/** Results that a row tells of. */
const mostRecent = 60;
const mostChanges = 20;

/** More numbers of one plug-in are not kept. */
const mostPerfdata = 20;

/** Nobody reads more about one service. */
const mostFacts = 200;

/** One that comes to its turn so late was held up by a stall of ours: all that were due meanwhile must not be asked at once, ms. */
const tooLate = 1000;

/** Those are spread over so long, ms. */
const spreadMs = 10_000;

/** The first round is over after so long: nobody wants to wait for a first look, ms. */
const firstRoundMs = 5000;

/** What ends so soon after a beat is asked at once, ms: one that takes all its time, and has as long an interval, must not lose every other beat. */
const stillOnTime = 250;

const letters: Readonly<Record<CheckStatus, string>> = {ok: 'o', warning: 'w', critical: 'c', unknown: 'u'};

export type CheckSurroundings = AskSurroundings & {readonly turns: Turns};

/** One check in the engine's hands: asked on time, never twice at once, ended at its deadline. */
export class CheckRunner {
	check: PlannedCheck;
	readonly #around: CheckSurroundings;
	readonly #ask: Ask;
	readonly #stopped = new AbortController();
	/** Its place among the others, 0 to 1: so that not all are asked at once. */
	#phase = 0;
	/** When its beats would have begun, were the first round not sooner. */
	#beatsFrom: number | undefined;
	#dueAt: number;
	#state: HardState;
	#last: Run | undefined;
	#recent = '';
	#changes: readonly CheckChange[] = [];
	readonly #uptime = new Uptime();
	/** Of performance data, those whose numbers are kept: the first ones. */
	readonly #labels = new Set<string>();
	#row: Check | undefined;
	#callOff: () => void = () => {};

	constructor(check: PlannedCheck, around: CheckSurroundings) {
		this.check = check;
		this.#around = around;
		this.#ask = check.type.start(check.options);
		this.#dueAt = around.clock.now();
		this.#state = noResults(around.clock.now());
	}

	/** Asks from a moment on; `phase` is its place among all, 0 to 1: of the first round, and of every other one. */
	start(from: number, phase: number): void {
		this.#phase = phase;
		this.#beatsFrom = from + phase * this.check.every;
		this.#schedule(from + phase * Math.min(this.check.every, firstRoundMs));
	}

	stop(): void {
		this.#stopped.abort();
		this.#callOff();
	}

	/** Asks now. What it comes to is in the row, too. */
	async runOnce(): Promise<Run> {
		const {run} = askOnce(this.check, this.#ask, this.#around, this.#stopped.signal);
		this.#take(await run);
		return run;
	}

	/** Undefined before the first. */
	get last(): Run | undefined {
		return this.#last;
	}

	get row(): Check {
		this.#row ??= this.#newRow();
		return this.#row;
	}

	/** Undefined before the first result. */
	get reached(): Reached | undefined {
		const {answer, judgement} = this.#last ?? {};
		const isUnreached = answer?.failure?.status === 'critical' && answer.reach?.hasConnected === false;
		return judgement && {status: judgement.status, reach: answer?.reach, isUnreached};
	}

	/** Numbers of the last result. */
	get series(): readonly (readonly [name: string, value: number])[] {
		const {answer, judgement} = this.#last ?? {};
		const {check, type} = this.check;

		if (!answer || !judgement || judgement.status === 'unknown') {
			return [];
		}

		const {measures = {}, perfdata = [], certificate, failure, ms} = answer;
		const days = certificate && (certificate.validTo - this.#around.clock.wall()) / 86_400_000;
		return [
			[seriesName('check.up', check), judgement.isDown ? 0 : 1],
			...(failure || ms === undefined ? [] : [[seriesName('check.time', check), ms] as const]),
			...(days === undefined ? [] : [[seriesName('check.certificate_days', check), days] as const]),
			...Object.entries(measures).flatMap(([name, value]) => {
				const series = type.measures[name]?.series;
				return series === undefined ? [] : [[seriesName(series, check), value] as const];
			}),
			...perfdata.flatMap(({label, value}) => {
				const name = this.#perfdataSeries(label);
				return name === undefined ? [] : [[name, value] as const];
			}),
		];
	}

	/** Undefined for one more label than are kept: a plug-in that has other ones each time must not make ever new series. */
	#perfdataSeries(label: Safe): string | undefined {
		const {check, hide} = this.check;

		if (this.#labels.size < mostPerfdata) {
			this.#labels.add(label);
		}

		return this.#labels.has(label) ? seriesName('check.perfdata', `${check}/${bytesOf(hide(label))}`) : undefined;
	}

	#schedule(due: number): void {
		this.#dueAt = due;
		this.#row = undefined;
		this.#callOff = this.#around.scheduler.at(due, () => this.#due(due));
	}

	#due(due: number): void {
		const {clock, turns} = this.#around;
		const now = clock.now();

		if (now - due > tooLate) {
			this.#schedule(now + this.#phase * Math.min(this.check.every, spreadMs));
			return;
		}

		turns.take(this.check.type.uses, this.#last?.isSlow ?? false, () => this.#run(due));
	}

	async #run(due: number): Promise<void> {
		if (this.#stopped.signal.aborted) {
			return;
		}

		const {run, ended} = askOnce(this.check, this.#ask, this.#around, this.#stopped.signal);
		const taken = await run;

		if (this.#stopped.signal.aborted) {
			return;
		}

		this.#take(taken);
		await ended;

		if (!this.#stopped.signal.aborted) {
			this.#schedule(this.#nextDue(due, taken.startedAt));
		}
	}

	/** Its own beat, or sooner while results say other than the hard state. */
	#nextDue(due: number, startedAt: number): number {
		const {every, retryEvery} = this.check;
		const now = this.#around.clock.now();
		const period = attemptOf(this.#state, this.check) ? Math.min(every, retryEvery) : every;
		const from = period === every ? (this.#beatsFrom ?? due) : due;
		const least = Math.max(now - stillOnTime, startedAt + period / 2);
		return from + Math.max(0, Math.ceil((least - from) / period)) * period;
	}

	#take(run: Run): void {
		const {status, isDown} = run.judgement;
		const reason = run.judgement.reason && this.check.hide(run.judgement.reason);
		const before = this.#state.status;
		const most = Math.max(2 * this.check.every, 60_000);
		this.#last = run;
		this.#row = undefined;
		this.#recent = (this.#recent + letters[status]).slice(-mostRecent);
		this.#uptime.add(status === 'unknown' ? undefined : !isDown, run.startedAt, most);
		this.#state = hardState(this.#state, status, run.startedAt, this.check);

		if (this.#state.status !== before) {
			const change = {at: this.#wallOf(this.#state.since), status: this.#state.status, ...(reason && {reason})};
			this.#changes = [change, ...this.#changes].slice(0, mostChanges);
		}
	}

	/** The wall clock at a moment of the monotonic one, as it is set now. */
	#wallOf(at: number): number {
		const {clock} = this.#around;
		return Math.round(clock.wall() - (clock.now() - at));
	}

	#newRow(): Check {
		const {check, name, hide} = this.check;
		const attempt = attemptOf(this.#state, this.check);
		const uptime = this.#uptime.value;
		return {
			check,
			name,
			type: safeText(this.check.type.type),
			status: this.#state.status,
			since: this.#wallOf(this.#state.since),
			...(this.#last && {result: resultOf(this.#last, hide)}),
			...(attempt && {attempt}),
			dueAt: this.#wallOf(this.#dueAt),
			...(uptime && {uptime}),
			recent: this.#recent,
			changes: this.#changes,
		};
	}
}

function resultOf({answer, judgement, at}: Run, hide: PlannedCheck['hide']): NonNullable<Check['result']> {
	const {status, reason, conditions} = judgement;
	const {text, failure, ms, stages = [], certificate, facts = []} = answer;
	return {
		status,
		at,
		text: hide(text),
		...(reason && {reason: hide(reason)}),
		// How long a refusal took is no response time.
		...(ms !== undefined && !failure && {ms}),
		stages,
		conditions: conditions.map(condition => ({...condition, text: hide(condition.text)})),
		...(certificate && {
			certificate: {...certificate, subject: hide(certificate.subject), issuer: hide(certificate.issuer)},
		}),
		facts: facts.slice(0, mostFacts).map(({label, value}) => ({label: hide(label), value: hide(value)})),
	};
}
