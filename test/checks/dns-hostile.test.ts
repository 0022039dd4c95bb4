import {expect, test} from 'vitest';
import {dns} from '../../src/checks/dns.js';
import {answerOf, hangingAnswer} from '../helpers/ask.js';
import {datagrams, dnsAnswer, dnsName, dnsRecord, nameAsked, typeAsked} from '../helpers/datagrams.js';
import {listening} from '../helpers/listening.js';

const types = {A: 1, CNAME: 5, TXT: 16} as const;

type Server = (question: Buffer) => readonly Uint8Array[];

/** How a name server may be bad; HERE is where it is. */
const servers: Readonly<Record<string, readonly [server: Server, reason: string]>> = {
	'is silent': [() => [], 'no answer in 300 ms: name server HERE is silent'],
	'answers another question': [
		question => [dnsAnswer(Buffer.concat([Buffer.of(1, 2), question.subarray(2)]))],
		'no answer in 300 ms: name server HERE is silent',
	],
	'answers a thousand other questions': [
		question =>
			Array.from({length: 1000}, (_, id) =>
				dnsAnswer(Buffer.concat([Buffer.of(id >> 8, id & 255), question.subarray(2)])),
			),
		'no answer in 300 ms: name server HERE is silent',
	],
	'speaks something else': [
		() => [Buffer.from('SSH-2.0\x1b]0;owned\x07')],
		'name server HERE answers with something else than DNS',
	],
	'cuts its answer': [question => [question.subarray(0, 7)], 'name server HERE answers with something else than DNS'],
	'promises more records than it has': [
		question => [dnsAnswer(question, {records: [Buffer.alloc(0), Buffer.alloc(0)]})],
		'name server HERE answers with something else than DNS',
	],
	'has a name that points at itself': [
		question => [dnsAnswer(question, {records: [Buffer.of(0xc0, question.length - 11, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0)]})],
		'name server HERE answers with something else than DNS',
	],
	'knows no such name': [question => [dnsAnswer(question, {rcode: 3})], 'shop.test: no such name (NXDOMAIN)'],
	failed: [question => [dnsAnswer(question, {rcode: 2})], 'name server HERE failed (SERVFAIL)'],
	refuses: [question => [dnsAnswer(question, {rcode: 5})], 'refused by name server HERE (REFUSED)'],
	'does not understand': [
		question => [dnsAnswer(question, {rcode: 1})],
		'name server HERE did not understand the question (FORMERR)',
	],
	'has not learned that': [
		question => [dnsAnswer(question, {rcode: 4})],
		'name server HERE does not answer such questions (NOTIMP)',
	],
	'answers nothing': [question => [dnsAnswer(question)], 'no A record for shop.test'],
	'leads in a circle': [
		question => [
			dnsAnswer(question, {
				records: [dnsRecord(types.CNAME, dnsName(nameAsked(question) === 'shop.test' ? 'web.test' : 'shop.test'))],
			}),
		],
		'no A record for shop.test: its CNAMEs go in a circle (shop.test -> web.test -> shop.test)',
	],
	'leads ever further': [
		question => [dnsAnswer(question, {records: [dnsRecord(types.CNAME, dnsName(`a.${nameAsked(question)}`))]})],
		'no A record for shop.test, which is a CNAME of a.a.a.a.a.a.a.a.shop.test',
	],
	'says nothing, and is silent when it is asked why': [
		question => (typeAsked(question) === types.CNAME ? [] : [dnsAnswer(question)]),
		'no A record for shop.test',
	],
};

for (const [name, [server, reason]] of Object.entries(servers)) {
	test(`a name server that ${name}`, async () => {
		const {port} = await datagrams(server);
		const {answer, ...ended} = await hangingAnswer(dns, {domain: 'shop.test', server: `127.0.0.1:${port}`});
		expect(ended).toEqual({isInTime: true, left: 0});
		const reasons = [answer.failure, ...(answer.findings ?? [])].flatMap(found => found ?? []);
		expect(reasons.map(found => found.reason)).toEqual([reason.replace('HERE', `127.0.0.1:${port}`)]);
		expect(reasons.map(({status}) => status)).toEqual(['critical']);
	});
}

test('a name server that has more to say over TCP, and is silent there', async () => {
	let connections = 0;
	const {port} = await listening(socket => {
		connections++;
		socket.resume();
	});
	await datagrams(question => [dnsAnswer(question, {flags: 0x0200})], port);
	const {answer, ...ended} = await hangingAnswer(dns, {domain: 'shop.test', server: `127.0.0.1:${port}`});
	expect(ended).toEqual({isInTime: true, left: 0});
	expect(answer.failure).toMatchObject({isTimeout: true, reason: expect.stringContaining('is silent')});
	expect(connections).toBeGreaterThan(0);
});

test('a name server that has 4,000 addresses, over TCP', async () => {
	const records = Array.from({length: 4000}, (_, at) => dnsRecord(types.A, Buffer.of(10, 0, at >> 8, at & 255)));
	const {port} = await listening(socket =>
		socket.once('data', question => {
			const answer = dnsAnswer(question.subarray(2), {records});
			const length = Buffer.alloc(2);
			length.writeUInt16BE(answer.length);
			socket.write(Buffer.concat([length, answer]));
		}),
	);
	await datagrams(question => [dnsAnswer(question, {flags: 0x0200})], port);
	const answer = await answerOf(dns, {domain: 'shop.test', server: `127.0.0.1:${port}`, expect: '10.0.0.1'});
	expect(answer).toMatchObject({text: '10.0.0.0, 10.0.0.1, 10.0.0.10, 10.0.0.100 and 3996 more', findings: []});
	expect(answer.facts?.length).toBeLessThan(200);
});

test('a packet that got lost is sent again', async () => {
	let lost = 0;
	const {port, questions} = await datagrams(question =>
		lost++ < 1 ? [] : [dnsAnswer(question, {records: [dnsRecord(types.A, Buffer.of(10, 1, 2, 3))]})],
	);
	const answer = await answerOf(dns, {domain: 'shop.test', server: `127.0.0.1:${port}`}, {timeout: 1000});
	expect(answer).toMatchObject({text: '10.1.2.3', findings: []});
	expect(questions.length).toBeGreaterThan(1);
});

test('nothing in an answer can do harm', async () => {
	const text = '\x1b]0;owned\x07\u202e';
	const data = Buffer.concat([Buffer.of(Buffer.byteLength(text)), Buffer.from(text)]);
	const {port} = await datagrams(question => [dnsAnswer(question, {records: [dnsRecord(types.TXT, data)]})]);
	const options = {domain: 'shop.test', record: 'TXT', server: `127.0.0.1:${port}`, expect: 'v=spf1'};
	const answer = await answerOf(dns, options);
	const shown = '\\x1b]0;owned\\x07\ufffd';
	expect(answer).toMatchObject({
		text: shown,
		findings: [{reason: `answers ${shown}, wanted v=spf1`}],
		values: {BODY: text},
	});
	expect(answer.facts?.at(-1)?.value).toBe(shown);
});
