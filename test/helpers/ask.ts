import {readdirSync} from 'node:fs';
import {setImmediate} from 'node:timers/promises';
import {onTestFinished} from 'vitest';
import type {Answer, Ask, CheckType} from '../../src/core/check.js';
import type {Host} from '../../src/core/host.js';
import type {Redact} from '../../src/core/redact.js';
import {local} from '../../src/hosts/local.js';

export type AskOptions = {
	/** ms until its time is up. */
	readonly timeout?: number;
	readonly host?: Host;
	/** The wall clock, ms since 1970. */
	readonly wall?: number;
	/** Takes secrets out of what a service said. */
	readonly hide?: Redact;
};

/** Where there are no secrets. */
export const asItIs: Redact = text => text;

/** A check with these options, as the configuration would make it. @throws what its schema says. */
export async function checkOf(type: CheckType, options: object): Promise<Ask> {
	return type.start(await type.options.strict().parseAsync(options));
}

/** Asks once, as the engine does it: aborted when its time is up. */
export async function askOnce(
	ask: Ask,
	{timeout = 5000, host = local(), wall, hide = asItIs}: AskOptions = {},
): Promise<Answer> {
	const controller = new AbortController();
	const timer = setTimeout(() => controller.abort(), timeout);

	try {
		return await ask({
			host,
			now: () => performance.now(),
			wall: () => wall ?? Date.now(),
			signal: controller.signal,
			timeout,
			hide,
		});
	} finally {
		clearTimeout(timer);
	}
}

/** One answer of a check with these options. */
export async function answerOf(type: CheckType, options: object, asked: AskOptions = {}): Promise<Answer> {
	return askOnce(await checkOf(type, options), asked);
}

/**
 * An answer to a question that hangs, and how long it took: it must end at its deadline plus 250 ms at most, and leave no descriptor behind.
 */
export async function hangingAnswer(type: CheckType, options: object, timeout = 300) {
	const ask = await checkOf(type, options);
	// What is loaded with the first question stays.
	await askOnce(ask, {timeout});
	await setImmediate();
	const before = descriptors();
	const from = performance.now();
	const answer = await askOnce(ask, {timeout});
	const ms = performance.now() - from;

	for (let turn = 0; turn < 50 && descriptors() > before; turn++) {
		await setImmediate();
	}

	return {answer, isInTime: ms <= timeout + 250, left: Math.max(0, descriptors() - before)};
}

/** Open descriptors of this process. */
export function descriptors(): number {
	return readdirSync('/proc/self/fd').length;
}

/** Ends something when the test has. */
export function closing<T extends {close(): unknown}>(server: T): T {
	onTestFinished(() => {
		server.close();
	});
	return server;
}
