import {type Delivered, headerOf, mailCount, mailsOf} from './maildir.js';
import {type Postfix, type PostfixOptions, startPostfix} from './postfix.js';
import {until} from './until.js';

/** A mail, and what it says of each incident: `firing critical`. */
export type Told = Delivered & {readonly tells: readonly string[]};

export type Mailbox = Postfix & {
	count(): number;
	/** All that is there, or what is there for one recipient, in the order in which it came. */
	mails(to?: string): Promise<readonly Told[]>;
	/** The same, once there are so many. */
	mailsOnce(count: number): Promise<readonly Told[]>;
	/** What they say, once what was sent is all there: copies of one mail count once. */
	story(to?: string): Promise<readonly string[]>;
};

/** A Postfix whose mails are kept in a Maildir, each a file of its own. */
export async function startMailbox(options: PostfixOptions = {}): Promise<Mailbox> {
	const settings = {virtual_mailbox_maps: 'static:ops/', ...options.settings};
	const postfix = await startPostfix({...options, settings});
	const mails = async (to?: string) =>
		(await mailsOf(postfix.mailbox))
			.filter(mail => to === undefined || headerOf(mail, 'X-Original-To').includes(to))
			.map(mail => ({...mail, tells: toldIn(mail)}));
	const count = () => mailCount(postfix.mailbox);
	return {
		...postfix,
		count,
		mails,
		async mailsOnce(least) {
			await until(`${least} mails`, () => count() >= least);
			return mails();
		},
		async story(to) {
			await until('all mails are delivered', () => postfix.queued() === 0);
			return storyOf(await mails(to));
		},
	};
}

/** What mails say, one after the other; copies of one count once. */
export function storyOf(mails: readonly Told[]): readonly string[] {
	const first = new Map(mails.toReversed().map(mail => [mail.email.messageId, mail]));
	return mails.filter(mail => first.get(mail.email.messageId) === mail).map(({tells}) => tells.join(', '));
}

/** What a mail says of each of its incidents, from the header for filters. */
export function toldIn(mail: Delivered): readonly string[] {
	return headerOf(mail, 'X-Healthtop-Alert').map(value => {
		const [, tells, severity] = /^\w+; tells=(\w+); severity=(\w+)$/.exec(value) ?? [];
		return `${tells} ${severity}`;
	});
}
