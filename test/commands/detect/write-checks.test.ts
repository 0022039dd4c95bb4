import fc from 'fast-check';
import {type ParseError, parse as parseJsonc} from 'jsonc-parser';
import {describe, expect, test} from 'vitest';
import {nameChecks} from '../../../src/commands/detect/name-checks.js';
import {suggestMysqlSocket} from '../../../src/commands/detect/suggest-mysql.js';
import {suggestService} from '../../../src/commands/detect/suggest-service.js';
import type {Suggestion} from '../../../src/commands/detect/suggestion.js';
import {writeChecks} from '../../../src/commands/detect/write-checks.js';
import {safe, safeBytes, safeText} from '../../../src/core/safe.js';
import {parse} from '../../config/given.js';
import {everything, here, known, protocol, suggestion, written} from './found.js';

describe('the file', () => {
	const file = (suggestions: readonly Suggestion[], rest = {}) =>
		writeChecks({heading: [safe`heading`], checks: nameChecks(suggestions), ending: [], ...rest});

	test('is a configuration, whatever is found', async () => {
		const checks = nameChecks(everything);
		const env = Object.fromEntries(checks.flatMap(({variables}) => variables.map(name => [name, 'x'])));
		const {config} = await parse(file(everything), {env});
		expect(config.checks.map(({name}) => name)).toEqual(checks.map(({name}) => name));
	});

	test('says by name what is not set', async () => {
		const [mysql] = Object.values(written);
		const text = file(mysql ? suggestService(mysql[0], mysql[1]) : []);
		await expect(parse(text)).rejects.toThrow('environment variable MARIADB_PASSWORD is not set');
	});

	test('reads well', () => {
		const redis = suggestService(known(6379, 'redis-server'), {kind: 'protocol', protocol: protocol('redis'), ...here});
		const mysql = suggestService(known(3307, 'mariadbd'), {kind: 'mysql', isMariaDb: true, ...here});
		expect(
			file([
				...mysql,
				...redis,
				suggestion('long', {options: {type: 'http', url: `http://localhost/${'x'.repeat(90)}`, headers: {a: 'b'}}}),
			]),
		).toBe(`// heading
{
	"checks": [
		// mariadbd listens on 127.0.0.1:3307
		// Its user, to be made by an administrator of the database:
		//   CREATE USER 'monitor'@'127.0.0.1' IDENTIFIED BY '...';
		//   GRANT SLAVE MONITOR ON *.* TO 'monitor'@'127.0.0.1';
		{"name": "mariadb", "type": "mysql", "port": 3307, "user": "monitor", "password": "\${MARIADB_PASSWORD}"},

		// redis-server listens on 127.0.0.1:6379
		{"name": "redis", "type": "tcp", "port": 6379, "send": "PING\\r\\n", "expect": "^[+]PONG|^-NOAUTH"},

		{
			"name": "long",
			"type": "http",
			"url": "http://localhost/${'x'.repeat(90)}",
			"headers": {"a": "b"}
		}
	]
}
`);
	});

	test('with nothing in it is one, too', async () => {
		expect((await parse(file([]))).config.checks).toEqual([]);
		expect((await parse(file([], {ending: [safe`Without a check:`]}))).config.checks).toEqual([]);
	});

	test('has nothing in it but what was meant, whatever programs and certificates are called', async () => {
		const hostile = fc.oneof(
			fc.string({unit: 'binary'}),
			fc.string({
				unit: fc.constantFrom('\n', '\r', '\u2028', '*/', '//', '"', '\\', '{', '}', ']', '\x1b', `\${A}`, 'a'),
			}),
		);
		await fc.assert(
			fc.asyncProperty(hostile, hostile, async (name, path) => {
				const owner = {pid: 7, name: safeBytes(name), others: 0};
				const tls = {insecure: safe`certificate is signed by '${safeText(path)}'`};
				const {service} = known(8443, 'x');
				const suggestions = [
					...suggestService({service: {...service, owner}, sockets: []}, {kind: 'silent', tls, ...here}),
					suggestMysqlSocket({path: safeText(path), owner}, undefined),
				];
				const errors: ParseError[] = [];
				const text = file(suggestions, {ending: [safeText(path)]});
				const value = parseJsonc(text, errors, {allowTrailingComma: true});
				expect(errors).toEqual([]);
				expect(value.checks.map(({type}: {type: string}) => type)).toEqual(['tcp', 'certificate', 'mysql']);
				expect(value.checks[2].socket).toBe(safeText(path));
				expect(value.checks[0].name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/);
				expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]/);
			}),
		);
	});
});
