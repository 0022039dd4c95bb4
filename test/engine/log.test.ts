import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type LogFields, logLevels} from '../../src/core/log.js';
import {folder} from '../helpers/folder.js';
import {linesOf, messagesOf, opened} from './opened-log.js';

describe('a line', () => {
	test('has level, time, process, fields and message, and is its owner’s alone', async () => {
		const {log, clock, close, file} = opened(join(folder(), 'state'));
		await clock.advance(1234);
		log.info('problem appeared', {area: 'load', seconds: 5, isNote: false, nothing: undefined});
		await close();
		expect(readFileSync(file, 'utf8')).toBe(
			'{"level":"info","time":"2026-11-22T03:14:52.234Z","pid":4711,"area":"load","seconds":5,"isNote":false,"message":"problem appeared"}\n',
		);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
	});

	test('has no raw control character, whatever was said', async () => {
		const {log, close, file} = opened(folder());
		log.warn('\x1b]0;owned\x07\nsecond line', {name: '\x1b[2J\x9b', '\x1bkey': 1});
		await close();
		const text = readFileSync(file, 'latin1');
		expect(text.match(/[\x00-\x1f]/g)).toEqual(['\n']);
		expect(linesOf(file)).toHaveLength(1);
		expect(linesOf(file)[0]).toMatchObject({message: '\x1b]0;owned\x07\nsecond line', name: '\x1b[2J\x9b'});
	});

	test('has each name once, and no text without end', async () => {
		const {log, close, file} = opened(folder());
		log.info('%s and %d', {time: 1, level: 2, pid: 3, message: 'mine', long: 'x'.repeat(100_000), odd: Number.NaN});
		await close();
		const [line] = linesOf(file);
		expect(line).toMatchObject({level: 'info', time_: 1, level_: 2, pid: 4711, pid_: 3, message_: 'mine', odd: null});
		expect(line?.['message']).toBe('%s and %d');
		expect(readFileSync(file, 'utf8').length).toBeLessThan(20_000);
	});
});

test('only what is grave enough is kept, and that can be changed', async () => {
	const {log, close, file} = opened(folder(), {level: 'warn'});
	const say = (when: string) => {
		for (const level of logLevels) {
			log[level](`${when} ${level}`);
		}
	};
	say('first');
	log.setLevel('debug');
	say('then');
	await log.start();
	log.setLevel('error');
	say('last');
	await close();
	expect(messagesOf(file)).toEqual([
		'first warn',
		'first error',
		'then debug',
		'then info',
		'then warn',
		'then error',
		'last error',
	]);
});

describe('secrets', () => {
	test.each<[name: string, fields: LogFields, written: Record<string, unknown>]>([
		['in a text', {url: 'http://bot:hun"ter@host/'}, {url: 'http://bot:[secret]@host/'}],
		['in JSON in a text', {body: '{"p":"hun\\"ter"}'}, {body: '{"p":"[secret]"}'}],
		['in a number', {port: 98_765_432}, {port: '[secret]5432'}],
		['in a name', {'hun"ter': 1}, {'[secret]': 1}],
		[
			'by its name',
			{apiKey: 'abc', password: true, token: 5},
			{apiKey: '[secret]', password: '[secret]', token: '[secret]'},
		],
		['not where there is none', {port: 80, isThere: true}, {port: 80, isThere: true}],
	])('are hidden %s', async (_, fields, written) => {
		const {log, close, file} = opened(folder(), {secrets: ['hun"ter', '9876']});
		log.info('with hun"ter', fields);
		await close();
		const [{level, time, pid, message, ...rest} = {}] = linesOf(file);
		expect({message, ...rest}).toEqual({message: 'with [secret]', ...written});
		expect(readFileSync(file, 'utf8')).not.toMatch(/hun\\*"ter/);
	});

	test('can be others later', async () => {
		const {log, close, file} = opened(folder(), {secrets: ['old-secret']});
		log.info('old-secret new-secret');
		log.setSecrets(['new-secret']);
		log.info('old-secret new-secret');
		await close();
		expect(messagesOf(file)).toEqual(['[secret] new-secret', 'old-secret [secret]']);
	});

	test('are not kept in half when a text is cut', async () => {
		const {log, close, file} = opened(folder(), {secrets: ['hunter22']});
		log.info(`${'x'.repeat(16_380)}hunter22`);
		await close();
		expect(readFileSync(file, 'utf8')).not.toContain('hunt');
	});
});

describe('before it is started', () => {
	test('nothing is written, and afterwards everything, with the time it was said', async () => {
		const path = join(folder(), 'state');
		const {log, clock, close, file} = opened(path);
		log.info('early');
		await clock.advance(60_000);
		expect(existsSync(path)).toBe(false);
		await log.start();
		log.info('late');
		await close();
		expect(linesOf(file)).toMatchObject([
			{message: 'early', time: '2026-11-22T03:14:51.000Z'},
			{message: 'late', time: '2026-11-22T03:15:51.000Z'},
		]);
	});

	test('a thousand lines are kept, and how many were lost is said', async () => {
		const {log, close, file} = opened(folder());

		for (let i = 0; i < 1005; i++) {
			log.info(`line ${i}`);
		}

		await close();
		const lines = linesOf(file);
		expect(lines).toHaveLength(1001);
		expect(lines[0]).toMatchObject({level: 'warn', message: 'lines of this log were lost', lost: 5});
		expect(lines[1]).toMatchObject({message: 'line 0'});
	});

	test('without a place there is none, quietly', async () => {
		const {log, close} = opened('', {to: undefined});
		log.info('into nothing');
		await log.start();
		await close();
		expect(log.problem).toBeUndefined();
	});
});

test('after it was closed nothing is written', async () => {
	const {log, close, file} = opened(folder());
	log.info('end');
	await close();
	log.info('after the end');
	await close();
	expect(messagesOf(file)).toEqual(['end']);
});
