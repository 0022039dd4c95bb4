import type {Delivery, Message, NotifyStage} from '../../src/core/notifier.js';
import {command} from '../../src/notifiers/command.js';
import {asItIs} from '../helpers/ask.js';
import {message} from './messages.js';

export type Asked = {readonly signal?: AbortSignal; readonly hide?: (text: string) => string; readonly told?: Message};

/** A script, and what it is given as `$1` and so on. */
export const shell = (script: string, ...args: string[]) => ['/bin/sh', '-c', script, 'script', ...args];

/** What comes of telling a program, and the stages on the way. */
export async function tell(program: readonly string[], {signal, hide = asItIs, told = message}: Asked = {}) {
	const stages: NotifyStage[] = [];
	const options = command.options.strict().parse({command: program});
	const [recipient = ''] = command.recipients(options);
	const delivery = await command.start(options)(told, recipient, {
		signal: signal ?? AbortSignal.timeout(20_000),
		now: () => performance.now(),
		hide,
		onStage: stage => stages.push(stage),
	});
	return {delivery, stages};
}

/** What comes of telling a script. */
export const deliveryOf = async (script: string, asked?: Asked): Promise<Delivery> =>
	(await tell(shell(script), asked)).delivery;
/** It is to be tried later. */
export const later = (reason: string, isUndecided = false) => ({kind: 'later', reason, scope: 'channel', isUndecided});
