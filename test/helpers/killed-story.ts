import {hostname} from 'node:os';
import {expect} from 'vitest';
import type {AlertBook} from '../../src/core/alerts/alert-book.js';
import type {Outgoing} from '../../src/core/alerts/outgoing.js';
import {messageIdOf} from '../../src/notifiers/email-headers.js';
import type {Mailbox} from './mailbox.js';
import type {MailedEngine} from './mailed-engine.js';
import {until} from './until.js';

/** A moment in a story at which healthtop is killed: resolves when a screen shows it, or it is on disk. */
export type Moment = {
	readonly when: string;
	/** Resolves at it; `box` is where mails go. */
	readonly come: (engine: MailedEngine, box: Mailbox | undefined) => Promise<void>;
	/** How many mails may be there a second time: taken, and nobody heard that they were. */
	readonly mostCopies: number;
};

/** A mail server with these settings is slow to say that it has taken a mail. */
export const slowToAnswer = {smtpd_end_of_data_restrictions: 'sleep 1'};

/** On a screen. */
export const isPending: Moment = {
	when: 'it is pending',
	come: engine => engine.when('it is pending', ([alert]) => alert?.phase === 'pending'),
	mostCopies: 0,
};

/** It is on disk, and nobody is being told. */
export function isKept(phase: 'firing' | 'resolved'): Moment {
	return {
		when: `that it is ${phase} is on disk, and nobody is told yet`,
		come: engine =>
			engine.whenKept(`it is ${phase}`, ({incidents}) => [...incidents.values()][0]?.state.phase === phase),
		mostCopies: 0,
	};
}

/** The nth message, whatever of it the mail server has by then. */
export function isTrying(nth: number): Moment {
	return {
		when: `message ${nth} is on its way`,
		come: engine => engine.whenKept(`message ${nth} is tried`, book => nthOf(book, nth)?.state === 'trying'),
		mostCopies: 1,
	};
}

/** The server has read of which message it is, and has not answered: mostly it has all of it. */
export function isTaken(nth: number): Moment {
	return {
		when: `message ${nth} is read, and the answer not heard`,
		async come(engine, box) {
			await until(
				`message ${nth} is read`,
				() => {
					const {instance, ...book} = engine.book;
					const id = nthOf(book, nth)?.id;
					return id !== undefined && box?.log().includes(messageIdOf(`${instance}|${id}`, hostname())) === true;
				},
				60_000,
			);
		},
		mostCopies: 1,
	};
}

/** That the server has the nth message is on disk. */
export function isAccepted(nth: number): Moment {
	return {
		when: `message ${nth} has arrived`,
		come: engine => engine.whenKept(`message ${nth} is accepted`, book => nthOf(book, nth)?.state === 'accepted'),
		mostCopies: 0,
	};
}

/** It was tried, and there was no server. */
export const hasFailed: Moment = {
	when: 'a try has failed',
	come: engine =>
		engine.whenKept('a try has failed', book => {
			const {state, tries = 0} = nthOf(book, 1) ?? {};
			return state === 'waiting' && tries > 0;
		}),
	mostCopies: 0,
};

function nthOf({outgoing}: Pick<AlertBook, 'outgoing'>, nth: number): Outgoing | undefined {
	return [...outgoing.values()][nth - 1];
}

/** Kills it at that moment, and starts it again. */
export async function killedAt({come}: Moment, engine: MailedEngine, box?: Mailbox): Promise<void> {
	await come(engine, box);
	await engine.kill();
	await engine.start();
}

/** As many copies as there may be, each under the `Message-ID` of the first, and saying that it may be one. */
export async function expectCopies(box: Mailbox, to: string, {when, mostCopies}: Moment): Promise<void> {
	const ids = (await box.mails(to)).map(({email}) => email.messageId);
	const again = (await box.mails(to)).filter(({email}, index) => ids.indexOf(email.messageId) < index);
	const seen = `${when}: ${ids.join(' ')}`;
	expect(again.length, seen).toBeLessThanOrEqual(mostCopies);
	expect(again.map(({email}) => email.text?.includes('may repeat an earlier mail'), when).every(Boolean)).toBe(true);
}
