import {writeFileSync} from 'node:fs';
import {setPriority} from 'node:os';
import {join} from 'node:path';
import {expect} from 'vitest';
import {folder} from '../helpers/folder.js';
import {startMailbox} from '../helpers/mailbox.js';
import {headerOf} from '../helpers/maildir.js';
import {byMail, MailedEngine} from '../helpers/mailed-engine.js';
import {startNginx} from '../helpers/nginx.js';
import {testAsRoot} from '../helpers/outside.js';
import {script, started} from '../helpers/programs.js';
import {diskConfig, fillingDisk, quick, serviceConfig} from '../helpers/stories.js';

testAsRoot('postfix', 'mount')('a disk that fills and is emptied: three mails of one thread', async () => {
	const [disk, box] = [fillingDisk(), await startMailbox()];
	const engine = new MailedEngine(diskConfig(disk, box.port));
	await engine.start();
	disk.fill();
	await box.mailsOnce(1);
	disk.fillUp();
	await box.mailsOnce(2);
	disk.empty();
	await box.mailsOnce(3);
	await engine.finish();
	expect(await box.story()).toEqual(['firing warning', 'raised critical', 'resolved critical']);
	const [first, second, third] = (await box.mails()).map(({email}) => email);
	const root = first?.messageId ?? '-';
	expect(first).toMatchObject({subject: expect.stringContaining(`: Disk filling ${disk.mount}`)});
	expect(first?.references).toBeUndefined();

	for (const later of [second, third]) {
		expect(later?.subject).toBe(`Re: ${first?.subject}`);
		expect(later?.references).toContain(root);
		expect(later?.inReplyTo).toBe(root);
		expect(later?.messageId).not.toBe(root);
	}

	expect(first?.text).toMatch(/WARNING[\s\S]*62.5%, above 50%/);
	expect(second?.text).toMatch(/CRITICAL[\s\S]*93.8%, above 80%/);
	expect(third?.text).toMatch(/RESOLVED[\s\S]*0%, not above/);
});

testAsRoot('postfix', 'nginx')('a service that is stopped and started: one mail each', async () => {
	const [box, web] = [await startMailbox(), await startNginx('location / { return 200 "hello"; }')];
	const engine = new MailedEngine(serviceConfig(web.port, box.port, {failAfter: 2, recoverAfter: 2}));
	await engine.start();
	await engine.isWell();
	web.child.kill('SIGKILL');
	await box.mailsOnce(1);
	await startNginx('location / { return 200 "hello"; }', {port: web.port});
	await box.mailsOnce(2);
	await engine.finish();
	expect(await box.story()).toEqual(['firing critical', 'resolved critical']);
	const [firing, resolved] = await box.mails();
	expect(firing?.email.text).toMatch(/CRITICAL[\s\S]*refused on 127\.0\.0\.1:\d+/);
	expect(headerOf(firing as never, 'Auto-Submitted')).toEqual(['auto-generated']);
	expect(resolved?.email.text).toMatch(/RESOLVED/);
});

testAsRoot('postfix')('a program that spins: the mail names it among the busiest', async () => {
	const stop = join(folder(), 'stop');
	const hog = script('spinning-worker', 'while [ ! -e "$1" ]; do :; done\nexec sleep 600');
	const box = await startMailbox();
	const engine = new MailedEngine({
		sampling: {process: '500ms'},
		checks: [{name: 'worker', type: 'process', match: {pattern: stop}, ...quick, atLeast: 0}],
		rules: [{name: 'Spinning', series: 'process.cpu', only: ['worker'], for: '2s', warning: {above: 15, clear: 5}}],
		notify: [byMail(box.port)],
	});
	await engine.start();
	const {pid} = await started(hog, [stop]);
	// However busy the machine is.
	setPriority(pid, -10);
	const [mail] = await box.mailsOnce(1);
	writeFileSync(stop, '');
	await box.mailsOnce(2);
	await engine.finish();
	expect(await box.story()).toEqual(['firing warning', 'resolved warning']);
	expect(mail?.email.text).toMatch(/spinning-worker/);
	expect(mail?.email.text).not.toContain(stop);
});

testAsRoot('postfix')('a mail server that is down for all of an outage: one mail tells of both ends', async () => {
	const [gone, web] = [await startMailbox(), await startNginx('location / { return 200 "hello"; }')];
	const engine = new MailedEngine(serviceConfig(web.port, gone.port));
	await engine.start();
	await engine.isWell();
	await gone.stop();
	web.child.kill('SIGKILL');
	await engine.when('it fires', ([alert]) => alert?.phase === 'firing');
	await startNginx('location / { return 200 "hello"; }', {port: web.port});
	await engine.when('it is over', ([alert]) => alert?.phase === 'resolved');
	const box = await startMailbox({port: gone.port});
	await box.mailsOnce(1);
	await engine.finish();
	expect(await box.story()).toEqual(['both critical']);
	expect(gone.count()).toBe(0);
	expect((await box.mails())[0]?.email.text).toMatch(/Was down [\d: -]+ to [\d:]+ UTC/);
});
