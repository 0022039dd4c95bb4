import type {Answer, Ask} from '../core/check.js';
import {codeOf, messageOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {type Judgement, judgeCheck} from '../core/judge-check.js';
import type {Redact} from '../core/redact.js';
import {safe, safeText} from '../core/safe.js';
import type {Clock} from './clock.js';
import type {PlannedCheck} from './planned-check.js';
import {type Scheduler, stallMs} from './scheduler.js';

/** What is told to end has so long to do it, ms. */
const endMs = 250;

export type AskSurroundings = {readonly host: Host; readonly clock: Clock; readonly scheduler: Scheduler};

/** One run of a check, judged. */
export type Run = {
	readonly answer: Answer;
	readonly judgement: Judgement;
	/** Monotonic, ms. */
	readonly startedAt: number;
	/** Wall clock, ms. */
	readonly at: number;
	/** It took all the time it has. */
	readonly isSlow: boolean;
};

/**
 * Asks once, until the check's time is up; what does not end then is given up.
 * @returns the run, and what ends when the question really has: the same as the run, but for what does not end when it is told to.
 */
export function askOnce(
	check: PlannedCheck,
	ask: Ask,
	around: AskSurroundings,
	stopped: AbortSignal,
): {run: Promise<Run>; ended: Promise<unknown>} {
	const {clock, scheduler, host} = around;
	const [startedAt, at] = [clock.now(), clock.wall()];
	const controller = new AbortController();
	const abort = () => controller.abort();
	stopped.addEventListener('abort', abort, {once: true});

	if (stopped.aborted) {
		abort();
	}

	const {signal} = controller;
	const {hide} = check.criteria;
	const context = {host, now: clock.now, wall: clock.wall, signal, timeout: check.timeout, hide};
	// Times that are measured across a stall say nothing, also where nothing was due in it.
	const unwatch = scheduler.watch();
	const answering = answerOf(() => ask(context), hide);
	let callOff = () => {};
	const givenUp = new Promise<Answer>(resolve => {
		callOff = deadline(
			startedAt + check.timeout,
			around,
			() => {
				abort();
				return clock.now() + endMs;
			},
			() => resolve(endless()),
		);
	});
	const run = Promise.race([answering, givenUp]).then(answer => {
		callOff();
		unwatch();
		stopped.removeEventListener('abort', abort);
		const judgement = judgeCheck(answer, check.criteria, scheduler.stalledAt >= startedAt);
		return {answer, judgement, startedAt, at, isSlow: signal.aborted};
	});
	return {run, ended: answering};
}

/**
 * Calls `abort` when time is up and `giveUp` at the moment that it names. When the deadline itself comes late, we were the ones who stood
 * still, and answers may lie there unread: they get a moment more.
 */
function deadline(
	due: number,
	{clock, scheduler}: AskSurroundings,
	abort: () => number,
	giveUp: () => void,
): () => void {
	let callOff = scheduler.at(due, () => {
		const end = () => {
			callOff = scheduler.at(abort(), giveUp);
		};

		if (clock.now() - due > stallMs) {
			callOff = scheduler.at(clock.now() + stallMs, end);
		} else {
			end();
		}
	});
	return () => callOff();
}

/** A check that throws is our bug; it must not take the others along. */
async function answerOf(ask: () => Promise<Answer>, hide: Redact): Promise<Answer> {
	try {
		return await ask();
	} catch (error) {
		const code = codeOf(error);

		// What asks is loaded with the first question, which takes a descriptor, too.
		if (code === 'EMFILE' || code === 'ENFILE') {
			const reason = safe`not asked: no file descriptor is left to healthtop (${safeText(code)})`;
			return {values: {}, text: safe``, failure: {status: 'unknown', reason}};
		}

		const reason = safe`this check failed, which is a bug of healthtop: ${safeText(hide(messageOf(error)))}`;
		return {values: {}, text: safe``, failure: {status: 'unknown', reason}};
	}
}

function endless(): Answer {
	const reason = safe`not judged: the check did not end when its time was up`;
	return {values: {}, text: safe``, failure: {status: 'unknown', reason}};
}
