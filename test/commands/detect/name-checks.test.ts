import {describe, expect, test} from 'vitest';
import {nameChecks} from '../../../src/commands/detect/name-checks.js';
import type {Suggestion} from '../../../src/commands/detect/suggestion.js';
import {suggestion} from './found.js';

describe('names', () => {
	const named = (...suggestions: readonly Suggestion[]) => nameChecks(suggestions).map(({name}) => name);

	test('the one at its usual port has the name, whatever order they come in', () => {
		expect(
			named(
				suggestion('mariadb', {port: 3307}),
				suggestion('mariadb', {port: 3306, isUsual: true}),
				suggestion('redis', {port: 7000}),
			),
		).toEqual(['mariadb-3307', 'mariadb', 'redis']);
	});

	test('the same port twice: numbers', () => {
		const three = [1, 2, 3, 4].map(() => suggestion('dns', {port: 53}));
		expect(named(...three)).toEqual(['dns', 'dns-53', 'dns-53-2', 'dns-53-3']);
	});

	test('a certificate is called as its server is', () => {
		const [one, other] = [suggestion('nginx', {port: 8443}), suggestion('nginx', {port: 443, isUsual: true})];
		const parts = [one, other].map(whole => suggestion('x', {partOf: {whole, word: 'certificate'}, needs: whole}));
		const checks = nameChecks([one, other, ...parts]);
		expect(checks.map(({name}) => name)).toEqual([
			'nginx-8443',
			'nginx',
			'nginx-8443-certificate',
			'nginx-certificate',
		]);
		expect(checks.map(({options}) => options['dependsOn'])).toEqual([undefined, undefined, ['nginx-8443'], ['nginx']]);
	});

	test('a password is a variable that is called as its check is', () => {
		const [first, second] = [3306, 3307].map(port => suggestion('mariadb', {port, hasPassword: true}));
		const checks = nameChecks([first, second].flatMap(one => one ?? []));
		expect(checks.map(({variables}) => variables)).toEqual([['MARIADB_PASSWORD'], ['MARIADB_3307_PASSWORD']]);
		expect(checks.map(({options}) => options['password'])).toEqual([
			`\${MARIADB_PASSWORD}`,
			`\${MARIADB_3307_PASSWORD}`,
		]);
	});
});
