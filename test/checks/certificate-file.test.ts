import {execFileSync} from 'node:child_process';
import {appendFileSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {certificate} from '../../src/checks/certificate.js';
import {local} from '../../src/hosts/local.js';
import {answerOf} from '../helpers/ask.js';
import {type Certificates, certificates} from '../helpers/certificates.js';
import {systemError} from '../helpers/fake-host.js';
import {folder} from '../helpers/folder.js';
import {type MoreCertificates, moreCertificates} from '../helpers/more-certificates.js';
import {testWith} from '../helpers/outside.js';

const testWithOpenssl = testWith('openssl');

type Kind = Exclude<keyof (Certificates & MoreCertificates), 'ca' | 'intermediate'>;

type Wish = {readonly isTrusting?: true; readonly serverName?: string; readonly insecure?: true};

type Row = readonly [kind: Kind, wish: Wish, text: string, reason?: string, status?: 'warning'];

/** `isTrusting`: with `ca`. */
const rows: readonly Row[] = [
	['valid', {}, '90 days'],
	['valid', {isTrusting: true}, '90 days'],
	['valid', {serverName: 'localhost'}, '90 days'],
	['valid', {serverName: '127.0.0.1'}, '90 days'],
	['valid', {serverName: '::1'}, '90 days'],
	['valid', {serverName: '10.0.0.1'}, '90 days', "certificate is not for '10.0.0.1' but for 'localhost' and 2 more"],
	['expired', {}, 'expired 3 days ago', 'certificate expired 3 days ago'],
	['expired', {insecure: true}, 'expired 3 days ago'],
	['notYetValid', {}, 'not valid for another 2 days', 'certificate not valid before 2 days from now'],
	['selfSigned', {}, '90 days'],
	['selfSigned', {isTrusting: true}, '90 days', 'certificate is self-signed'],
	['selfSigned', {isTrusting: true, insecure: true}, '90 days'],
	['untrusted', {}, '90 days'],
	[
		'untrusted',
		{isTrusting: true},
		'90 days',
		"certificate is signed by 'healthtop test stranger', which is not trusted here",
	],
	['wrongName', {}, '90 days'],
	['wrongName', {serverName: 'localhost'}, '90 days', "certificate is not for 'localhost' but for 'other.example'"],
	[
		'incomplete',
		{isTrusting: true},
		'90 days',
		"certificate is signed by 'healthtop test intermediate', which is not trusted here",
	],
	['complete', {isTrusting: true}, '90 days'],
	['inOrder', {isTrusting: true}, '89 days'],
	['reversed', {}, '89 days', 'certificate 2 of the file did not sign the one before it'],
	['unrelated', {}, '89 days', 'certificate 2 of the file did not sign the one before it'],
	['withRoot', {isTrusting: true}, '89 days'],
	[
		'strangerWithRoot',
		{isTrusting: true},
		'89 days',
		"certificate is signed by 'healthtop test stranger', which is not trusted here",
	],
	['fadingChain', {}, '89 days', "'healthtop test fading' of the chain expires in 4 days", 'warning'],
	['staleChain', {}, '89 days', "'healthtop test stale' of the chain expired 1 day ago"],
	['sha1', {isTrusting: true}, '89 days'],
	['tooManyNames', {serverName: 'shop-9999.example.com', isTrusting: true}, '89 days'],
	['hostile', {serverName: 'localhost'}, '89 days', "certificate is not for 'localhost' but for 'other.example'"],
];

for (const [kind, {isTrusting, ...wish}, text, reason, status = 'critical'] of rows) {
	testWithOpenssl(`a file of the kind ${kind}, ${JSON.stringify({isTrusting, ...wish})}`, async () => {
		const all = {...(await certificates()), ...(await moreCertificates())};
		const options = {file: all[kind].cert, ...(isTrusting && {ca: all.ca}), ...wish};
		const answer = await answerOf(certificate, options);
		expect(answer).toMatchObject({text, findings: reason === undefined ? [] : [{status, reason}]});
		expect(answer.failure).toBeUndefined();
	});
}

testWithOpenssl('has days and dates as a server has, and no connection', async () => {
	const {complete} = await certificates();
	const {validTo} = (await answerOf(certificate, {file: complete.cert})).certificate ?? {validTo: 0};
	const wall = validTo - 41.5 * 86_400_000;
	const answer = await answerOf(certificate, {file: complete.cert}, {wall});
	expect(answer).toMatchObject({
		text: '41 days',
		measures: {days: 41},
		values: {CERTIFICATE_EXPIRATION: 41.5 * 86_400_000},
		certificate: {subject: 'localhost', issuer: 'healthtop test intermediate'},
	});
	expect(answer.reach).toBeUndefined();
	expect(answer.facts?.map(({label}) => label)).not.toContain('protocol');
	expect(await answerOf(certificate, {file: complete.cert}, {wall: validTo + 3_700_000})).toMatchObject({
		text: 'expired 1 hour ago',
		measures: {days: 0},
		findings: [{status: 'critical', reason: 'certificate expired 1 hour ago'}],
	});
});

testWithOpenssl('takes DER, a link, and a file in which the key stands as well', async () => {
	const {valid} = await certificates();
	const directory = folder();
	const [der, link, both] = ['cert.der', 'link.pem', 'both.pem'].map(name => join(directory, name)) as [
		string,
		string,
		string,
	];
	execFileSync('openssl', ['x509', '-in', valid.cert, '-outform', 'DER', '-out', der]);
	symlinkSync(valid.cert, link);
	writeFileSync(
		both,
		`# the shop's\r\n${readFileSync(valid.key)}${readFileSync(valid.cert, 'utf8').replaceAll('\n', '\r\n')}`,
	);

	for (const file of [der, link, both]) {
		expect(await answerOf(certificate, {file})).toMatchObject({text: '90 days', findings: []});
	}
});

testWithOpenssl('demands no chain of the certificates of an authority', async () => {
	const {ca, intermediate} = await certificates();
	const file = join(folder(), 'ca.pem');
	copyFileSync(ca, file);
	appendFileSync(file, readFileSync(intermediate));
	appendFileSync(file, readFileSync((await moreCertificates()).stale.cert));
	expect(await answerOf(certificate, {file})).toMatchObject({findings: []});
});

testWithOpenssl('says so where the first certificate is broken, instead of taking the next one for it', async () => {
	const {complete} = await certificates();
	const file = join(folder(), 'broken.pem');
	writeFileSync(file, readFileSync(complete.cert, 'utf8').replace(/^[A-Za-z0-9+/]{64}$/m, 'x'.repeat(64)));
	const {failure} = await answerOf(certificate, {file});
	expect(failure).toEqual({status: 'critical', reason: `certificate 1 of ${file} is broken`});
});

/** What may stand in the place of a certificate. */
const others: Readonly<Record<string, readonly [make: (file: string) => void, reason: string]>> = {
	nothing: [() => {}, 'no file FILE'],
	'an empty file': [file => writeFileSync(file, ''), 'no certificate in FILE'],
	garbage: [file => writeFileSync(file, Buffer.from([0x30, 0x82, 1, 2, 3, 0])), 'no certificate in FILE'],
	text: [file => writeFileSync(file, '-----BEGIN CERTIFICATE-----\n'.repeat(20_000)), 'no certificate in FILE'],
	'a key': [
		file => writeFileSync(file, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'),
		'no certificate in FILE',
	],
	'a directory': [file => mkdirSync(file), 'no certificate in FILE: it is a directory'],
	'a pipe': [file => execFileSync('mkfifo', [file]), 'no certificate in FILE: it is a pipe'],
	'a device': [file => symlinkSync('/dev/zero', file), 'no certificate in FILE: it is a device'],
	'a link to itself': [file => symlinkSync(file, file), 'FILE leads in a circle'],
	'2 GiB': [
		file => {
			writeFileSync(file, '');
			truncateSync(file, 2 ** 31);
		},
		'no certificate in FILE: it has more than 1 MiB',
	],
};

for (const [name, [make, reason]] of Object.entries(others)) {
	test(`${name} in the place of a certificate`, async () => {
		const file = join(folder(), 'cert.pem');
		make(file);
		const {failure} = await answerOf(certificate, {file});
		expect(failure).toEqual({status: 'critical', reason: reason.replace('FILE', file)});
	});
}

test('cannot judge what it may not look at', async () => {
	const host = {...local(), stat: () => Promise.reject(systemError('EACCES'))};
	const {failure} = await answerOf(certificate, {file: '/etc/ssl/private/shop.pem'}, {host});
	expect(failure).toEqual({status: 'unknown', reason: 'healthtop may not look at /etc/ssl/private/shop.pem'});
});

testWithOpenssl('cannot judge without those that it should trust', async () => {
	const {valid} = await certificates();
	const {failure} = await answerOf(certificate, {file: valid.cert, ca: '/nonexistent'});
	expect(failure).toEqual({
		status: 'unknown',
		reason: 'not asked: ca /nonexistent cannot be used (no file /nonexistent)',
	});
});
