import {createServer} from 'node:http';
import {expect, test} from 'vitest';
import {http} from '../../src/checks/http.js';
import {plannedChecks} from '../../src/commands/planned-checks.js';
import type {CheckConfig} from '../../src/config/config.js';
import {safeText} from '../../src/core/safe.js';
import {askOnce, checkOf, closing} from '../helpers/ask.js';
import {portOf} from '../helpers/listening.js';

const config: CheckConfig = {
	name: 'shop',
	type: http,
	options: {},
	every: 30_000,
	timeout: 5000,
	failAfter: 3,
	recoverAfter: 2,
	dependsOn: [],
	severity: 'critical',
	notify: [],
	levels: {},
};

// `YWRtaW46b3Blbi9zZXNhbWU/`, with a slash and a padding where there are some.
test.each([
	['admin', 'open sesame'],
	['admin', 'open?>sesame?'],
	['', 'pw'],
])('a login as %j, given back by the server as it was sent, is not said', async (user, password) => {
	const echo = createServer(({headers: {authorization = ''}}, response) => {
		const [, token = ''] = authorization.split(' ');
		// As PHP writes JSON, and as some write base64.
		response.setHeader('X-Said', JSON.stringify([authorization, token.replace(/=+$/, '')]).replaceAll('/', '\\/'));
		response.end(JSON.stringify({authorization}));
	});
	const url = `http://127.0.0.1:${await portOf(closing(echo.listen(0, '127.0.0.1')))}/`;
	const [check] = plannedChecks([{...config, options: {url, user, password}}], [password]);
	const {values} = await askOnce(await checkOf(http, {url, user, password}));
	const said = `${values.BODY} ${values.HEADERS?.['x-said']}`;
	expect(said).toContain('Basic ');
	expect(check?.criteria.hide(said)).toBe('{"authorization":"Basic [secret]"} ["Basic [secret]","[secret]"]');
	expect(check?.hide(safeText(said))).not.toContain(Buffer.from(`${user}:${password}`).toString('base64').slice(0, 5));
});

test('a token is not said without its scheme either', () => {
	const [check] = plannedChecks([config], ['Bearer abc.def', 'two words']);
	expect(check?.criteria.hide('no such token abc.def')).toBe('no such token [secret]');
	expect(check?.criteria.hide('words')).toBe('words');
});
