import {describe, expect, test} from 'vitest';
import type {Tells} from '../../src/core/notifier.js';
import {safe, safeText} from '../../src/core/safe.js';
import {widthOf} from '../../src/core/width.js';
import {emailHtml} from '../../src/notifiers/email-html.js';
import {emailText} from '../../src/notifiers/email-text.js';
import {periodText, stateText, timeText, zoneText} from '../../src/notifiers/email-words.js';
import {expectGolden} from '../helpers/golden.js';
import {decidedAt, item, manyItems, message, over} from '../helpers/messages.js';

const disk = item({
	incident: 'a1b2',
	title: safe`Disk nearly full /data`,
	severity: 'warning',
	text: safe`96.2%, above 95%`,
	firedText: safe`95.4%, above 95%`,
	evidence: {
		at: decidedAt,
		byCpu: [],
		byMemory: [],
		hour: {
			from: decidedAt - 3_600_000,
			to: decidedAt,
			unit: 'percent',
			values: Array.from({length: 120}, (_, at) => 90 + at / 20),
			warning: 93,
			critical: 97,
		},
	},
});

const mails = {
	'email-fired': message(),
	'email-resolved': message({threadId: 'x', items: [over()], others: []}),
	'email-group': message({items: [item(), disk, over({incident: 'z9z9', title: safe`shop`, tells: 'both'})]}),
	'email-digest': message({items: manyItems(11)}),
	'email-test': message({isTest: true, mayRepeat: true, others: []}),
};

for (const [name, one] of Object.entries(mails)) {
	test(`${name} reads well`, async () => {
		const text = emailText(one);
		const lines = text.trimEnd().split('\n');
		expect(lines.filter(line => widthOf(safeText(line)) > 80)).toEqual([]);
		await expectGolden(name, lines);
	});
}

test('the state is in the first line, and the host', () => {
	expect(emailText(message()).split('\n')[0]).toBe('CRITICAL  orders-db on web-01');
	expect(emailText(mails['email-group']).split('\n')[0]).toBe('1 CRITICAL, 1 WARNING, 1 RESOLVED on web-01');
});

test('a test is marked as one in both parts', () => {
	const mail = message({isTest: true});
	expect(emailText(mail)).toMatch(/^TEST: /);
	expect(emailHtml(mail)).toContain('TEST: ');
});

test('what nobody was told while it lasted is one mail of both', () => {
	const both = over({tells: 'both'});
	expect(timeText(both, decidedAt)).toBe('Was down 2026-12-01 14:00:41 to 14:06:21 UTC, 5m40s');
	const {evidence: _, ...rule} = over({tells: 'both', severity: 'warning'});
	expect(timeText(rule, decidedAt)).toBe('Was warning 2026-12-01 14:00:41 to 14:06:21 UTC, 5m40s');
	expect(emailText(message({items: [both]}))).toContain('Nobody could be told while it lasted.');
});

test.each<[tells: Tells, isFiring: boolean, state: string]>([
	['firing', true, 'CRITICAL'],
	['raised', true, 'NOW CRITICAL'],
	['downgraded', true, 'ONLY CRITICAL'],
	['again', true, 'CRITICAL AGAIN'],
	['reminder', true, 'STILL CRITICAL'],
	['resolved', false, 'RESOLVED'],
	['both', false, 'RESOLVED'],
	['gone', false, 'GONE'],
	['flapping', true, 'FLAPPING'],
	['steady', true, 'STEADY, CRITICAL'],
	['steady', false, 'STEADY, WELL'],
])('%s (fires: %s) is told as %s', (tells, isFiring, state) => {
	expect(stateText(item({tells, isFiring}))).toBe(state);
});

test('a period over midnight has both days', () => {
	const from = Date.UTC(2026, 10, 30, 23, 50);
	expect(periodText(from, from + 1_200_000)).toBe('2026-11-30 23:50:00 UTC to 2026-12-01 00:10:00 UTC');
});

test.each([
	['Europe/Berlin', 'UTC+01:00'],
	['America/St_Johns', 'UTC-03:30'],
	['Asia/Kathmandu', 'UTC+05:45'],
	['UTC', 'UTC'],
])('times of %s have its zone', (zone, expected) => {
	const before = process.env['TZ'];
	process.env['TZ'] = zone;

	try {
		expect(zoneText(decidedAt)).toBe(expected);
	} finally {
		process.env['TZ'] = before;
	}
});

test('nothing is lost of many', () => {
	const items = manyItems(300);
	const mail = message({items});
	const lost = [emailText(mail), emailHtml(mail)].flatMap(part =>
		items.filter(one => ![one.title, one.text].every(told => new RegExp(`${told}\\b`).test(part))),
	);
	expect(lost).toEqual([]);
	expect(emailText(mail).match(/\(x\d+\)/g)).toHaveLength(300);
});

describe('the HTML part', () => {
	const html = Object.values(mails).map(emailHtml).join('');

	test('fetches nothing and runs nothing', () => {
		expect(html).not.toMatch(/<(?:img|link|script|iframe|object|form|style|svg|base)|url\(|src=|@import|\son\w+=/i);
	});

	test('has no colour of text or ground but on what it colours both', () => {
		const styles = [...html.matchAll(/style="([^"]*)"/g)].map(([, style]) => style ?? '');
		expect(styles.length).toBeGreaterThan(100);
		const coloured = styles.filter(style => /(?:^|;)color:#/.test(style));
		expect(coloured.filter(style => !style.includes('background:#'))).toEqual([]);
	});

	test('links only to the web', () => {
		const of = (runbook: string) => emailHtml(message({items: [item({runbook: safeText(runbook)})]}));
		expect(of('https://wiki/a?b=1&c=2')).toContain('href="https://wiki/a?b=1&#38;c=2"');
		expect(of('javascript:alert(1)')).not.toContain('href');
		expect(of('https://wiki/" onclick="x')).not.toMatch(/href|onclick="/);
	});
});
