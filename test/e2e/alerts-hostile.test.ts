import {expect} from 'vitest';
import {listening} from '../helpers/listening.js';
import {startMailbox} from '../helpers/mailbox.js';
import {byMail, MailedEngine} from '../helpers/mailed-engine.js';
import {testAsRoot} from '../helpers/outside.js';
import {script, started} from '../helpers/programs.js';
import {diskConfig, fillingDisk, quick} from '../helpers/stories.js';

/** Ends a header and a mail, is markup, quotes, turns text round and rings, and is long: 300 characters in two names. */
const hostile = `a\r\nBcc: eve@example.org\r\n\r\n<img src=x onerror=alert(1)> "';\u202e\u001b]0;owned\u0007/${'long'.repeat(60)}`;

/** What no reader may get, in whatever part of a mail. */
const harmful = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]/;

testAsRoot('postfix', 'mount')('a mount with a hostile name: one block of headers, and harmless text', async () => {
	const [disk, box] = [fillingDisk(hostile), await startMailbox()];
	const engine = new MailedEngine(diskConfig(disk, box.port));
	await engine.start();
	disk.fill();
	await box.mailsOnce(1);
	disk.empty();
	await box.mailsOnce(2);
	await engine.finish();
	expect(await box.story()).toEqual(['firing warning', 'resolved warning']);
	expectHarmless(await box.mails());
	const [first] = await box.mails();
	expect(first?.email.subject).toContain('a\\x0d\\x0aBcc: eve@example.org');
	expect(first?.email.html).toContain('&#60;img src=x');
});

testAsRoot('postfix')('a service and a program that say hostile things: no more than text', async () => {
	const [box, service] = [
		await startMailbox(),
		await listening(socket => socket.end(`500 ${hostile}\r\n.\r\nQUIT\r\n`)),
	];
	const name = '\u001b[2J<b>"\r\n\r\n\u202e';
	await started('/bin/sh', ['-c', 'exec "$0" 600', script(name, 'while :; do :; done')]);
	const plugin = script(
		'plugin',
		`printf '%s' "${'$'}(printf 'CRITICAL - \\033[2J\\r\\n<script>alert(1)</script>\\r\\n.\\r\\n')"; exit 2`,
	);
	const engine = new MailedEngine({
		checks: [
			{name: 'greeter', type: 'tcp', port: service.port, expect: '^220', ...quick},
			{name: 'Bücher 書庫', type: 'command', command: [plugin], ...quick},
		],
		sampling: {process: '500ms'},
		alerts: {groupWait: '5s'},
		notify: [byMail(box.port, {fromName: 'Überwachung "A" <b>'})],
	});
	await engine.start();
	await box.mailsOnce(1);
	await engine.when('both are told', alerts => alerts.length === 2 && alerts.every(({told}) => told.sent === 1));
	await engine.stop();
	const mails = await box.mails();
	expect(await box.story()).toEqual(['firing critical, firing critical']);
	expectHarmless(mails);
	expect(mails[0]?.email.from?.name).toBe('Überwachung "A" <b>');
	expect(mails[0]?.email.text).toContain('Bücher 書庫');
});

/** Each has one block of headers, in ASCII, and nothing that does something to whoever reads it. */
function expectHarmless(mails: Awaited<ReturnType<Awaited<ReturnType<typeof startMailbox>>['mails']>>): void {
	for (const {raw, email} of mails) {
		const [headers = ''] = raw.split(/\r?\n\r?\n/);
		expect(headers).toMatch(/^[\x20-\x7e\t\r\n]*$/);
		expect(headers.match(/^(?:Subject|From|To|Message-ID|Date|MIME-Version|Content-Type):/gim)).toHaveLength(7);
		expect(headers).not.toMatch(/^Bcc:/im);
		expect(email.to).toEqual([{address: 'ops@example.com', name: ''}]);
		expect(email.bcc).toBeUndefined();
		expect(email.attachments).toEqual([]);
		expect(email.subject).not.toMatch(harmful);
		expect(email.text).not.toMatch(harmful);
		expect(email.html).not.toMatch(harmful);
		expect(email.html).not.toMatch(/<img|<script|onerror=(?!alert)/i);
	}
}
