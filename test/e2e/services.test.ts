import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished} from 'vitest';
import {certificates} from '../helpers/certificates.js';
import {checkingEngine} from '../helpers/checking-engine.js';
import {command, openScreen, start} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {freePort, listening} from '../helpers/listening.js';
import {mariaDbPrograms, startMariaDb} from '../helpers/mariadb.js';
import {startNginx} from '../helpers/nginx.js';
import {testWith} from '../helpers/outside.js';

const words = "CREATE USER monitor@'%' IDENTIFIED BY 'first-canary'";

/** Real services, each with a check. */
async function services() {
	const [{ca, valid, expired}, database, port] = [await certificates(), await startMariaDb(), await freePort()];
	onTestFinished(() => database.stop());
	await database.sql(words, `CREATE USER other@'%' IDENTIFIED BY 'first-canary'`);
	const page = await startNginx('location / { return 200 "hello"; }');
	const [web, secure] = [await startNginx(''), await startNginx('', {certificate: valid})];
	const greeter = await listening(socket => socket.write('220 hello\r\n'));
	const script = join(folder(), 'plugin');
	writeFileSync(script, '#!/bin/sh\necho "OK - fine | users=3"\n', {mode: 0o755});
	const quick = {every: '1s', timeout: '1s'};
	const checks = [
		{name: 'db', type: 'mysql', port: database.port, user: 'monitor', password: `\${PASSWORD}`, query: 'SELECT 1'},
		{name: 'login', type: 'mysql', port: database.port, user: 'other', password: `\${PASSWORD}`},
		{name: 'web', type: 'http', url: `http://127.0.0.1:${web.port}/nginx.conf`},
		{name: 'secure', type: 'certificate', host: '127.0.0.1', port: secure.port, ca, conditions: []},
		{name: 'greeter', type: 'tcp', port: greeter.port, expect: '^220 '},
		{name: 'page', type: 'http', url: `http://127.0.0.1:${page.port}/`, conditions: ['[BODY] == hello']},
		{name: 'script', type: 'command', command: [script], timeout: '5s'},
		{name: 'nginx', type: 'process', match: {pattern: `^nginx -p ${web.directory} `}},
	].map(check => ({...quick, ...check}));
	return {checks, database, page, web, secure, greeter, script, expired, port};
}

testWith(...mariaDbPrograms, 'nginx', 'openssl')(
	'real services, each broken in another way: panel, first line, check and its exit code',
	async () => {
		const parts = await services();
		const env = {PASSWORD: 'first-canary'};
		const engine = await checkingEngine(parts.checks, {env});
		const check = (name: string) => start(command('check', name, '--config', engine.file), env).said;

		for (const {name} of parts.checks) {
			await engine.when(name, ({status}) => status === 'ok');
			expect(await check(name)).toMatchObject({code: 0, stderr: ''});
		}

		const screen = await openScreen(['--state-dir', engine.directory], {columns: 160, rows: 50});
		await screen.shows('all well · 8 services');
		await screen.shows('5 Services');

		/** Breaks one, and waits until it is told everywhere. */
		const broken = async (name: string, word: string, code: number, reason: RegExp, how: () => unknown) => {
			await how();
			const row = await engine.when(name, ({status, result}) => status !== 'ok' && reason.test(result?.reason ?? ''));
			expect(row.result?.reason).toMatch(reason);
			await screen.shows(new RegExp(`${word} ${name} `));
			expect(screen.screen[0]).toMatch(/CRIT \w+ /);
			const said = await check(name);
			expect(said.code).toBe(code);
			expect(said.stdout).toMatch(reason);
			expect(said.stdout + said.stderr).not.toContain('canary');
		};

		await broken('web', 'CRIT', 2, /refused on 127\.0\.0\.1:\d+/, () => parts.web.child.kill('SIGKILL'));
		await broken('nginx', 'CRIT', 2, /0 running, at least 1 wanted/, () => {});
		await broken('login', 'CRIT', 2, /password not accepted for other/, () =>
			parts.database.sql(`ALTER USER other@'%' IDENTIFIED BY 'another-canary'`),
		);
		await broken('db', 'CRIT', 2, /no answer in 1 s: /, () => parts.database.pause());
		await broken('secure', 'CRIT', 2, /certificate expired \d+ days ago/, async () => {
			parts.secure.child.kill('SIGKILL');
			await parts.secure.said;
			await startNginx('', {certificate: parts.expired, port: parts.secure.port});
		});
		await broken('greeter', 'CRIT', 2, /no answer in 1 s: connected, then silent/, () => {
			parts.greeter.server.removeAllListeners('connection');
		});
		await broken('page', 'CRIT', 2, /\[BODY\] \(goodbye\) == hello/, async () => {
			parts.page.child.kill('SIGKILL');
			await parts.page.said;
			await startNginx('location / { return 200 "goodbye"; }', {port: parts.page.port});
		});
		await broken('script', 'WARN', 1, /users are many/, () =>
			writeFileSync(parts.script, '#!/bin/sh\necho "WARNING - users are many | users=300"\nexit 1\n'),
		);
		parts.database.resume();
		await engine.when('db', ({status}) => status === 'ok');
		expect(engine.stderr()).not.toContain('canary');
		expect(screen.output).not.toContain('canary');
	},
	240_000,
);
