import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Message} from '../../src/core/notifier.js';
import {redactor} from '../../src/core/redact.js';
import {safe, safeText} from '../../src/core/safe.js';
import {command} from '../../src/notifiers/command.js';
import {messageJson} from '../../src/notifiers/command-message.js';
import {folder} from '../helpers/folder.js';
import {item, message} from './messages.js';
import {deliveryOf, later, shell, tell} from './tell.js';

const ends: Record<string, [script: string, delivery: object]> = {
	'exit 0 is told': ['cat >/dev/null; echo; echo queued as 7; echo more', {kind: 'accepted', response: 'queued as 7'}],
	'exit 0 without a word is told': ['cat >/dev/null', {kind: 'accepted', response: 'exit 0'}],
	'it need not listen': ['exec <&-; exit 0', {kind: 'accepted', response: 'exit 0'}],
	'exit 75 is later': ['echo busy >&2; exit 75', later('exit 75: busy')],
	'exit 1 is later: the last line of what went wrong is why': [
		'echo trying; echo first >&2; echo; echo "curl: (7) refused" >&2; echo >&2; exit 1',
		later('exit 1: curl: (7) refused'),
	],
	'what it printed is why, where nothing else is': ['echo no luck; exit 2', later('exit 2: no luck')],
	'nothing is why': ['exit 255', later('exit 255')],
	'exit 69 is later': ['exit 69', later('exit 69')],
	'exit 65 is never': ['echo no such pager >&2; exit 65', {kind: 'refused', reason: 'exit 65: no such pager'}],
	'exit 67 is never': ['exit 67', {kind: 'refused', reason: 'exit 67'}],
	'exit 68 is never': ['exit 68', {kind: 'refused', reason: 'exit 68'}],
	'exit 64 is to be mended': ['exit 64', {kind: 'broken', reason: 'exit 64'}],
	'exit 77 is to be mended': ['exit 77', {kind: 'broken', reason: 'exit 77'}],
	'exit 78 is to be mended': ['echo no token >&2; exit 78', {kind: 'broken', reason: 'exit 78: no token'}],
	'a program that it did not find is to be mended': [
		'exec 2>/dev/null; no-such-program',
		{kind: 'broken', reason: 'exit 127'},
	],
	'a signal is later, and perhaps told': ['kill -SEGV $$', later('ended by SIGSEGV', true)],
	'control sequences do nothing': ["printf '\\033[2Jx\\n'; exit 1", later('exit 1: \\x1b[2Jx')],
	'a long line is cut': [`head -c 5000 /dev/zero | tr '\\0' x; exit 1`, later(`exit 1: ${'x'.repeat(200)}`)],
};

describe('what comes of it:', () => {
	test.each(Object.entries(ends))('%s', async (_, [script, delivery]) => {
		expect(await deliveryOf(script)).toEqual(delivery);
	});

	test('a program that there is not is to be mended', async () => {
		const {delivery, stages} = await tell(['/nonexistent/page', '--now']);
		expect(delivery.kind).toBe('broken');
		expect(delivery).toMatchObject({reason: expect.stringMatching(/^exit 127: .*\/nonexistent\/page.*No such file/)});
		expect(stages).toEqual([
			{name: 'start', text: '/nonexistent/page'},
			{name: 'end', text: expect.any(String), isFailure: true, advice: expect.any(String)},
		]);
	});

	test('one that nobody may execute is to be mended', async () => {
		const file = join(folder(), 'page');
		writeFileSync(file, '#!/bin/sh\n', {mode: 0o600});
		expect(await tell([file])).toMatchObject({delivery: {kind: 'broken', reason: expect.stringContaining('exit 126')}});
	});

	test('arguments that no system takes are to be mended', async () => {
		const {delivery} = await tell(['/bin/true', 'x'.repeat(200_000)]);
		expect(delivery).toEqual({kind: 'broken', reason: 'not started (E2BIG)'});
	});

	test('secrets are in no answer, whole or cut', async () => {
		const hide = redactor(['k4n4ry-7f']);
		const script = `printf '%0195dk4n4ry-7f\\n' 0; echo k4n4ry-7f >&2`;
		expect(JSON.stringify(await deliveryOf(`${script}; exit 1`, {hide}))).not.toContain('k4n4');
		expect(JSON.stringify(await deliveryOf(script, {hide}))).not.toContain('k4n4');
	});
});

test('no shell reads its arguments, and it has nothing of our environment', async () => {
	const file = join(folder(), 'seen');
	process.env['K4N4RY'] = 'x';
	await tell(
		shell(
			'cat >/dev/null; { pwd; printf "%s\\n" "$2" "$3"; env | grep -v "^_=\\|^PWD=\\|^SHLVL=\\|^OLDPWD="; } >"$1"',
			file,
			'$(id)',
			'* ; x',
		),
	);
	delete process.env['K4N4RY'];
	const [pwd, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
	expect(pwd).toBe('/');
	expect(lines.slice(0, 2)).toEqual(['$(id)', '* ; x']);
	expect(lines.slice(2).toSorted()).toEqual(['LC_ALL=C.UTF-8', expect.stringMatching(/^PATH=\/usr\/bin:/)]);
});

test('it is in a session of its own', async () => {
	const file = join(folder(), 'stat');
	await tell(shell('cat /proc/$$/stat >"$1"', file));
	const [pid, , , , group, session] = readFileSync(file, 'utf8')
		.replace(/\(.*\)/, 'x')
		.split(' ')
		.map(Number);
	expect([group, session]).toEqual([pid, pid]);
});

describe('what it reads', () => {
	/** As the program got it. */
	async function got(told: Message): Promise<string> {
		const file = join(folder(), 'message');
		expect((await tell(shell('cat >"$1"', file), {told})).delivery.kind).toBe('accepted');
		return readFileSync(file, 'utf8');
	}

	test('is the message, in one line', async () => {
		const text = await got(message);
		expect(text).toMatch(/^[^\n]*\n$/);
		expect(JSON.parse(text)).toEqual({
			version: 1,
			id: 'k5zlq2m4',
			host: 'web-01',
			at: '2026-12-01T03:12:00.000Z',
			mayRepeat: false,
			isTest: false,
			items: [
				{
					incident: 'k3f9',
					tells: 'firing',
					title: 'Disk nearly full /data',
					severity: 'critical',
					isFiring: true,
					text: '96.2%, above 95%',
					firedText: '96.2%, above 95%',
					startedAt: '2026-12-01T03:07:00.000Z',
					firedAt: '2026-12-01T03:12:00.000Z',
					runbook: 'https://wiki.example.com/disk',
					evidence: {
						at: '2026-12-01T03:12:00.000Z',
						hour: {
							from: '2026-12-01T02:12:00.000Z',
							to: '2026-12-01T03:12:00.000Z',
							unit: 'percent',
							values: [88.5, null, 96.2],
							warning: 90,
							critical: 95,
						},
						byCpu: [{pid: 987, name: 'mysqld', user: 'mysql', cpuPercent: 64, memoryBytes: 3_400_000_000}],
						byMemory: [],
					},
					timeline: [{at: '2026-12-01T03:07:00.000Z', kind: 'began', text: '95.1%, above 95%'}],
				},
			],
			others: [{incident: 'k3f2', title: 'orders-db', severity: 'critical', since: '2026-12-01T03:02:00.000Z'}],
		});
	});

	test('says of one that is over when that was, and of what thread it is', async () => {
		const over = {...item, tells: 'resolved', isFiring: false, endedAt: message.at + 1000} as const;
		expect(JSON.parse(await got({...message, threadId: 'first', mayRepeat: true, items: [over]}))).toMatchObject({
			threadId: 'first',
			mayRepeat: true,
			items: [{tells: 'resolved', isFiring: false, endedAt: '2026-12-01T03:12:01.000Z'}],
		});
	});

	test('is whole, however long it is', async () => {
		const items = Array.from({length: 2000}, (_, index) => ({...item, incident: `i${index}`}));
		const text = await got({...message, items});
		expect(text.length).toBeGreaterThan(1 << 20);
		expect(JSON.parse(text).items).toHaveLength(2000);
	});

	test('may be long and not be read', async () => {
		const items = Array.from({length: 2000}, () => item);
		expect(await deliveryOf('exit 0', {told: {...message, items}})).toEqual({kind: 'accepted', response: 'exit 0'});
		expect(await deliveryOf('exec <&-; exit 75', {told: {...message, items}})).toEqual(later('exit 75'));
	});

	test('has every name in it as it is shown, whatever it is', async () => {
		const hostile = ['"', '\\', '\n', '\u0000', '\u2028', '\u202e', '$(id)', '</script>', '\ud800', 'ü', '😀'].join(
			'x',
		);
		const title = safeText(hostile);
		const text = await got({...message, host: title, items: [{...item, title, text: title}]});
		expect(text.trimEnd()).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
		expect(JSON.parse(text)).toMatchObject({host: title, items: [{title, text: title}]});
	});

	test('is JSON of one line with any text', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary'}), fc.string({unit: 'binary'}), (a, b) => {
				const told = {
					...message,
					id: b,
					host: safeText(a),
					items: [{...item, title: safeText(a), runbook: safeText(b)}],
				};
				const text = messageJson(told);
				expect(text.indexOf('\n')).toBe(text.length - 1);
				expect(JSON.parse(text)).toMatchObject({id: b, host: safeText(a), items: [{runbook: safeText(b)}]});
			}),
		);
	});
});

test('stages say what was run, and what came of it', async () => {
	expect((await tell(shell('echo thanks'))).stages).toEqual([
		{name: safe`start`, text: '/bin/sh'},
		{name: safe`end`, text: 'thanks'},
	]);
	expect((await tell(shell('exit 75'))).stages[1]).toEqual({name: 'end', text: 'exit 75', isFailure: true});
});

test('its time is what is configured', () => {
	const options = (timeout: string) => command.options.parse({command: ['/bin/true'], timeout});
	expect(['1s', '90s', '5m'].map(timeout => command.timeout(options(timeout)))).toEqual([1000, 90_000, 300_000]);
	expect(command.timeout(command.options.parse({command: ['/bin/true']}))).toBe(30_000);
});
