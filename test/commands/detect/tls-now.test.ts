import type {PeerCertificate} from 'node:tls';
import {describe, expect, test} from 'vitest';
import {trustOf} from '../../../src/commands/detect/tls-now.js';

describe('a certificate', () => {
	const leaf = {
		subject: {CN: 'shop.example.com'},
		issuer: {CN: 'an authority'},
		valid_from: 'Dec  1 00:00:00 2025 GMT',
		valid_to: 'Nov 28 00:00:00 2026 GMT',
		subjectaltname: 'DNS:*.example.com, DNS:shop.example.com, IP Address:192.0.2.7',
	} as unknown as PeerCertificate;
	const here = {leaf, chain: [leaf], name: 'localhost', now: Date.UTC(2026, 11, 1)};

	test.each([
		['trusted', undefined, 'shop.example.com', {}],
		['for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', 'localhost', {serverName: 'www.example.com'}],
		[
			'expired, and for another name',
			'CERT_HAS_EXPIRED',
			'localhost',
			{serverName: 'www.example.com', problem: 'certificate expired 3 days ago'},
		],
		['expired', 'CERT_HAS_EXPIRED', 'shop.example.com', {problem: 'certificate expired 3 days ago'}],
		[
			'signed by itself, and for another name',
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			'localhost',
			{insecure: 'certificate is self-signed'},
		],
	])('%s', (_, code, name, trust) => {
		expect(trustOf({...here, code, name})).toEqual(trust);
	});

	test('whose names are no names of hosts', () => {
		const subjectaltname = `DNS:a b, DNS:\${HOME}, DNS:"x", URI:http://shop.example.com`;
		const odd = {...leaf, subjectaltname};
		expect(trustOf({...here, leaf: odd, chain: [odd], code: 'ERR_TLS_CERT_ALTNAME_INVALID'})).toEqual({
			insecure: "certificate is not for 'localhost' but for 'a b' and 3 more",
		});
	});
});
