import {describe, expect} from 'vitest';
import {safe, safeText} from '../../src/core/safe.js';
import {email} from '../../src/notifiers/email.js';
import {certificates} from '../helpers/certificates.js';
import {eximPath, startExim} from '../helpers/exim.js';
import {delivered, headerOf} from '../helpers/maildir.js';
import {item, manyItems, message, others, over} from '../helpers/messages.js';
import {notifierOf, told} from '../helpers/notify.js';
import {testAsRoot} from '../helpers/outside.js';
import {startPostfix} from '../helpers/postfix.js';

const addresses = {from: 'healthtop@example.com', to: ['ops@example.com']};

/** A mail with a bit of everything: umlauts, another script, hostile names. */
const rich = message({
	id: 'first',
	items: [
		item({title: safeText('Bücher-DB 書庫 \r\nBcc: <eve@example.org>, "x"\x1b[2J')}),
		over({incident: 'm2n8', title: safe`shop`}),
	],
	others,
});

/** Sends three mails and looks at what has arrived. */
async function expectTaken(smtp: object, maildir: string) {
	const notify = await notifierOf(email, {smtp, ...addresses});
	const mails = [
		rich,
		message({id: 'second', threadId: 'first', items: [over()]}),
		message({id: 'third', items: manyItems(30)}),
	];

	for (const one of mails) {
		const {delivery, left} = await told(notify, {message: one});
		expect(delivery).toMatchObject({kind: 'accepted', response: expect.stringMatching(/^250 /)});
		expect(left).toBe(0);
	}

	const all = await delivered(maildir, 3);
	const byCount = (count: number) => all.find(one => headerOf(one, 'X-Healthtop-Alert').length === count);
	const [first, second, third] = [byCount(2), byCount(1), byCount(30)];

	if (!first || !second || !third) {
		throw new Error('a mail is missing');
	}

	expect(first.email).toMatchObject({
		subject: '[healthtop] web-01: Bücher-DB 書庫 \\x0d\\x0aBcc: <eve@example.org>, "x"\\x1b[2J',
		from: {address: 'healthtop@example.com', name: 'healthtop'},
		to: [{address: 'ops@example.com'}],
		date: '2026-12-01T14:06:23.000Z',
	});
	expect(first.email.bcc).toBeUndefined();
	expect(first.email.text).toContain('▁▂');
	expect(first.email.html).toContain('Bücher-DB 書庫');
	expect(headerOf(first, 'Auto-Submitted')).toEqual(['auto-generated']);
	expect(headerOf(first, 'X-Auto-Response-Suppress')).toEqual(['All']);
	expect(second.email.messageId).not.toBe(first.email.messageId);
	expect(second.email).toMatchObject({
		subject: 'Re: [healthtop] web-01: orders-db',
		inReplyTo: first.email.messageId,
		references: first.email.messageId,
	});
	expect(third.email.text?.match(/service-\d+/g)).toHaveLength(30);
	return {first, second, third};
}

describe('a real Postfix', () => {
	const maildir = {virtual_mailbox_maps: 'static:ops/'};

	testAsRoot('postfix', 'openssl')('takes mails over STARTTLS, and hears nothing to complain of', async () => {
		const {valid, ca} = await certificates();
		const postfix = await startPostfix({certificate: valid, settings: maildir});
		await expectTaken({host: 'localhost', port: postfix.port, tls: 'required', ca}, postfix.mailbox);
		await postfix.stop();
		expect(postfix.log()).toMatch(/starttls=1 mail=1 rcpt=1 data=1 quit=1/);
		expect(postfix.log()).not.toMatch(/error:|lost connection|warning|non-SMTP|bare newline/);
	});

	testAsRoot('postfix')('refuses mailboxes that are not its own', async () => {
		const {port} = await startPostfix({settings: {smtpd_recipient_restrictions: 'reject_unauth_destination'}});
		const notify = await notifierOf(email, {smtp: {host: '127.0.0.1', port}, ...addresses});
		const {delivery} = await told(notify, {recipient: 'ops@example.org'});
		expect(delivery).toMatchObject({kind: 'refused', reason: expect.stringContaining('at rcpt: 554 5.7.1')});
	});

	testAsRoot('postfix')('takes no mails that are too large', async () => {
		const {port} = await startPostfix({settings: {message_size_limit: '2000', virtual_mailbox_limit: '2000'}});
		const notify = await notifierOf(email, {smtp: {host: '127.0.0.1', port}, ...addresses});
		expect((await told(notify)).delivery).toMatchObject({kind: 'refused'});
	});

	testAsRoot('postfix')('defers, and takes it later', async () => {
		const postfix = await startPostfix({settings: {...maildir, smtpd_recipient_restrictions: 'defer'}});
		const notify = await notifierOf(email, {smtp: {host: '127.0.0.1', port: postfix.port}, ...addresses});
		expect((await told(notify)).delivery).toMatchObject({kind: 'later', scope: 'message', isUndecided: false});
		await postfix.stop();
		const again = await startPostfix({settings: maildir, port: postfix.port});
		expect((await told(notify)).delivery).toMatchObject({kind: 'accepted'});
		expect(await delivered(again.mailbox, 1)).toHaveLength(1);
	});
});

describe('a real Exim', () => {
	testAsRoot(
		eximPath,
		'openssl',
		'unshare',
	)('takes mails after a login over STARTTLS', async () => {
		const {valid, ca} = await certificates();
		const login = {user: 'bot', password: 'canary-7f3a'};
		const {port, maildir, log} = await startExim({certificate: valid, login});
		await expectTaken({host: 'localhost', port, tls: 'required', ca, ...login}, maildir);
		expect(log()).toMatch(/A=plain/);
		expect(log()).not.toMatch(/unexpected disconnection|syntax|synchronization|failed/);
	});

	testAsRoot(
		eximPath,
		'openssl',
		'unshare',
	)('tells who has the wrong password', async () => {
		const {valid, ca} = await certificates();
		const {port} = await startExim({certificate: valid, login: {user: 'bot', password: 'canary-7f3a'}});
		const smtp = {host: 'localhost', port, tls: 'required', ca, user: 'bot', password: 'canary-wrong'};
		const {delivery, stages} = await told(await notifierOf(email, {smtp, ...addresses}));
		expect(delivery).toMatchObject({kind: 'broken', reason: expect.stringContaining('at login: 535')});
		expect(stages.at(-1)).toMatchObject({name: 'login', advice: 'check "user" and "password"'});
		expect(JSON.stringify(stages)).not.toContain('canary');
	});

	testAsRoot(eximPath, 'unshare')('refuses mailboxes that are not its own', async () => {
		const {port} = await startExim();
		const notify = await notifierOf(email, {smtp: {host: '127.0.0.1', port}, ...addresses});
		const {delivery} = await told(notify, {recipient: 'ops@example.org'});
		expect(delivery).toMatchObject({kind: 'refused', reason: expect.stringContaining('at rcpt: 550')});
	});
});
