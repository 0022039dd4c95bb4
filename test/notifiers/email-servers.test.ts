import {expect, test} from 'vitest';
import {email} from '../../src/notifiers/email.js';
import {freePort} from '../helpers/listening.js';
import {notifierOf, told} from '../helpers/notify.js';
import {type Script, type ScriptedSmtp, scriptedSmtp} from '../helpers/scripted-smtp.js';

/** What comes of a mail to these servers in turn, and how many mails each has. */
async function sentBy(scripts: readonly (Script | 'nothing')[]) {
	const servers: (ScriptedSmtp | undefined)[] = [];
	const smtp: object[] = [];

	for (const script of scripts) {
		const server = script === 'nothing' ? undefined : await scriptedSmtp(script);
		servers.push(server);
		smtp.push({
			host: '127.0.0.1',
			port: server?.port ?? (await freePort()),
			...(isImplicit(script) && {tls: 'implicit'}),
		});
	}

	const notify = await notifierOf(email, {smtp, from: 'healthtop@example.com', to: ['ops@example.com']});
	const {delivery, left} = await told(notify);
	expect(left).toBe(0);
	return {
		delivery,
		mails: servers.map(server => server?.texts.length),
		tried: servers.map(server => server?.connections()),
	};
}

/** Spoken to in TLS, which a scripted server does not know: its channel is broken. */
const mute: Script = {ehlo: 'broken'};
const isImplicit = (script: Script | 'nothing') => script === mute;

test.each<[what: string, first: Script | 'nothing']>([
	['refuses connections', 'nothing'],
	['is busy', {greeting: '421 4.3.2 busy'}],
	['ends the connection', {ehlo: 'drop'}],
	['is broken', mute],
	['defers', {rcpt: '450 4.2.0 greylisted'}],
	['refuses', {rcpt: '554 5.7.1 relay access denied'}],
	['says after the text that it does not take it', {dot: '451 4.3.0 later'}],
])('the second server gets what the first one cannot have taken: it %s', async (_, first) => {
	const {delivery, mails} = await sentBy([first, {}]);
	expect(delivery.kind).toBe('accepted');
	expect(mails[1]).toBe(1);
});

test.each<[what: string, first: Script]>([
	['ends the connection amid the text', {text: 'drop'}],
	['ends the connection after the dot', {dot: 'drop'}],
])('the second server gets nothing that the first one may have: it %s', async (_, first) => {
	const {delivery, tried} = await sentBy([first, {}]);
	expect(delivery).toMatchObject({kind: 'later', isUndecided: true});
	expect(tried).toEqual([1, 0]);
});

test.each<[what: string, scripts: readonly (Script | 'nothing')[], delivery: object]>([
	['all are broken', [mute, mute], {kind: 'broken'}],
	['one of them may come back', [mute, 'nothing'], {kind: 'later', scope: 'channel'}],
	['one of them defers', ['nothing', {rcpt: '450 4.2.0 x'}], {kind: 'later', scope: 'message'}],
	['one of them refuses, and one may come back', [{rcpt: '550 5.1.1 x'}, 'nothing'], {kind: 'later', scope: 'channel'}],
	['one of them refuses, and one is broken', [mute, {rcpt: '550 5.1.1 x'}], {kind: 'refused'}],
])('of several servers that did not take it, %s', async (_, scripts, expected) => {
	const {delivery} = await sentBy(scripts);
	expect(delivery).toMatchObject(expected);
	expect('reason' in delivery && delivery.reason.split('; ')).toHaveLength(scripts.length);
});

test('a silent server leaves time for the next', async () => {
	// Takes ten seconds, as long as a greeting may.
	const {delivery, mails} = await sentBy([{greeting: 'silent'}, {}]);
	expect(delivery.kind).toBe('accepted');
	expect(mails).toEqual([0, 1]);
});
