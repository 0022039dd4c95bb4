import type {Delivery, Notify, NotifyStage} from '../core/notifier.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {CommandOptions} from './command.js';
import {deliveryOf} from './command-delivery.js';
import {messageJson} from './command-message.js';
import {runNotifyCommand} from './run-notify-command.js';

/** Runs the program with the message on its standard input. */
export function tellCommand({command}: CommandOptions): Notify {
	return async (message, recipient, {signal, hide, onStage}) => {
		onStage?.({name: safe`start`, text: safeText(hide(recipient))});
		const delivery = deliveryOf(await runNotifyCommand(command, messageJson(message), signal), hide);
		onStage?.(stageOf(delivery));
		return delivery;
	};
}

function stageOf(delivery: Delivery): NotifyStage {
	const name = safe`end`;
	return delivery.kind === 'accepted'
		? {name, text: delivery.response}
		: {name, text: delivery.reason, isFailure: true, ...adviceOf(delivery.kind)};
}

function adviceOf(kind: Exclude<Delivery['kind'], 'accepted'>): {readonly advice?: Safe} {
	switch (kind) {
		case 'broken':
			return {advice: safe`mend the program or its place below notify; then try again`};
		case 'refused':
			return {advice: safe`the program wants no such message: exit 75 would be later, 0 accepted`};
		case 'later':
			return {};
	}
}
