import {setImmediate} from 'node:timers/promises';
import type {Delivery, Message, NotifierType, Notify, NotifyStage} from '../../src/core/notifier.js';
import type {Redact} from '../../src/core/redact.js';
import {asItIs, descriptors} from './ask.js';
import {message} from './messages.js';

export type ToldOptions = {
	readonly message?: Message;
	readonly recipient?: string;
	/** ms until its time is up. */
	readonly timeout?: number;
	readonly signal?: AbortSignal;
	readonly hide?: Redact;
	readonly onStage?: (stage: NotifyStage) => void;
};

/** How a try ended, what was said on the way, and what it left open. */
export type Told = {
	readonly delivery: Delivery;
	readonly stages: readonly NotifyStage[];
	/** Descriptors. */
	readonly left: number;
	readonly timers: number;
	readonly ms: number;
};

/** A notifier with these options, as the configuration would make it. @throws what its schema says. */
export async function notifierOf(type: NotifierType, options: object): Promise<Notify> {
	return type.start(await type.options.strict().parseAsync(options));
}

/** Tells once, as the engine does it: aborted when its time is up. */
export async function told(notify: Notify, options: ToldOptions = {}): Promise<Told> {
	const {recipient = 'ops@example.com', timeout = 20_000, hide = asItIs} = options;
	const stages: NotifyStage[] = [];
	const before = descriptors();
	const timersBefore = timers();
	const from = performance.now();
	const signal = options.signal ?? AbortSignal.timeout(timeout);
	const onStage = (stage: NotifyStage) => {
		stages.push(stage);
		options.onStage?.(stage);
	};
	const context = {signal, now: () => performance.now(), hide, onStage};
	const delivery = await notify(options.message ?? message(), recipient, context);
	const ms = performance.now() - from;

	// The kernel's part of closing takes some turns; servers of the test in this process have theirs.
	for (let turn = 0; turn < 200 && descriptors() > before; turn++) {
		await setImmediate();
	}

	return {
		delivery,
		stages,
		left: Math.max(0, descriptors() - before),
		timers: Math.max(0, timers() - timersBefore),
		ms,
	};
}

function timers(): number {
	return process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
}
