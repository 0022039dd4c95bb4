import {once} from 'node:events';
import {connect} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {askEngine} from '../../src/engine/control-client.js';
import {mostControllers, RequestError} from '../../src/engine/control-server.js';
import {until} from '../helpers/until.js';
import {asker, by, controlled, greeting, RawClient, refusal} from './controlled.js';

describe('a control server', () => {
	test('greets, and answers with the id it was given', async () => {
		const {path} = await controlled({echo: async args => args, nothing: async () => undefined});
		const client = new RawClient(path);
		client.ask('echo', {id: 7, a: [1, 'é\n'], healthtop: {}});
		client.ask('nothing', {id: -1.5});
		expect(await client.answers(2)).toEqual([
			{id: 7, ok: true, result: {a: [1, 'é\n'], healthtop: {}}},
			{id: -1.5, ok: true, result: null},
		]);
		expect(client.lines[0]).toEqual(greeting);
	});

	test('tells a refusal to the one who asked, and an error to its log only', async () => {
		const {path, errors} = await controlled({
			refuse: async () => {
				throw new RequestError('refused', 'not today');
			},
			fail: async () => {
				throw new Error('the password is hunter2');
			},
			loop: async () => 1n,
		});
		const client = new RawClient(path);
		client.ask('refuse');
		client.ask('fail');
		client.ask('loop');
		const failed = {id: 1, ok: false, code: 'failed', reason: 'it failed; the log of the engine says why'};
		expect(await client.answers(3)).toEqual([{id: 1, ok: false, code: 'refused', reason: 'not today'}, failed, failed]);
		expect(errors).toEqual(["'fail': the password is hunter2", "'loop': Do not know how to serialize a BigInt"]);
	});

	test('answers what is no request, and goes on', async () => {
		const {path} = await controlled({ping: async () => 'pong'});
		const client = new RawClient(path);
		const wrong = [
			'',
			'garbage \u0000\u001b[2J',
			'[]',
			'null',
			'{"id":3}',
			'{"id":"4","do":"ping"}',
			`{"id":5,"do":"ping","by":${JSON.stringify({...by, pid: -1})}}`,
			'{"id":6,"do":"ping"}',
		];
		client.socket.write(
			Buffer.concat([Buffer.from([0xff, 0xfe, 10]), Buffer.from(wrong.map(line => `${line}\n`).join(''))]),
		);
		client.ask('toString');
		client.ask('__proto__');
		client.ask('ping');
		const answers = await client.answers(wrong.length + 4);
		expect(answers.map(({ok, code, id}) => [ok, code, id])).toEqual([
			...Array.from({length: 5}, () => [false, 'bad-request', undefined]),
			[false, 'bad-request', 3],
			[false, 'bad-request', undefined],
			[false, 'bad-request', 5],
			[false, 'bad-request', 6],
			[false, 'unknown-request', 1],
			[false, 'unknown-request', 1],
			[true, undefined, 1],
		]);
		expect(answers[5]?.['reason']).toBe('request.do: must be a text, not nothing');
		expect(answers[9]?.['reason']).toBe("this engine knows no 'toString'");
	});

	test('answers in order, one at a time, also who has nothing more to say', async () => {
		const finish: (() => void)[] = [];
		const begun: unknown[] = [];
		const {path} = await controlled({
			slow: args => {
				begun.push(args['n']);
				return new Promise(resolve => finish.push(() => resolve(args['n'])));
			},
			ping: async () => 'pong',
		});
		const client = new RawClient(path);
		client.ask('slow', {n: 1});
		client.ask('slow', {n: 2});
		client.ask('ping');
		client.socket.end();
		await until('the first has begun', () => finish.length === 1);

		const other = new RawClient(path);
		other.ask('ping');
		await other.answers(1);
		expect(begun).toEqual([1]);
		finish[0]?.();
		await until('the second has begun', () => finish.length === 2);
		finish[1]?.();
		await once(client.socket, 'end');
		expect(client.lines.slice(1).map(({result}) => result)).toEqual([1, 2, 'pong']);
	});

	test('reads no further while it has something to answer', async () => {
		let calls = 0;
		const {path, sockets} = await controlled({
			stuck: () => {
				calls++;
				return new Promise(() => {});
			},
		});
		const client = new RawClient(path);
		const line = `${JSON.stringify({id: 1, do: 'stuck', by, padding: 'x'.repeat(1000)})}\n`;
		client.socket.write(line.repeat(20_000));
		await until('it is asked', () => calls === 1);
		// What fits between here and there: the kernel's buffers and Node's.
		await until('nothing more is taken', () => client.socket.writableLength > 15e6);
		expect(sockets[0]?.bytesRead).toBeLessThan(500_000);
		expect(calls).toBe(1);
	});

	test('serves a thousand requests in one piece to whoever reads', async () => {
		const {path} = await controlled({ping: async args => [args['n'], 'x'.repeat(4000)]});
		const client = new RawClient(path);
		client.socket.write(
			Array.from({length: 1000}, (_, n) => `${JSON.stringify({id: n, do: 'ping', by, n})}\n`).join(''),
		);
		expect((await client.answers(1000)).map(({id}) => id)).toEqual(Array.from({length: 1000}, (_, n) => n));
	});

	test('says goodbye to 100 MB without an end, and reads no more of it', async () => {
		const {path, sockets} = await controlled({ping: async () => 'pong'});
		const client = new RawClient(path);
		const before = process.memoryUsage().rss;
		const piece = Buffer.alloc(1 << 20, 'x');
		let sent = 0;
		const send = (): void => {
			while (sent < 100 && !client.socket.destroyed && client.socket.write(piece)) {
				sent++;
			}
		};
		client.socket.on('drain', send);
		send();
		await new Promise(resolve => client.socket.once('close', resolve));
		expect(client.lines).toEqual([greeting, {type: 'bye', reason: 'line-too-long'}]);
		expect(sockets[0]?.bytesRead).toBeLessThan(500_000);
		expect(process.memoryUsage().rss - before).toBeLessThan(50 << 20);

		const other = new RawClient(path);
		other.ask('ping');
		expect(await other.answers(1)).toMatchObject([{result: 'pong'}]);
	});

	test('takes a request of 64 KiB, and none that is longer', async () => {
		const {path} = await controlled({length: async args => String(args['padding']).length});
		const empty = JSON.stringify({id: 1, do: 'length', by, padding: ''});
		const client = new RawClient(path);
		const padding = 'x'.repeat((64 << 10) - empty.length);
		client.ask('length', {padding});
		expect(await client.answers(1)).toMatchObject([{result: padding.length}]);
		client.ask('length', {padding: `${padding}x`});
		await once(client.socket, 'end');
		expect(client.lines.at(-1)).toEqual({type: 'bye', reason: 'line-too-long'});
	});

	test('cuts whoever does not read what it is told', async () => {
		const {path, sockets} = await controlled({much: async () => 'x'.repeat(100_000)});
		const socket = connect(path).on('error', () => {});
		onTestFinished(() => void socket.destroy());
		const line = `${JSON.stringify({id: 1, do: 'much', by})}\n`;
		socket.write(line.repeat(500));
		await until('it is cut', () => sockets[0]?.destroyed === true);
	});

	test('gives one large answer whole', async () => {
		const {path} = await controlled({much: async () => 'x'.repeat(5e6)});
		expect(await askEngine(path, {do: 'much'}, asker, 1)).toHaveLength(5e6);
	});

	test('outlives connections that are cut at any moment', async () => {
		const {path, sockets, errors} = await controlled({
			slow: () => new Promise(resolve => setImmediate(resolve, 'done')),
		});
		const line = JSON.stringify({id: 1, do: 'slow', by});

		for (const part of ['', '{"id":', line, `${line}\n`, `${line}\n${line}`, `${line}\n`.repeat(50)]) {
			const socket = connect(path).on('error', () => {});
			await once(socket, 'connect');
			socket.write(part, () => socket.destroy());
		}

		await until('all are gone', () => sockets.length === 6 && sockets.every(({closed}) => closed));
		expect(errors).toEqual([]);
		expect(await askEngine(path, {do: 'slow'}, asker, 1)).toBe('done');
	});
});

describe('200 connections', () => {
	test('leave the first ones served, and room afterwards', async () => {
		const {path} = await controlled({ping: async () => 'pong'});
		const clients = Array.from({length: 200}, () => new RawClient(path));
		await until('all were told something', () => clients.every(({lines}) => lines.length > 0));
		const served = clients.filter(({lines: [first]}) => first?.['healthtop'] === 'control');
		expect(served).toHaveLength(mostControllers);
		expect(await refusal(askEngine(path, {do: 'ping'}, asker, 1))).toEqual({
			kind: 'refused',
			code: 'too-many',
			reason: 'too many others ask it at the moment',
		});
		served[0]?.ask('ping');
		expect(await served[0]?.answers(1)).toMatchObject([{result: 'pong'}]);
		served[0]?.socket.destroy();
		let answer: unknown;
		await until('there is room', () => {
			askEngine(path, {do: 'ping'}, asker, 1).then(
				result => {
					answer = result;
				},
				() => {},
			);
			return answer === 'pong';
		});
	});
});
