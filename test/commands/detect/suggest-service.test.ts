import {describe, expect, test} from 'vitest';
import {nameChecks} from '../../../src/commands/detect/name-checks.js';
import type {Spoken} from '../../../src/commands/detect/probe.js';
import {suggestUnit} from '../../../src/commands/detect/suggest-others.js';
import {suggestService} from '../../../src/commands/detect/suggest-service.js';
import {here, known, now, written} from './found.js';

describe('what is written for a service', () => {
	test.each(Object.entries(written))('%s', (_, [known, spoken, ...options]) => {
		expect(nameChecks(suggestService(known, spoken)).map(({options}) => options)).toEqual(options);
	});

	test.each([
		[3306, 'mariadbd', 'mysql', 'mariadb'],
		[3307, 'mariadbd', 'mysql', 'mariadb'],
		[3306, undefined, 'mysql', 'mysql'],
		[3307, 'docker-proxy', 'mysql', 'mysql-3307'],
		[8080, 'node', 'http', 'node-8080'],
		[80, 'docker-proxy', 'http', 'http'],
		[80, undefined, 'http', 'http'],
		[8080, undefined, 'http', 'http-8080'],
	])('port %i of %s with %s is %s', (port, owner, kind, name) => {
		const spoken: Spoken =
			kind === 'mysql'
				? {kind: 'mysql', isMariaDb: false, ...here}
				: {kind: 'http', url: 'http://localhost/', now, ...here};
		expect(nameChecks(suggestService(known(port, owner), spoken)).map(({name}) => name)).toEqual([name]);
	});

	test('a program that many are is called as its unit, on which it depends', () => {
		const unit = suggestUnit('shop@1.service', false);
		const [check] = suggestService({...known(8080, 'node'), unit}, {kind: 'silent', ...here});
		const [, shop] = nameChecks([unit, ...(check ? [check] : [])]);
		expect([shop?.name, shop?.options['dependsOn']]).toEqual(['shop@1', ['shop@1.service']]);
	});

	test('behind a proxy, a database sees the proxy', () => {
		const [check] = suggestService(known(3306, 'docker-proxy'), {kind: 'mysql', isMariaDb: false, ...here});
		expect(check?.comments.join('\n')).toContain("CREATE USER 'monitor'@'%' IDENTIFIED BY '...';");
	});
});
