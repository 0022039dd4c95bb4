import {expect, test} from 'vitest';
import {dns} from '../../src/checks/dns.js';
import {reverseName} from '../../src/checks/dns-records.js';
import {recordTypes} from '../../src/checks/record-types.js';
import {answerOf, askOnce, checkOf, hangingAnswer} from '../helpers/ask.js';
import {startDnsmasq} from '../helpers/dnsmasq.js';
import {freePort} from '../helpers/listening.js';
import {withoutDescriptors} from '../helpers/no-descriptors.js';
import {testWith} from '../helpers/outside.js';
import {startUnbound} from '../helpers/unbound.js';

/** CAA (RFC 8659): no flags, the length of the tag, tag and value. */
const caa = Buffer.from('\x00\x05issueletsencrypt.org', 'latin1').toString('hex');

const zone = [
	'--address=/shop.test/10.1.2.3',
	'--address=/shop.test/2001:db8::1',
	'--cname=www.web.test,web.test',
	'--host-record=web.test,10.1.2.9',
	'--local=/web.test/',
	'--mx-host=shop.test,mail.shop.test,10',
	'--mx-host=shop.test,backup.shop.test,20',
	'--txt-record=shop.test,v=spf1 -all',
	'--srv-host=_sip._tcp.shop.test,sip.shop.test,5060,5,10',
	'--ptr-record=3.2.1.10.in-addr.arpa,shop.test',
	`--dns-rr=shop.test,257,${caa}`,
];

testWith('dnsmasq')('tells what a name resolves to', async () => {
	const {port} = await startDnsmasq(zone);
	const server = `127.0.0.1:${port}`;
	const answer = await answerOf(dns, {domain: 'shop.test', server});
	expect(answer).toMatchObject({
		text: '10.1.2.3',
		values: {CONNECTED: true, IP: '127.0.0.1', DNS_RCODE: 'NOERROR', BODY: '10.1.2.3'},
		findings: [],
		reach: {isLoopback: true, hasConnected: true, target: server},
		facts: [
			{label: 'server', value: server},
			{label: 'A', value: '10.1.2.3'},
		],
	});
	expect(answer.failure).toBeUndefined();
	expect(answer.stages?.map(({name}) => name)).toEqual(['name', 'whole']);
});

const records: readonly (readonly [record: string, domain: string, body: string])[] = [
	['A', 'shop.test', '10.1.2.3'],
	['A', 'www.web.test', '10.1.2.9'],
	['AAAA', 'shop.test', '2001:db8::1'],
	['CNAME', 'www.web.test', 'web.test'],
	['MX', 'shop.test', '10 mail.shop.test\n20 backup.shop.test'],
	['TXT', 'shop.test', 'v=spf1 -all'],
	['SRV', '_sip._tcp.shop.test', '5 10 5060 sip.shop.test'],
	['PTR', '3.2.1.10.in-addr.arpa', 'shop.test'],
	['PTR', '10.1.2.3', 'shop.test'],
	['CAA', 'shop.test', '0 issue letsencrypt.org'],
	['NS', 'own.test', 'ns1.own.test\nns2.own.test'],
	['SOA', 'own.test', 'ns1.own.test hostmaster.own.test 7 1200 180 1209600 600'],
];

testWith('dnsmasq', 'unbound')('asks for every type of record', async () => {
	const dnsmasq = await startDnsmasq(zone);
	const unbound = await startUnbound(
		'local-zone: "own.test." static',
		'local-data: "own.test. SOA ns1.own.test. hostmaster.own.test. 7 1200 180 1209600 600"',
		'local-data: "own.test. NS ns2.own.test."',
		'local-data: "own.test. NS ns1.own.test."',
	);

	for (const [record, domain, body] of records) {
		const {port} = domain === 'own.test' ? unbound : dnsmasq;
		const {values} = await answerOf(dns, {domain, record, server: `127.0.0.1:${port}`});
		expect([record, domain, values.BODY]).toEqual([record, domain, body]);
	}

	expect(new Set(records.map(([record]) => record))).toEqual(new Set(recordTypes));
});

/** What is asked of the zone above, and the reason there is; none where all is well. */
const wishes: readonly (readonly [options: object, reason?: string])[] = [
	[{domain: 'shop.test', expect: '10.1.2.3'}],
	[{domain: 'shop.test', expect: '10.1.2.4'}, 'answers 10.1.2.3, wanted 10.1.2.4'],
	[{domain: 'shop.test', expect: ['10.1.2.3', '10.1.2.4', '10.1.2.5']}, 'answers 10.1.2.3, wanted 10.1.2.4, 10.1.2.5'],
	[{domain: 'shop.test', record: 'MX', expect: '20 BACKUP.shop.test.'}],
	[{domain: 'shop.test', record: 'MX', expect: ['20 backup.shop.test', '10 mail.shop.test']}],
	[{domain: 'shop.test', record: 'AAAA', expect: '2001:DB8:0:0:0:0:0:1'}],
	[{domain: 'shop.test', record: 'TXT', expect: 'V=SPF1 -all'}, 'answers v=spf1 -all, wanted V=SPF1 -all'],
	[{domain: 'web.test', record: 'AAAA'}, 'no AAAA record for web.test'],
	[{domain: 'web.test', record: 'CNAME'}, 'no CNAME record for web.test'],
	[{domain: 'www.web.test', record: 'AAAA'}, 'no AAAA record for www.web.test, which is a CNAME of web.test'],
	[{domain: 'shop.test', rcode: 'NXDOMAIN'}, 'shop.test: there is such a name, wanted NXDOMAIN'],
];

testWith('dnsmasq')('says what was wanted instead', async () => {
	const {port} = await startDnsmasq(zone);

	for (const [options, reason] of wishes) {
		const {findings} = await answerOf(dns, {...options, server: `127.0.0.1:${port}`});
		expect([options, findings]).toEqual([options, reason === undefined ? [] : [{status: 'critical', reason}]]);
	}
});

/** Names that unbound below knows nothing good of. */
const rcodes: readonly (readonly [domain: string, rcode: string, reason: string])[] = [
	['no.gone.test', 'NXDOMAIN', 'no.gone.test: no such name (NXDOMAIN)'],
	['shop.secret.test', 'REFUSED', 'refused by name server HERE (REFUSED)'],
	['shop.broken.test', 'SERVFAIL', 'name server HERE failed (SERVFAIL)'],
];

testWith('dnsmasq', 'unbound')('says what a name server says of a name', async () => {
	const upstream = await startDnsmasq([]);
	const {port} = await startUnbound(
		'local-zone: "gone.test." static',
		'local-zone: "secret.test." refuse',
		'local-zone: "test." transparent',
		'forward-zone:',
		'name: "broken.test."',
		`forward-addr: 127.0.0.1@${upstream.port}`,
	);
	const server = `127.0.0.1:${port}`;

	for (const [domain, rcode, reason] of rcodes) {
		const answer = await answerOf(dns, {domain, server});
		expect(answer).toMatchObject({
			text: rcode,
			values: {CONNECTED: true, DNS_RCODE: rcode, BODY: ''},
			findings: [{status: 'critical', reason: reason.replace('HERE', server)}],
		});
		expect(await answerOf(dns, {domain, server, rcode})).toMatchObject({text: rcode, findings: []});
	}
});

testWith('unbound')('says so where a name server drops what is asked, at its deadline', async () => {
	const {port} = await startUnbound('local-zone: "shop.test." deny');
	const {answer, ...ended} = await hangingAnswer(dns, {domain: 'shop.test', server: `127.0.0.1:${port}`});
	expect(ended).toEqual({isInTime: true, left: 0});
	expect(answer.failure).toEqual({
		status: 'critical',
		reason: `no answer in 300 ms: name server 127.0.0.1:${port} is silent`,
		isTimeout: true,
	});
	expect(answer.values).toEqual({CONNECTED: false, IP: '127.0.0.1'});
});

test('says where nothing listens', async () => {
	const port = await freePort();
	const answer = await answerOf(dns, {domain: 'shop.test', server: `127.0.0.1:${port}`});
	expect(answer.failure).toEqual({status: 'critical', reason: `refused on 127.0.0.1:${port}`});
	expect(answer).toMatchObject({values: {CONNECTED: false}, reach: {isLoopback: true, hasConnected: false}});
});

testWith('prlimit')('blames nobody else where we have no descriptor left', async () => {
	const ask = await checkOf(dns, {domain: 'shop.test', server: `127.0.0.1:${await freePort()}`});
	// What asks is loaded by then.
	await askOnce(ask);
	const {failure} = await withoutDescriptors(() => askOnce(ask));
	expect(failure).toEqual({
		status: 'unknown',
		reason: 'not asked: no file descriptor is left to healthtop (EMFILE)',
	});
});

test('says who is asked where no server is named', async () => {
	// c-ares takes resolv.conf(5) of this machine, whatever it has.
	const {reach} = await answerOf(dns, {domain: 'shop.test'}, {timeout: 100});
	expect(reach?.target).toMatch(/^\S+:\d+( or \S+:\d+)*$/);
});

const refused: readonly (readonly [options: object, words: string])[] = [
	[{}, 'domain'],
	[{domain: 'shop..test'}, 'must be a name such as'],
	[{domain: `${'x'.repeat(64)}.test`}, 'must be a name such as'],
	[{domain: 'b\u00fccher.test'}, 'must be a name such as'],
	[{domain: 'shop.test', server: 'ns1.test'}, 'must be an address such as'],
	[{domain: 'shop.test', server: '127.0.0.1:99999'}, 'must be an address such as'],
	[{domain: 'shop.test', server: '127.0.0.1:0'}, 'must be an address such as'],
	[{domain: 'shop.test', server: '[127.0.0.1]:53'}, 'must be an address such as'],
	[{domain: 'shop.test', record: 'a'}, 'record'],
	[{domain: 'shop.test', rcode: 'OK'}, 'rcode'],
	[{domain: 'shop.test', expect: []}, 'expect'],
];

test.each(refused)('refuses %j', async (options, words) => {
	await expect(answerOf(dns, options)).rejects.toThrow(words);
});

test.each([
	['10.1.2.3', '3.2.1.10.in-addr.arpa'],
	['::1', `1.${'0.'.repeat(31)}ip6.arpa`],
	['2001:db8::567:89ab', 'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'],
	['::ffff:10.1.2.3', `3.0.2.0.1.0.a.0.f.f.f.f.${'0.'.repeat(20)}ip6.arpa`],
	['::', `${'0.'.repeat(32)}ip6.arpa`],
])('the name of %s is %s', (address, name) => {
	expect(reverseName(address)).toBe(name);
});
