import {expect, test} from 'vitest';
import {certificateProblem, type Distrusted, daysText, subjectText} from '../../src/checks/certificate-words.js';
import {safe} from '../../src/core/safe.js';

const now = Date.parse('2026-12-01T12:00:00Z');
const [hour, day] = [3_600_000, 86_400_000];

const facts = {
	subject: safe`shop.example.com`,
	issuer: safe`Company CA`,
	validFrom: now - 30 * day,
	validTo: now + 60 * day,
};

/** One of the chain that is valid from and to so many days from now. */
function certificate(name: string, from = -30, to = 60) {
	const [valid_from, valid_to] = [from, to].map(days => new Date(now + days * day).toUTCString());
	return {
		subject: {CN: name},
		valid_from: valid_from ?? '',
		valid_to: valid_to ?? '',
	} as unknown as Distrusted['chain'][0];
}

const own = {
	...certificate('shop.example.com'),
	subjectaltname: 'DNS:shop.example.com, DNS:www.example.com, IP Address:10.0.0.1',
};

test.each<[code: string, changes: Partial<Distrusted>, words: string]>([
	['CERT_HAS_EXPIRED', {facts: {...facts, validTo: now - 3 * day}}, 'certificate expired 3 days ago'],
	['CERT_HAS_EXPIRED', {facts: {...facts, validTo: now - 1.5 * day}}, 'certificate expired 1 day ago'],
	['CERT_HAS_EXPIRED', {facts: {...facts, validTo: now - hour}}, 'certificate expired 1 hour ago'],
	[
		'CERT_HAS_EXPIRED',
		{chain: [own, certificate('Good CA'), certificate('Old CA', -99, -2)]},
		"'Old CA' of the chain expired 2 days ago",
	],
	['CERT_HAS_EXPIRED', {}, 'a certificate of the chain has expired'],
	['CERT_HAS_EXPIRED', {facts: undefined, chain: []}, 'a certificate of the chain has expired'],
	['CERT_NOT_YET_VALID', {facts: {...facts, validFrom: now + 2 * day}}, 'certificate not valid before 2 days from now'],
	[
		'CERT_NOT_YET_VALID',
		{chain: [own, certificate('New CA', 5)]},
		"'New CA' of the chain is not valid before 5 days from now",
	],
	['CERT_NOT_YET_VALID', {}, 'a certificate of the chain is not valid yet'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', {}, 'certificate is self-signed'],
	['SELF_SIGNED_CERT_IN_CHAIN', {}, "certificate is signed by 'Company CA', which is not trusted here"],
	[
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		{},
		"certificate chain is incomplete: 'Company CA', which signed it, was not sent and is not trusted here",
	],
	[
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		{chain: [own, certificate('Between')]},
		'certificate chain ends at an issuer that is not trusted here',
	],
	[
		'ERR_TLS_CERT_ALTNAME_INVALID',
		{name: 'shop.test'},
		"certificate is not for 'shop.test' but for 'shop.example.com' and 2 more",
	],
	[
		'ERR_TLS_CERT_ALTNAME_INVALID',
		{name: 'shop.test', chain: []},
		"certificate is not for 'shop.test' but for 'shop.example.com'",
	],
	[
		'ERR_TLS_CERT_ALTNAME_INVALID',
		{name: 'shop.test', chain: [{subjectaltname: 'IP Address:10.0.0.1'}]},
		"certificate is not for 'shop.test' but for '10.0.0.1'",
	],
	[
		'ERR_TLS_CERT_ALTNAME_INVALID',
		{name: 'shop.test', chain: [{subjectaltname: 'DNS:\x1b]0;owned\x07'}]},
		"certificate is not for 'shop.test' but for '\\x1b]0;owned\\x07'",
	],
	['CERT_REVOKED', {}, 'certificate is revoked'],
	['CERT_SIGNATURE_FAILURE', {}, "certificate has a signature that is not that of 'Company CA'"],
	['INVALID_PURPOSE', {}, 'certificate is not for servers'],
	['INVALID_CA', {}, "certificate is signed by 'Company CA', which may not sign others"],
	['UNSPECIFIED', {}, 'certificate not trusted (often a signature with SHA-1, which is too weak)'],
	['CERT_REJECTED', {}, 'certificate not trusted (CERT_REJECTED)'],
	['CERT_REJECTED', {facts: undefined, chain: []}, 'certificate not trusted (CERT_REJECTED)'],
	['SELF_SIGNED_CERT_IN_CHAIN', {facts: undefined}, "certificate is signed by '-', which is not trusted here"],
])('%s %#', (code, changes, words) => {
	expect(certificateProblem({code, name: 'shop.example.com', facts, chain: [own], now, ...changes})).toBe(words);
});

test.each([
	[0, '0 minutes'],
	[59_000, '0 minutes'],
	[60_000, '1 minute'],
	[61 * 60_000, '1 hour'],
	[23.9 * hour, '23 hours'],
	[day, '1 day'],
	[41.9 * day, '41 days'],
])('%d ms are %s', (ms, words) => {
	expect(daysText(ms)).toBe(words);
});

test.each([
	[{CN: 'a'}, 'a'],
	[{CN: 'a', O: 'Shop Ltd'}, 'a'],
	[{O: 'Shop Ltd'}, 'Shop Ltd'],
	[{CN: ['a', 'b']}, 'a, b'],
	[{CN: 'a\u202eb'}, 'a\ufffdb'],
	[{}, '-'],
	[undefined, '-'],
])('a subject of %j is %s', (subject, words) => {
	expect(subjectText(subject as Parameters<typeof subjectText>[0])).toBe(words);
});
