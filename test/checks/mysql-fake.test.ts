import {constants, generateKeyPairSync, privateDecrypt} from 'node:crypto';
import {once} from 'node:events';
import {createConnection} from 'node:net';
import {setImmediate} from 'node:timers/promises';
import {beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {mysql} from '../../src/checks/mysql.js';
import {Wire} from '../../src/checks/mysql-wire.js';
import {answerOf, askOnce, checkOf, hangingAnswer} from '../helpers/ask.js';
import {listening} from '../helpers/listening.js';
import {challenge, columns, end, error, fake, greeting, noStatus, ok, packet, row} from '../helpers/mysql-packets.js';
import {randomOf} from '../helpers/random.js';

const password = 'geheim-42';
const login = {user: 'monitor', password};
const critical = (reason: string) => ({status: 'critical', reason});
const late = (reason: string) => ({...critical(`no answer in 300 ms: ${reason}`), isTimeout: true});

// On a busy machine loading and compiling the client takes longer than the questions below may.
beforeAll(async () => {
	await answerOf(mysql, {port: 1, ...login});
});

/** What a library may not do: it would write over the screen. The traces of mysql2 alone are not in the bundle. */
function spies() {
	const trace = vi.spyOn(console, 'trace').mockImplementation(() => {});
	const others = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')];
	onTestFinished(() => {
		for (const spy of [trace, ...others]) {
			spy.mockRestore();
		}
	});
	return others;
}

function expectSilence(said: ReturnType<typeof spies>): void {
	for (const spy of said) {
		expect(spy).not.toHaveBeenCalled();
	}
}

describe('a server that lets somebody in', () => {
	test('and is silent', async () => {
		const {port} = await fake(greeting(), [ok(2)]);
		const {answer, ...ended} = await hangingAnswer(mysql, {port, ...login});
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toEqual(late('logged in, then silent'));
	});

	test('not, and says nothing', async () => {
		const {port} = await fake(greeting(), []);
		const {answer, ...ended} = await hangingAnswer(mysql, {port, ...login});
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toEqual(late('connected, then no answer to the login'));
	});

	test('and tells nothing about its status', async () => {
		const {port} = await fake(greeting(), [ok(2), ok(1)]);
		const {answer, ...ended} = await hangingAnswer(mysql, {port, ...login});
		expect(ended).toEqual({isInTime: true, left: 0});
		expect(answer.failure).toEqual(late('answered, then silent about its status'));
	});

	test('and knows of no status', async () => {
		const {port} = await fake(greeting(), [ok(2), ok(1), ...noStatus]);
		const {text, measures, isFirst, failure} = await answerOf(mysql, {port, ...login});
		expect({text, measures, isFirst, failure}).toEqual({text: 'connected', measures: {}});
	});

	test('and answers without end', async () => {
		const {port} = await fake(greeting(), [ok(2), columns(1, 'a')], socket => {
			let count = 4;
			const more = () => {
				const rows = Array.from({length: 2000}, (_, index) => row(count + index, 'x'));
				count += rows.length;

				if (!socket.destroyed && socket.write(Buffer.concat(rows))) {
					more();
				}
			};
			socket.on('drain', more);
			more();
		});
		const answer = await answerOf(mysql, {port, ...login, query: 'SELECT x'});
		expect(answer).toMatchObject({text: 'connected'});
		expect(JSON.parse(answer.values.BODY ?? '')).toHaveLength(100);
	});

	test('and refuses a query in words that would do harm', async () => {
		const refusal = error(1, 1064, `\x1b]0;owned\x07${'x'.repeat(500)}`);
		const {port} = await fake(greeting(), [ok(2), refusal, ...noStatus]);
		const {failure} = await answerOf(mysql, {port, ...login, query: 'SELECT x'});
		expect(failure).toEqual(critical(`query failed: \\x1b]0;owned\\x07${'x'.repeat(150)}`));
	});

	test('and says half an answer', async () => {
		const {port} = await fake(greeting(), [ok(2), columns(1, 'a')]);
		const {answer} = await hangingAnswer(mysql, {port, ...login, query: 'SELECT x'});
		expect(answer.failure).toEqual(late('query still running'));
	});

	test('and closes after half an answer', async () => {
		const {port} = await fake(greeting(), [ok(2), columns(1, 'a')], socket => socket.end());
		const {failure} = await answerOf(mysql, {port, ...login, query: 'SELECT x'});
		expect(failure).toEqual(critical('connection lost in the middle of the query'));
	});

	const broken: Record<string, Buffer> = {
		'a packet out of turn': ok(7),
		'a packet more than it was asked for': Buffer.concat([ok(1), ok(2), ok(2)]),
		'columns that are none': packet(1, Buffer.from([3])),
		'a packet that ends in its middle': Buffer.concat([packet(1, Buffer.from([1])), packet(2, Buffer.from([200, 1]))]),
		'a wish for one of our files': packet(1, Buffer.from('\xfb/etc/passwd', 'latin1')),
		'JSON that is none': Buffer.concat([columns(1, 'a'), packet(4, Buffer.from([250])), end(5)]),
	};

	for (const [name, answer] of Object.entries(broken)) {
		test(`and answers with ${name}`, async () => {
			const said = spies();
			const {port} = await fake(greeting(), [ok(2), answer, Buffer.from('garbage')]);
			const {failure} = await answerOf(mysql, {port, ...login, query: 'SELECT x'}, {timeout: 300});
			expect(failure?.status).toBe('critical');
			await setImmediate();

			expectSilence(said);
		});
	}
});

describe('a server that wants to be logged in to in another way', () => {
	const other = (name: string) => packet(2, Buffer.concat([Buffer.from([254]), Buffer.from(`${name}\0`), challenge]));

	test('that nobody knows', async () => {
		const {port} = await fake(greeting(), [other('client_ed25519')]);
		const reason = 'the server wants monitor to log in in a way that healthtop does not know';
		expect((await answerOf(mysql, {port, ...login})).failure).toEqual(critical(reason));
	});

	test('with the password as it is', async () => {
		const heard: Buffer[] = [];
		const {port} = await fake(greeting(), [
			before => {
				heard.push(before);
				return other('mysql_clear_password');
			},
			after => {
				heard.push(after);
				return ok(4);
			},
		]);
		const reason = 'the server wants the password of monitor as it is, which healthtop does not tell it';
		expect((await answerOf(mysql, {port, ...login})).failure).toEqual(critical(reason));
		expect(Buffer.concat(heard).toString('latin1')).not.toContain(password);
	});

	/** MySQL 8's way. MariaDB has no such thing, and MySQL is not in Debian: only its packets are tried here. */
	const sha2 = greeting('caching_sha2_password');
	const known = packet(2, Buffer.from([1, 3]));
	const unknown = packet(2, Buffer.from([1, 4]));

	test('caching_sha2_password, when the server knows the password already', async () => {
		const {port} = await fake(sha2, [Buffer.concat([known, ok(3)]), ok(1), ...noStatus]);
		expect((await answerOf(mysql, {port, ...login})).text).toBe('connected');
	});

	test('caching_sha2_password, with the key of a server on this machine', async () => {
		const {publicKey, privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
		const key = publicKey.export({type: 'spki', format: 'pem'}) as string;
		let told = '';
		const {port} = await fake(sha2, [
			unknown,
			packet(4, Buffer.from(`\x01${key}`)),
			heard => {
				const padding = constants.RSA_PKCS1_OAEP_PADDING;
				const mixed = privateDecrypt({key: privateKey, padding, oaepHash: 'sha1'}, heard.subarray(4));
				told = Buffer.from(mixed.map((byte, index) => byte ^ (challenge[index % 20] ?? 0))).toString();
				return ok(6);
			},
			ok(1),
			...noStatus,
		]);
		expect((await answerOf(mysql, {port, ...login})).text).toBe('connected');
		expect(told).toBe(`${password}\0`);
	});
});

test('over a network nobody is told the password who only has a key for it', async () => {
	const heard: Buffer[] = [];
	const {port} = await fake(greeting(), [
		before => {
			heard.push(before);
			return ok(2);
		},
	]);
	const socket = createConnection(port, '127.0.0.1');
	await once(socket, 'connect');
	socket.once('data', greeting => {
		const wire = new Wire(socket, {greeting, isTls: false, isPrivate: false});
		wire.on('error', error => socket.emit('told', error));
		wire.resume().write(packet(3, Buffer.from([2])));
	});
	const [told] = await once(socket, 'told');
	expect(told).toMatchObject({kind: 'secret'});
	expect({heard, isOver: socket.destroyed}).toEqual({heard: [], isOver: true});
});

test('no bytes of a server bring the check down', async () => {
	const random = randomOf(7);
	const stray = vi.fn();
	const said = spies();
	process.on('uncaughtException', stray).on('unhandledRejection', stray);
	onTestFinished(() => {
		process.off('uncaughtException', stray).off('unhandledRejection', stray);
	});
	const dialogue = [
		greeting(),
		ok(2),
		Buffer.concat([columns(1, 'a'), row(4, '1'), row(5, '22'), end(6)]),
		error(1, 1, 'x'),
	];
	const any = (most: number) => Math.floor(random() * most);
	const {port} = await listening(socket => {
		const left = dialogue.map(Buffer.from);
		const changed = left[any(left.length)];

		for (let changes = 1 + any(3); changed && changes > 0; changes--) {
			changed[any(changed.length)] = any(256);
		}

		const say = () => {
			const next = left.shift() ?? Buffer.from('more');
			socket.write(random() < 0.1 ? next.subarray(0, any(next.length)) : next);
		};
		socket.on('data', say);
		say();
	});
	const ask = await checkOf(mysql, {port, ...login, query: 'SELECT a'});

	for (let round = 0; round < 60; round++) {
		await Promise.all(Array.from({length: 25}, () => askOnce(ask, {timeout: 40})));
	}

	await setImmediate();
	expect(stray).not.toHaveBeenCalled();
	expectSilence(said);
});
