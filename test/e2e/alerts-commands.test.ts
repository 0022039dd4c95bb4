import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {command, type Said, start} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {freePort} from '../helpers/listening.js';
import {mailRelay} from '../helpers/mail-relay.js';
import {startMailbox} from '../helpers/mailbox.js';
import {byMail, MailedEngine} from '../helpers/mailed-engine.js';
import {testAsRoot} from '../helpers/outside.js';
import {scriptedSmtp} from '../helpers/scripted-smtp.js';
import {serviceConfig} from '../helpers/stories.js';

function alerts(directory: string, ...args: readonly string[]): Promise<Said> {
	return start(command('alerts', ...args, '--state-dir', directory)).said;
}

/** A configuration that tells people so, tried out. */
function notifyTest(notify: readonly object[], ...args: readonly string[]): Promise<Said> {
	const file = join(folder(), 'config.json');
	writeFileSync(file, JSON.stringify({notify}), {mode: 0o600});
	return start(command('notify', 'test', ...args, '--config', file), {PASSWORD: 'canary-7f3a'}).said;
}

/** Stands above what nobody looks after any more. */
const remembered = 'no engine runs: this is what the last one left\n';

describe('alerts', () => {
	test('are listed and shown while an engine runs, and after it was killed', async () => {
		const server = await scriptedSmtp();
		const engine = new MailedEngine(serviceConfig(await freePort(), server.port));
		await engine.start();
		await engine.when('it is told', ([alert]) => alert?.told.sent === 1);
		const id = engine.alerts[0]?.incident ?? '';
		const expected = {incident: id, title: 'shop', phase: 'firing', severity: 'critical', told: {sent: 1, waiting: 0}};
		const row = new RegExp(
			`^(?:${remembered})?${id}  CRITICAL  since \\d\\d:\\d\\d\\S* \\(\\d+s\\)  shop  refused on [\\d.:]+  1 sent\\n$`,
		);

		for (const isRemembered of [false, true]) {
			const [list, json, shown, shownJson] = await Promise.all([
				alerts(engine.directory, 'list'),
				alerts(engine.directory, 'list', '--json'),
				alerts(engine.directory, 'show', id),
				alerts(engine.directory, 'show', id, '--json'),
			]);
			expect([list, json, shown, shownJson].map(({code, stderr}) => ({code, stderr}))).toEqual(
				Array.from({length: 4}, () => ({code: 0, stderr: ''})),
			);
			expect(list.stdout).toMatch(row);
			expect(JSON.parse(json.stdout)).toMatchObject({version: 1, isRemembered, alerts: [expected]});
			expect(JSON.parse(json.stdout).notifiers).toMatchObject(isRemembered ? [] : [{name: 'mail', state: 'well'}]);
			expect(shown.stdout).toMatch(new RegExp(`^${id}  CRITICAL  shop\\nrefused on `));
			expect(shown.stdout).toMatch(
				/by memory:\n[\s\S]*fired +CRITICAL {2}refused[\s\S]*sent +CRITICAL {2}ops@example.com/,
			);
			expect(JSON.parse(shownJson.stdout)).toMatchObject({isRemembered, alerts: [expected]});

			if (!isRemembered) {
				await engine.kill();
			}
		}
	});

	test('that are not there are said to be none', async () => {
		const engine = new MailedEngine({});
		const [none, unknown] = await Promise.all([
			alerts(engine.directory, 'list'),
			alerts(engine.directory, 'show', 'k3f9'),
		]);
		expect(none).toMatchObject({code: 0, stdout: `${remembered}no alerts\n`, stderr: ''});
		expect(unknown).toMatchObject({
			code: 1,
			stdout: '',
			stderr: "healthtop: there is no incident 'k3f9'; 'healthtop alerts list' shows those that there are\n",
		});
		await engine.start();
		expect(await alerts(engine.directory, 'list')).toMatchObject({code: 0, stdout: 'no alerts\n', stderr: ''});
		expect(await alerts(engine.directory, 'show', 'k3f9\u001b[2J')).toMatchObject({
			code: 1,
			stderr: expect.stringContaining("'k3f9\\x1b[2J'"),
		});
	});
});

describe('notify test', () => {
	testAsRoot('postfix')('sends a mail that says that it is a test, and shows each step', async () => {
		const box = await startMailbox();
		const {code, stdout, stderr} = await notifyTest([byMail(box.port)]);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).toMatch(/^mail: ops@example\.com\n {4}\w/);
		expect(stdout).toMatch(/accepted: 250 2\.0\.0 Ok: queued as \w+\n$/);
		const [mail] = await box.mailsOnce(1);
		expect(mail?.email.subject).toMatch(/^\[healthtop\] \S+: test message$/);
		expect(mail?.email.text).toMatch(/nothing is wrong/);
	});

	testAsRoot('postfix')('says that a server refuses the recipient', async () => {
		const box = await startMailbox({settings: {smtpd_recipient_restrictions: 'reject_unauth_destination'}});
		const {code, stdout} = await notifyTest([byMail(box.port, {to: ['ops@example.org']})]);
		expect(code).toBe(1);
		expect(stdout).toMatch(/✗ rcpt .*554 5\.7\.1/);
		expect(stdout).toMatch(/refused: .*; an alert would not be sent again\n$/);
	});

	test('says that a password is wrong, and never what it is', async () => {
		const relay = await mailRelay({login: {user: 'bot', password: 'right-7f3a'}, allowInsecureAuth: true});
		const smtp = {host: '127.0.0.1', port: relay.port, tls: 'none', user: 'bot', password: `\${PASSWORD}`};
		const {code, stdout, stderr} = await notifyTest([byMail(relay.port, {smtp})]);
		expect(code).toBe(1);
		expect(relay.passwords).toEqual(['canary-7f3a']);
		expect(stdout).toMatch(/✗ login .*535[\s\S]*broken: .*; mend the configuration\n$/);
		expect(stdout + stderr).not.toMatch(/canary|Y2FuYXJ5|AGJvdABjYW5hcn/);
	});

	test('tries each recipient, and fails when one of them has nothing', async () => {
		const well = await scriptedSmtp();
		const {code, stdout} = await notifyTest([
			byMail(well.port, {to: ['a@example.com', 'b@example.com']}),
			byMail(await freePort(), {name: 'gone'}),
		]);
		expect(code).toBe(1);
		expect(stdout.match(/accepted: 250/g)).toHaveLength(2);
		expect(stdout).toMatch(/gone: ops@example\.com\n[\s\S]*not now: .*; an alert would be sent later\n$/);
		expect(well.texts).toHaveLength(2);
	});

	test('knows only what is configured', async () => {
		const {code, stderr} = await notifyTest([byMail(await freePort())], 'mial');
		expect({code, stderr}).toEqual({
			code: 1,
			stderr: "healthtop: there is no notifier 'mial'; did you mean 'mail'?\n",
		});
		expect(await notifyTest([])).toMatchObject({code: 1, stderr: expect.stringContaining('nobody is told: ')});
	});
});
