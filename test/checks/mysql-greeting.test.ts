import {setImmediate} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {mysql} from '../../src/checks/mysql.js';
import {greetingOf} from '../../src/checks/mysql-greeting.js';
import {answerOf, hangingAnswer} from '../helpers/ask.js';
import {listening} from '../helpers/listening.js';
import {error, fake, greeting, noStatus, ok} from '../helpers/mysql-packets.js';

const login = {user: 'monitor', password: 'geheim-42'};
const critical = (reason: string) => ({status: 'critical', reason});
const late = (reason: string) => ({...critical(`no answer in 300 ms: ${reason}`), isTimeout: true});

describe('a server that greets', () => {
	const others: Record<string, string> = {
		SSH: 'SSH-2.0-OpenSSH_9.2\r\n',
		SMTP: '220 mail.example.com ESMTP\r\n',
		'HTTP without being asked': 'HTTP/1.0 400 Bad Request\r\n\r\n',
		'with another version': '\x03\0\0\0\x09ab',
		'with two packets': `${greeting().toString('latin1')}\x01\0\0\x01x`,
		'with an empty packet': '\0\0\0\0',
		'with the wrong number': '\x05\0\0\x01\x0aabcd',
	};

	for (const [name, said] of Object.entries(others)) {
		test(`${name} is not MySQL`, async () => {
			const {port} = await listening(socket => socket.write(said, 'latin1'));
			expect((await answerOf(mysql, {port, ...login})).failure).toEqual(critical(`not MySQL on 127.0.0.1:${port}`));
		});
	}

	test('with half a greeting', async () => {
		const {port} = await listening(socket => socket.write(greeting().subarray(0, 20)));
		const {answer, ...ended} = await hangingAnswer(mysql, {port, ...login});
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toEqual(late('connected, then only half a greeting'));
	});

	test('with a greeting byte by byte', async () => {
		const {port} = await fake(
			async socket => {
				for (const byte of greeting()) {
					socket.write(Buffer.from([byte]));
					await setImmediate();
				}
			},
			[ok(2), ok(1), ...noStatus],
		);
		expect((await answerOf(mysql, {port, ...login})).text).toBe('connected');
	});

	test('with nothing', async () => {
		const {port} = await listening(() => {});
		const {answer, ...ended} = await hangingAnswer(mysql, {port, ...login});
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toEqual(late('connected, then silent'));
	});

	test('by closing', async () => {
		const {port} = await listening(socket => socket.end());
		const reason = `127.0.0.1:${port} closed the connection without a greeting`;
		expect((await answerOf(mysql, {port, ...login})).failure).toEqual(critical(reason));
	});

	const refusals: [errno: number, reason: string][] = [
		[1129, 'the server blocks this machine: too many of its connections were broken off (FLUSH HOSTS ends it)'],
		[1130, 'the server takes no connections from this machine'],
		[1040, 'all connections of the server are in use'],
		[9999, 'not let in as monitor: \\x1b[31mno'],
	];

	for (const [errno, reason] of refusals) {
		test(`with error ${errno}`, async () => {
			const {port} = await listening(socket => socket.end(error(0, errno, '\x1b[31mno')));
			expect((await answerOf(mysql, {port, ...login})).failure).toEqual(critical(reason));
		});
	}
});

test('a server that offers TLS and is silent then', async () => {
	const {port} = await fake(greeting('mysql_native_password', {offersTls: true}), []);
	const {answer, ...ended} = await hangingAnswer(mysql, {port, ...login, tls: true});
	expect(ended).toEqual({isInTime: true, left: 0});
	expect(answer.failure).toEqual(late('connected, then no answer to TLS'));
});

test('a server that offers no TLS', async () => {
	const {port} = await fake(greeting(), []);
	const reason = `no TLS on 127.0.0.1:${port}: the server does not offer it`;
	expect((await answerOf(mysql, {port, ...login, tls: true})).failure).toEqual(critical(reason));
});

describe('a greeting', () => {
	const whole = greeting();
	test.each([
		['whole', whole, {packet: whole, isRefusal: false, offersTls: false}],
		[
			'with TLS',
			greeting('x', {offersTls: true}),
			{packet: greeting('x', {offersTls: true}), isRefusal: false, offersTls: true},
		],
		['a refusal', error(0, 1040, 'x'), {packet: error(0, 1040, 'x'), isRefusal: true, offersTls: false}],
		['two bytes', Buffer.from('SS'), 'half'],
		['without its last byte', whole.subarray(0, -1), 'half'],
		['with one byte more', Buffer.concat([whole, Buffer.from([1])]), 'foreign'],
		['too long to be one', Buffer.from([1, 16, 0, 0]), 'foreign'],
	])('%s', (_, bytes, expected) => {
		expect(greetingOf(bytes)).toEqual(expected);
	});
});
