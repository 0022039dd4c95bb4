import {expect, test} from 'vitest';
import {tcp} from '../../src/checks/tcp.js';
import {answerOf, hangingAnswer} from '../helpers/ask.js';
import {freePort, listening} from '../helpers/listening.js';

test('is well where a port accepts', async () => {
	const {port} = await listening(() => {});
	const answer = await answerOf(tcp, {port});
	expect(answer).toMatchObject({values: {CONNECTED: true, IP: '127.0.0.1'}, text: 'connected', findings: []});
	expect(answer.reach).toEqual({isLoopback: true, hasConnected: true, target: `127.0.0.1:${port}`});
	expect(answer.stages?.map(({name}) => name)).toEqual(['name', 'connect', 'whole']);
});

test('says who refused', async () => {
	const port = await freePort();
	const {failure, values} = await answerOf(tcp, {port});
	expect(failure).toEqual({status: 'critical', reason: `refused on 127.0.0.1:${port}`});
	expect(values).toEqual({CONNECTED: false});
});

test('sends, and reads until it is what was expected', async () => {
	const {port} = await listening(socket => {
		socket.write('220 mail.exam');
		socket.once('data', chunk => socket.write(`ple ESMTP\r\n250 ${chunk}`));
	});
	const answer = await answerOf(tcp, {port, send: 'EHLO me\r\n', expect: '^220 .*ESMTP'});
	expect(answer).toMatchObject({text: '220 mail.example ESMTP', findings: []});
});

test('quotes what was said instead, and nothing in it can do harm', async () => {
	const {port} = await listening(socket => socket.end('SSH-2.0\x1b]0;owned\x07\r\nmore'));
	const answer = await answerOf(tcp, {port, expect: '^220 '});
	expect(answer.failure).toEqual({
		status: 'critical',
		reason: "said 'SSH-2.0\\x1b]0;owned\\x07', not what was expected",
	});
});

test('ends at its deadline where nothing is said', async () => {
	const {port} = await listening(() => {});
	const {answer, ...ended} = await hangingAnswer(tcp, {port, expect: '^220 '});
	expect(ended).toEqual({isInTime: true, left: 0});
	expect(answer.failure).toEqual({
		status: 'critical',
		reason: 'no answer in 300 ms: connected, then silent',
		isTimeout: true,
	});
});

test.each([
	['half of it', ['22'], "said '22', and not what was expected in 300 ms"],
	['something else, and goes on', ['x', 'y'], "said 'x', and not what was expected in 300 ms"],
])('tells that time ran out where somebody says %s', async (_, said, start) => {
	const {port} = await listening(socket => {
		for (const part of said) {
			socket.write(`${part}\r\n`);
		}
	});
	const {answer, ...ended} = await hangingAnswer(tcp, {port, expect: '^220 '});
	expect(ended).toEqual({isInTime: true, left: 0});
	expect(answer.failure).toEqual({status: 'critical', reason: start, isTimeout: true});
});

test('reads no more than 64 KiB of what never ends', async () => {
	const {port} = await listening(socket => {
		const more = () => {
			while (!socket.destroyed && socket.write('x'.repeat(1000))) {}
		};
		socket.on('drain', more);
		more();
	});
	const answer = await answerOf(tcp, {port, expect: '^220 '});
	expect(answer.values.BODY).toHaveLength(64 << 10);
	expect(answer.failure).toEqual({status: 'critical', reason: `said '${'x'.repeat(80)}', not what was expected`});
});

test('refuses a pattern that is none', async () => {
	await expect(answerOf(tcp, {port: 1, expect: '(?=x)'})).rejects.toThrow('regular expression of RE2');
});
