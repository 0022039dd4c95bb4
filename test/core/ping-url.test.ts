import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isPingUrl, secretsOfPingUrl, shownPingUrl} from '../../src/core/ping-url.js';

test.each([
	['https://hc.example.com/4f1d-9c2b?rid=1', 'https://hc.example.com/***', ['4f1d-9c2b?rid=1']],
	['https://hc.example.com:8443/x', 'https://hc.example.com:8443/***', []],
	['http://127.0.0.1/4f1d9c2b', 'http://127.0.0.1/***', ['4f1d9c2b']],
	['no address', '***', []],
])('of %s %s is shown', (url, shown, parts) => {
	expect(shownPingUrl(url)).toBe(shown);
	expect(secretsOfPingUrl(url)).toEqual([url, ...parts]);
});

test('what may be called over http does not leave the machine, whatever it looks like', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.webUrl({validSchemes: ['http']}),
				fc.domain().map(host => `http://127.0.0.1.${host}/`),
			),
			url => {
				expect(isPingUrl(url)).toBe(false);
			},
		),
	);
});
