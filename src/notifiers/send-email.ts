import type {Delivery, Message, Notify, NotifyContext} from '../core/notifier.js';
import {safeText} from '../core/safe.js';
import {composedEmail} from './compose-email.js';
import type {EmailOptions} from './email.js';
import {adviceOf} from './mail-advice.js';
import {MailConversation, type MailStage} from './mail-conversation.js';
import {deliveryOf, joinedDelivery, type MailFailure} from './mail-outcome.js';
import {type MailServer, mailServer, serverText} from './mail-server.js';
import {handOver, type Mail, mailCodeOf} from './mail-session.js';
import {failureText} from './mail-words.js';

/** Sends messages by way of the first server that takes them. */
export function sendEmail(options: EmailOptions): Notify {
	const servers = [options.smtp].flat().map(mailServer);

	return async (message: Message, recipient, context) => {
		const raw = await composedEmail(message, recipient, options);
		const failed: Exclude<Delivery, {kind: 'accepted'}>[] = [];

		for (const server of servers) {
			const delivery = await tried({from: options.from, to: recipient, raw}, server, context);

			// The next one only where this one cannot have taken it.
			if (delivery.kind === 'accepted' || (delivery.kind === 'later' && delivery.isUndecided)) {
				return delivery;
			}

			failed.push(delivery);

			if (context.signal.aborted) {
				break;
			}
		}

		return joinedDelivery(failed);
	};
}

async function tried(mail: Mail, server: MailServer, context: NotifyContext): Promise<Delivery> {
	const talk = new MailConversation(server, context);

	try {
		return {kind: 'accepted', response: talk.shown(await handOver(mail, server, talk, context.signal))};
	} catch (error) {
		const failure = failureOf(error, server, talk, context.signal);
		const [reason, advice] = [failureText(failure), adviceOf(failure, server)];
		context.onStage?.({
			name: safeText(failure.stage),
			text: reason,
			isFailure: true,
			...(advice !== undefined && {advice}),
		});
		return deliveryOf(failure, reason);
	}
}

/** Errors without a code are bugs of ours: they are thrown on. */
function failureOf(error: unknown, server: MailServer, talk: MailConversation, signal: AbortSignal): MailFailure {
	const {isSent} = talk;
	const base = {server: serverText(server), isSent};

	if (signal.aborted) {
		return {...base, stage: talk.stage, isAborted: true};
	}

	const code = mailCodeOf(error);

	if (code === undefined) {
		throw error;
	}

	const {command, response, responseCode} = error as Partial<Record<string, unknown>>;
	const isAnswer = typeof responseCode === 'number' && typeof response === 'string';
	// Half an answer at the end of a connection is none.
	const isWhole = isAnswer && !(isSent && command === 'CONN');
	return {
		...base,
		code,
		stage: stageOf(command, talk),
		isAborted: false,
		...(isWhole && {replyCode: responseCode, reply: talk.shown(response)}),
	};
}

const stages: Readonly<Record<string, MailStage>> = {
	EHLO: 'ehlo',
	HELO: 'ehlo',
	STARTTLS: 'starttls',
	AUTH: 'login',
	MAIL: 'mail',
	RCPT: 'rcpt',
};

/** Which command failed; with PIPELINING another one may be under way since. */
function stageOf(command: unknown, talk: MailConversation): MailStage {
	const verb = typeof command === 'string' ? (command.split(' ')[0] ?? '') : '';
	return verb === 'DATA' ? (talk.isSent ? 'accepted' : 'data') : (stages[verb] ?? talk.stage);
}
