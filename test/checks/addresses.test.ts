import {isIP} from 'node:net';
import {expect, test} from 'vitest';
import {addressesOf, isOfThisMachine, serversOf} from '../../src/checks/addresses.js';
import {tcp} from '../../src/checks/tcp.js';
import {inHosts, searched} from '../../src/core/host-names.js';
import {type AskOptions, answerOf, asItIs} from '../helpers/ask.js';
import {datagrams, dnsAnswer, dnsName, dnsRecord, nameAsked, typeAsked} from '../helpers/datagrams.js';
import {fakeHost} from '../helpers/fake-host.js';
import {freePort} from '../helpers/listening.js';
import {withoutDescriptors} from '../helpers/no-descriptors.js';
import {testWith} from '../helpers/outside.js';

const types = {A: 1, CNAME: 5, AAAA: 28} as const;
const v4 = dnsRecord(types.A, Buffer.of(10, 1, 2, 3));
const v6 = dnsRecord(types.AAAA, Buffer.from('20010db8000000000000000000000001', 'hex'));
const hosts = '127.0.0.1\tlocalhost\n10.0.0.7 db.example.com db # the database\n';

/** What is asked with, on a machine with these files. */
function contextOf(files: Record<string, string>, timeout = 2000) {
	const signal = AbortSignal.timeout(timeout);
	return {host: fakeHost(files), now: () => performance.now(), wall: () => Date.now(), signal, timeout, hide: asItIs};
}

/** Why there is no connection to this name. */
async function failureFor(host: string, asked: AskOptions) {
	return (await answerOf(tcp, {host, port: 1}, asked)).failure;
}

/** A machine with only this name server. */
function hostAsking(port: number, more = '') {
	return fakeHost({'/etc/resolv.conf': `nameserver 127.0.0.1:${port}\n${more}`});
}

test.each<[what: string, text: string, name: string, found: readonly string[]]>([
	['a name', hosts, 'db', ['10.0.0.7']],
	['another one of the same line', hosts, 'db.example.com', ['10.0.0.7']],
	['no name of a comment', hosts, 'database', []],
	['no part of a name', hosts, 'example.com', []],
	['no address', hosts, '10.0.0.7', []],
	['capital letters', '10.0.0.7 DB', 'db', ['10.0.0.7']],
	['several addresses, each once', '::1 a\n127.0.0.1 a\n::1 a b', 'a', ['::1', '127.0.0.1']],
	['no line that has no address in front', 'localhost 127.0.0.1\n10.0.0 db\n0x7f.1 db', 'db', []],
	['the end of a line of Windows', '10.0.0.7 db\r\n', 'db', ['10.0.0.7']],
	['a line without a name', '10.0.0.7\n\n#', '', []],
])('a file of names has %s', (_, text, name, found) => {
	expect(inHosts(text, name, one => isIP(one) !== 0)).toEqual(found);
});

test.each<[what: string, name: string, resolvConf: string, names: readonly string[]]>([
	['no file', 'db', '', ['db']],
	['a search list', 'db', 'search a.test b.test', ['db.a.test', 'db.b.test', 'db']],
	['a domain', 'db', 'domain a.test', ['db.a.test', 'db']],
	['the last of both', 'db', 'domain a.test\nsearch b.test.', ['db.b.test', 'db']],
	['a name with a dot', 'db.x', 'search a.test', ['db.x', 'db.x.a.test']],
	['ndots', 'db.x', 'search a.test\noptions timeout:1 ndots:2', ['db.x.a.test', 'db.x']],
	['ndots of a comment', 'db.x', 'search a.test\n#options ndots:2', ['db.x', 'db.x.a.test']],
	['the root', 'db', 'search .', ['db']],
])('searches by %s', (_, name, resolvConf, names) => {
	expect(searched(name, resolvConf)).toEqual(names);
});

test.each<[what: string, resolvConf: string, servers: readonly string[]]>([
	['no file', '', []],
	['two families', 'nameserver 10.0.0.1\n  nameserver\t::1 \n#nameserver 10.0.0.2', ['10.0.0.1', '::1']],
	['three at most', [1, 2, 3, 4].map(at => `nameserver 10.0.0.${at}\n`).join(''), ['10.0.0.1', '10.0.0.2', '10.0.0.3']],
	['those of one link, which only c-ares can ask', 'nameserver fe80::1%eth0\nnameserver 10.0.0.1', []],
	['no address', 'nameserver ns.test', []],
])('name servers by %s', (_, resolvConf, servers) => {
	expect(serversOf(resolvConf)).toEqual(servers);
});

test.each<[address: string, isHere: boolean]>([
	['127.0.0.1', true],
	['127.9.9.9', true],
	['::1', true],
	['::ffff:127.0.0.1', true],
	['10.0.0.7', true],
	['10.0.0.8', false],
	['10.0.0.70', false],
	['::2', false],
])('%s is of this machine: %s', (address, isHere) => {
	const host = fakeHost({}, {addresses: () => [{interface: 'eth0', address: '10.0.0.7/24'}]});
	expect(isOfThisMachine(address, host)).toBe(isHere);
});

test('asks nobody for an address', async () => {
	const context = contextOf({});
	expect(await addressesOf('::1', context)).toEqual(['::1']);
	expect(context.host.reads).toEqual([]);
});

test('takes the file of names before anybody is asked', async () => {
	expect(await addressesOf('DB.example.com.', contextOf({'/etc/hosts': hosts}))).toEqual(['10.0.0.7']);
});

test.each(['localhost', 'shop.localhost', 'LOCALHOST.'])('%s needs no file', async name => {
	expect(await addressesOf(name, contextOf({}))).toEqual(['127.0.0.1', '::1']);
});

test('asks the name servers for both families, with the search list', async () => {
	const {port, questions} = await datagrams(question =>
		nameAsked(question) === 'db.b.test'
			? [dnsAnswer(question, {records: [typeAsked(question) === types.A ? v4 : v6]})]
			: [dnsAnswer(question, {rcode: 3})],
	);
	const context = contextOf({'/etc/resolv.conf': `nameserver 127.0.0.1:${port}\nsearch a.test b.test`});
	expect(await addressesOf('db', context)).toEqual(['10.1.2.3', '2001:db8::1']);
	expect([...new Set(questions.map(nameAsked))]).toEqual(['db.a.test', 'db.b.test']);
});

test('a dot at the end asks for that name alone', async () => {
	const {port, questions} = await datagrams(question => [dnsAnswer(question, {records: [v4]})]);
	const context = contextOf({'/etc/resolv.conf': `nameserver 127.0.0.1:${port}\nsearch a.test`});
	expect(await addressesOf('db.', context)).toEqual(['10.1.2.3']);
	expect(new Set(questions.map(nameAsked))).toEqual(new Set(['db']));
});

test('a name server that is silent about IPv6 holds nobody up until the end', async () => {
	const {port} = await datagrams(question =>
		typeAsked(question) === types.A ? [dnsAnswer(question, {records: [v4]})] : [],
	);
	const from = performance.now();
	const context = contextOf({'/etc/resolv.conf': `nameserver 127.0.0.1:${port}`});
	expect(await addressesOf('db', context)).toEqual(['10.1.2.3']);
	expect(performance.now() - from).toBeLessThan(1500);
});

test('asks the second name server where the first one is silent', async () => {
	const silent = await datagrams(() => []);
	const {port} = await datagrams(question => [
		dnsAnswer(question, {records: typeAsked(question) === types.A ? [v4] : []}),
	]);
	const servers = [silent.port, port].map(one => `nameserver 127.0.0.1:${one}\n`).join('');
	expect(await addressesOf('db', contextOf({'/etc/resolv.conf': servers}))).toEqual(['10.1.2.3']);
});

type Server = (question: Buffer) => readonly Uint8Array[];

test.each<[what: string, server: Server, reason: string]>([
	['knows no such name', question => [dnsAnswer(question, {rcode: 3})], 'name db not found'],
	['has no address of it', question => [dnsAnswer(question)], 'name db has no address'],
	[
		'has only a name of it that leads nowhere',
		question => [dnsAnswer(question, {records: [dnsRecord(types.CNAME, dnsName('x.test'))]})],
		'name db has no address',
	],
	['fails', question => [dnsAnswer(question, {rcode: 2})], 'name server failed for db (SERVFAIL)'],
	[
		'fails for one of two',
		question => [dnsAnswer(question, {rcode: nameAsked(question) === 'db' ? 3 : 2})],
		'name server failed for db (SERVFAIL)',
	],
	[
		'has no address of the one and knows nothing of the other',
		question => [dnsAnswer(question, {rcode: nameAsked(question) === 'db' ? 3 : 0})],
		'name db has no address',
	],
	['refuses', question => [dnsAnswer(question, {rcode: 5})], 'name server refused to say what db is (REFUSED)'],
	['is silent', () => [], 'no answer in 400 ms: no answer of the name server for db'],
	[
		'speaks something else',
		() => [Buffer.from('HTTP/1.1 400')],
		'name server answers for db with something else than DNS',
	],
])('a name server that %s', async (_, server, reason) => {
	const {port} = await datagrams(server);
	const failure = await failureFor('db', {host: hostAsking(port, 'search a.test'), timeout: 400});
	expect(failure).toMatchObject({status: 'critical', reason});
});

test('says where nobody can be asked', async () => {
	const host = hostAsking(await freePort());
	expect(await failureFor('db', {host})).toEqual({
		status: 'critical',
		reason: 'no name server to ask for db: refused',
	});
});

testWith('prlimit')('blames nobody else where we have no descriptor left', async () => {
	const {port} = await datagrams(() => []);
	const context = contextOf({'/etc/resolv.conf': `nameserver 127.0.0.1:${port}`});
	const error: unknown = await withoutDescriptors(() => addressesOf('db', context).catch(thrown => thrown));
	expect(error).toMatchObject({code: 'EMFILE'});
});

test('ends with its time where a file gives no answer', async () => {
	const host = fakeHost({}, {readAside: () => new Promise(() => {})});
	expect(await failureFor('db', {host, timeout: 100})).toMatchObject({isTimeout: true});
});
