import {expect, test} from 'vitest';
import {isSecretField, redactor} from '../../src/core/redact.js';

test.each<[name: string, secrets: string[], text: string, clean: string]>([
	['as it is', ['hunter22'], 'login bot:hunter22 failed', 'login bot:[secret] failed'],
	['each time', ['hunter22'], 'hunter22, hunter22', '[secret], [secret]'],
	['inside JSON', ['a"b\\c'], 'sent {"p": "a\\"b\\\\c"}', 'sent {"p": "[secret]"}'],
	['inside an address', ['p@ss/word'], 'GET /?p=p%40ss%2Fword', 'GET /?p=[secret]'],
	['inside JSON of PHP', ['a/b"c'], 'sent {"p": "a\\/b\\"c"}', 'sent {"p": "[secret]"}'],
	['inside the path of an address', ['p@ss wörd'], 'GET /p@ss%20w%C3%B6rd', 'GET /[secret]'],
	['one character a byte', ['größe'], 'gr\xc3\xb6\xc3\x9fe', '[secret]'],
	['as it is shown', ['bell\x07bell'], 'got bell\\x07bell', 'got [secret]'],
	['over two lines', ['one\ntwo'], 'one\ntwo', '[secret]'],
	['of one that begins with another, all', ['hunter', 'hunter22'], 'hunter22 hunter', '[secret] [secret]'],
	['that is a pattern, only itself', ['a.c+[x]'], 'abc+[x] a.c+[x]', 'abc+[x] [secret]'],
	['that is our own word', ['secret'], 'a secret', 'a [secret]'],
	['half of a pair', ['abc\ud800'], 'abc\ud800', '[secret]'],
	['shorter than four, never', ['on', 'abc'], 'abc is on', 'abc is on'],
	['none', [], 'hunter22', 'hunter22'],
])('a secret %s', (_, secrets, text, clean) => {
	expect(redactor(secrets)(text)).toBe(clean);
});

test.each<[key: string, isSecret: boolean]>([
	['password', true],
	['smtpPassword', true],
	['client_secret', true],
	['accessToken', true],
	['passphrase', true],
	['apiKey', true],
	['API_KEY', true],
	['Authorization', true],
	['path', false],
	['key', false],
])('field %s: %s', (key, isSecret) => {
	expect(isSecretField(key)).toBe(isSecret);
});
