import MailComposer from 'nodemailer/lib/mail-composer';
import type {Message} from '../core/notifier.js';
import type {EmailOptions} from './email.js';
import {headersOf, messageIdOf} from './email-headers.js';
import {emailHtml} from './email-html.js';
import {oneLine, subjectOf} from './email-subject.js';
import {emailText} from './email-text.js';

type Senders = Pick<EmailOptions, 'from' | 'fromName'>;

/** The mail as it goes over the wire: the same bytes each time that a message is tried, but for the note that it may be a repetition. */
export function composedEmail(message: Message, to: string, {from, fromName}: Senders): Promise<Buffer> {
	const {id, threadId, host, at} = message;
	const thread = threadId === undefined ? undefined : messageIdOf(threadId, host);
	const messageId = messageIdOf(id, host);
	const composer = new MailComposer({
		from: {address: from, name: oneLine(fromName)},
		// Not text: a comma in it would be a second recipient.
		to: [{address: to, name: ''}],
		subject: subjectOf(message),
		date: new Date(at),
		messageId,
		...(thread !== undefined && {inReplyTo: thread, references: [thread]}),
		headers: [...headersOf(message)],
		text: emailText(message),
		html: emailHtml(message),
		encoding: 'quoted-printable',
		baseBoundary: messageId.slice(1, 33),
		newline: 'win',
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	return composer.compile().build();
}
