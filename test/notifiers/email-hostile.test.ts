import fc from 'fast-check';
import PostalMime from 'postal-mime';
import {describe, expect, test} from 'vitest';
import type {Message} from '../../src/core/notifier.js';
import {type Safe, safeText} from '../../src/core/safe.js';
import {composedEmail} from '../../src/notifiers/compose-email.js';
import {email} from '../../src/notifiers/email.js';
import {messageIdOf} from '../../src/notifiers/email-headers.js';
import {subjectOf} from '../../src/notifiers/email-subject.js';
import {evidence, item, message, others} from '../helpers/messages.js';
import {notifierOf, told} from '../helpers/notify.js';
import {scriptedSmtp} from '../helpers/scripted-smtp.js';

const senders = {from: 'healthtop@example.com', fromName: 'healthtop'};

/** Headers of every mail, in any order. */
const usual = [
	'auto-submitted',
	'content-type',
	'date',
	'from',
	'message-id',
	'mime-version',
	'subject',
	'to',
	'x-auto-response-suppress',
	'x-healthtop-alert',
];

const names = {
	'a new line and a header': 'db\r\nBcc: eve@example.org',
	'a bare CR': 'db\rBcc: eve@example.org',
	'a bare LF': 'db\nX-Evil: 1\n\n<p>body</p>',
	'a folded line': 'db\r\n Bcc: eve@example.org',
	'a NUL': 'db\0Bcc: eve@example.org',
	commas: 'a@example.org, b@example.org; c@example.org',
	'an end of the text': 'db\r\n.\r\nMAIL FROM:<eve@example.org>',
	bidi: 'gnp.\u202etxt.exe \u2066x\u2069',
	'an encoded word': '=?utf-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLm9yZw==?=',
	'line separators': 'a\u2028b\u2029c\u0085d',
	'a lone surrogate': 'a\ud800b',
	'a script': '<script>alert(1)</script><img src=x onerror=alert(2)>',
	'an end of an attribute': '"><b onmouseover=alert(1)>\' x',
	'2,000 characters': 'x'.repeat(2000),
	'2,000 wide characters': '庫'.repeat(2000),
	'a character of many parts': `a${'\u0301'.repeat(3000)}`,
	'escapes of a terminal': '\x1b]0;owned\x07\x1b[2J',
	nothing: '',
	'a boundary': '----_NmP-oryautq4tnnyommkkekpc6kf5m3xnvsz-Part_1',
};

/** A message in which everything from outside is this. */
function fullOf(text: Safe): Message {
	const process = {pid: 1, name: text, user: text, cpuPercent: 1, memoryBytes: 1};
	return message({
		host: text,
		items: [
			item({
				title: text,
				text,
				firedText: text,
				runbook: text,
				timeline: [
					{at: 0, kind: 'began', text},
					{at: 0, kind: 'fired', text},
				],
				evidence: {
					...evidence,
					byCpu: [process],
					byMemory: [process],
					check: {type: text, text, reason: text, stages: [], conditions: [{text, status: 'critical'}]},
				},
			}),
		],
		others: others.map(other => ({...other, title: text})),
	});
}

/** The mail is one: these headers and no others, two parts, nothing that runs. */
async function expectHarmless(mail: Message): Promise<void> {
	const raw = await composedEmail(mail, 'ops@example.com', senders);
	const parsed = await PostalMime.parse(raw);
	expect(parsed.headers.map(({key}) => key).toSorted()).toEqual(usual);
	expect(parsed.to).toEqual([{address: 'ops@example.com', name: ''}]);
	expect(parsed.from).toEqual({address: 'healthtop@example.com', name: 'healthtop'});
	expect(parsed.attachments).toEqual([]);
	expect(parsed.subject?.length).toBeLessThanOrEqual(200);
	expect(parsed.html).toMatch(/^<!DOCTYPE html>[\s\S]*<\/html>\s*$/);
	expect(tagsOf(parsed.html ?? '')).toEqual([]);
	const text = raw.toString('latin1');
	expect(text).not.toMatch(/(?<!\r)\n|\r(?!\n)|\0/);
	expect(text.split('\r\n').filter(line => line.length > 998)).toEqual([]);
}

/** Elements that are none of ours, and attributes that do something. */
function tagsOf(html: string): readonly string[] {
	const tags = html.match(/<[^>]*>/g) ?? [];
	const own = /^<\/?(?:html|head|meta|title|body|div|span|table|tr|td|b|a|code|br|!DOCTYPE html)\b/;
	return tags.filter(tag => !own.test(tag) || /\son\w+\s*=/i.test(tag.replace(/"[^"]*"/g, '""')));
}

describe.each(Object.entries(names))('%s', (_, name) => {
	test('is harmless as it is shown', () => expectHarmless(fullOf(safeText(name))));

	test('is harmless in a header as it came, too', async () => {
		const subject = subjectOf(message({items: [item({title: name as Safe})], host: name as Safe}));
		expect(subject).not.toMatch(/[\r\n\0]/);
		expect(subject.length).toBeLessThanOrEqual(200);
		expect(messageIdOf('x', name)).toMatch(/^<[a-z2-7]{32}@[a-z0-9.-]{1,200}>$/);
	});

	test('goes to whom it is configured, and to nobody else', async () => {
		const smtp = await scriptedSmtp();
		const options = {smtp: {host: '127.0.0.1', port: smtp.port}, from: senders.from, to: ['ops@example.com']};
		const {delivery} = await told(await notifierOf(email, options), {message: fullOf(safeText(name))});
		expect(delivery.kind).toBe('accepted');
		expect(
			smtp.commands.filter(command => /^(?:MAIL|RCPT)/.test(command)).map(one => one.replace(/ SIZE=\d+/, '')),
		).toEqual(['MAIL FROM:<healthtop@example.com>', 'RCPT TO:<ops@example.com>']);
		expect(smtp.commands).toHaveLength(5);
		expect(smtp.texts).toHaveLength(1);
	});
});

const hostile = fc.string({
	unit: fc.oneof(
		fc.string({unit: 'binary', minLength: 1, maxLength: 3}),
		fc.constantFrom(
			'\r\n',
			'\n',
			'\r',
			'\0',
			',',
			'<',
			'>',
			'"',
			"'",
			'&',
			':',
			'=?',
			'?=',
			'.',
			'\u202e',
			'\ud800',
			'\x1b',
		),
	),
	maxLength: 60,
});

test('whatever a name is, the mail is one', async () => {
	await fc.assert(
		fc.asyncProperty(hostile, name => expectHarmless(fullOf(safeText(name)))),
		{numRuns: 300},
	);
});

test('whatever a name is, a header is one line', () => {
	fc.assert(
		fc.property(hostile, name => {
			const subject = subjectOf(message({items: [item({title: name as Safe})], threadId: 'x'}));
			expect(subject).toMatch(/^Re: \[healthtop\] web-01: [^\r\n\0]*$/);
		}),
		{numRuns: 10_000},
	);
});

test('the name of a message is that of its id, and of nothing else', () => {
	expect(messageIdOf('a', 'web-01')).toBe(messageIdOf('a', 'web-01'));
	expect(messageIdOf('a', 'web-01')).not.toBe(messageIdOf('b', 'web-01'));
	// `printf a | openssl sha256 -binary | base32 | cut -c-32 | tr A-Z a-z`
	expect(messageIdOf('a', 'web-01')).toBe('<zklycewkdo64v6wcggzzui64jwtyn37y@web-01>');
});

test('a subject stays what it is while a thread lasts', () => {
	const first = subjectOf(message());
	const next = subjectOf(
		message({threadId: 'x', at: 5, items: [item({tells: 'reminder', text: safeText('99%'), severity: 'warning'})]}),
	);
	expect([first, next]).toEqual(['[healthtop] web-01: orders-db', 'Re: [healthtop] web-01: orders-db']);
});
