import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parse} from 'jsonc-parser';
import {afterEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {type Certificate, certificates} from '../helpers/certificates.js';
import {command, type Environment, type Said, start} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {mariaDbPrograms, startMariaDb} from '../helpers/mariadb.js';
import {testAsRoot} from '../helpers/outside.js';
import {type OwnNetwork, ownNetwork, ownNetworkPrograms} from '../helpers/own-network.js';
import {postgresPath, startPostgres} from '../helpers/postgres.js';
import {until} from '../helpers/until.js';

afterEach(() => {
	vi.unstubAllEnvs();
});

type Check = {readonly name: string; readonly type: string; readonly [option: string]: unknown};

const run = (network: OwnNetwork, args: readonly string[], env: Environment = {}): Promise<Said> =>
	network.start(command(...args), env).said;

/** The checks of a file, but for those of daemons without a port: each machine has its own. */
function checksOf(text: string): readonly Check[] {
	return (parse(text).checks as readonly Check[]).filter(({type}) => type !== 'process');
}

/** Every variable that a configuration refers to. */
function variablesOf(text: string): Environment {
	return Object.fromEntries([...text.matchAll(/"\$\{(\w+)\}"/g)].map(([, name]) => [name, 'secret']));
}

async function startRedis(network: OwnNetwork, port: number, ...options: readonly string[]): Promise<void> {
	const places = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder(), '--save', ''];
	const redis = network.start(['redis-server', ...places, ...options]);
	await until('redis listens', () => redis.stdout().includes('Ready to accept connections'));
}

async function startNginx(network: OwnNetwork, ...servers: readonly string[]): Promise<void> {
	const directory = folder();
	const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		name => `${name}_temp_path ${directory}/${name};`,
	);
	const http = `http { access_log off; ${places.join(' ')} ${servers.map(server => `server { ${server} }`).join(' ')} }`;
	const file = join(directory, 'nginx.conf');
	writeFileSync(file, `daemon off; master_process off; pid ${directory}/pid; error_log stderr; events {} ${http}\n`);
	const nginx = network.start(['nginx', '-p', directory, '-c', file, '-e', 'stderr'], {
		PATH: `${process.env['PATH']}:/usr/sbin`,
	});
	await until('nginx listens', () => {
		if (nginx.child.exitCode !== null) {
			throw new Error(`nginx: ${nginx.stderr()}`);
		}

		return readdirSync(directory).includes('pid');
	});
}

/** A program of that name that listens on a port; `serve` makes a server of `net` and `http`. */
async function startNode(network: OwnNetwork, title: string, port: number, serve: string): Promise<void> {
	const script = `process.title = ${JSON.stringify(title)}; const net = require('node:net'); const http = require('node:http');
		(${serve}).listen(${port}, '127.0.0.1', () => console.log('listens'));`;
	const node = network.start([process.execPath, '-e', script]);
	await until('node listens', () => node.stdout() === 'listens\n');
}

const inNetwork = (...programs: readonly string[]) => testAsRoot(...ownNetworkPrograms, ...programs);

describe('the four that everybody has, at ports that are not usual', () => {
	inNetwork(
		...mariaDbPrograms,
		'redis-server',
		'nginx',
		'setpriv',
		postgresPath,
	)(
		'are found, and each is well once its password is known',
		async () => {
			const network = await ownNetwork();
			network.takeOver('setpriv');
			const [mariaDb, postgres] = await Promise.all([startMariaDb(), startPostgres()]);
			onTestFinished(() => mariaDb.stop());
			await startRedis(network, 7001);
			await startNginx(network, 'listen 127.0.0.1:7002; return 200 ok;', 'listen 127.0.0.1:7003; return 404;');
			const file = join(folder(), 'etc', 'config.json');
			const init = await run(network, ['config', 'init', '--config', file]);
			expect(init).toMatchObject({code: 0, stderr: ''});
			const text = readFileSync(file, 'utf8');
			const names = checksOf(text).map(({name}) => name);
			expect(checksOf(text).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
				{name: 'mariadb', type: 'mysql', port: mariaDb.port, user: 'monitor', password: `\${MARIADB_PASSWORD}`},
				{name: 'nginx', type: 'http', url: 'http://127.0.0.1:7002/'},
				{name: 'nginx-7003', type: 'http', url: 'http://127.0.0.1:7003/', conditions: ['[STATUS] == 404']},
				{name: 'postgresql', type: 'tcp', port: postgres.port, send: expect.any(String), expect: expect.any(String)},
				{name: 'redis', type: 'tcp', port: 7001, send: 'PING\r\n', expect: '^[+]PONG|^-NOAUTH'},
			]);
			expect(text).toContain(`// mariadbd listens on 127.0.0.1:${mariaDb.port} and ${mariaDb.socket}\n`);

			expect(init.stdout).toContain('set MARIADB_PASSWORD before you start healthtop');
			const unset = await run(network, ['config', 'check', '--config', file]);
			expect([unset.code, unset.stderr]).toEqual([78, expect.stringContaining('variable MARIADB_PASSWORD is not set')]);
			const env = variablesOf(text);
			expect(await run(network, ['config', 'check', '--config', file], env)).toMatchObject({
				code: 0,
				stdout: `${file}: ok\n`,
			});

			const sql = [...text.matchAll(/\/\/ {3}(CREATE .*|GRANT .*);$/gm)].map(([, statement = '']) => statement);
			expect(sql).toHaveLength(2);
			await mariaDb.sql(...sql.map(statement => statement.replace("'...'", "'secret'")));
			const asked = await run(network, ['check', '--config', file, ...names], env);
			expect([asked.stdout, asked.code]).toEqual([expect.stringMatching(/^OK/), 0]);
			expect(postgres.stderr()).not.toMatch(/FATAL|ERROR|could not/);
		},
		120_000,
	);
});

describe('certificates', () => {
	inNetwork('nginx', 'openssl')('get a check of their own, which says what is wrong with them', async () => {
		const network = await ownNetwork();
		const {selfSigned, expired} = await certificates();
		const tls = ({cert, key}: Certificate) => `ssl_certificate ${cert}; ssl_certificate_key ${key}; return 200 ok;`;
		await startNginx(
			network,
			`listen 127.0.0.1:8443 ssl; ${tls(selfSigned)}`,
			`listen 127.0.0.1:9443 ssl; ${tls(expired)}`,
		);
		const file = join(folder(), 'config.json');
		await run(network, ['config', 'init', '--config', file]);
		expect(checksOf(readFileSync(file, 'utf8'))).toMatchObject([
			{name: 'nginx', type: 'http', url: 'https://localhost:8443/', insecure: true},
			{name: 'nginx-certificate', type: 'certificate', host: 'localhost', port: 8443, insecure: true},
			{name: 'nginx-9443', type: 'http', url: 'https://localhost:9443/'},
			{name: 'nginx-9443-certificate', type: 'certificate', host: 'localhost', port: 9443},
		]);
		expect(readFileSync(file, 'utf8')).toContain('// Its certificate is self-signed, hence "insecure"');
		const {stdout} = await run(network, ['check', '--config', file, 'nginx', 'nginx-certificate']);
		expect(stdout).toMatch(/^OK/);
	});

	inNetwork('postfix', 'openssl')('are seen behind STARTTLS, too', async () => {
		const network = await ownNetwork();
		network.takeOver('postfix');
		const {startPostfix} = await import('../helpers/postfix.js');
		const {selfSigned} = await certificates();
		const {port} = await startPostfix({certificate: selfSigned});
		const file = join(folder(), 'config.json');
		await run(network, ['config', 'init', '--config', file]);
		expect(checksOf(readFileSync(file, 'utf8'))).toEqual([
			{name: 'postfix', type: 'tcp', port, expect: '^220'},
			expect.objectContaining({name: 'postfix-certificate', port, startTls: 'smtp', insecure: true}),
		]);
		const asked = await run(network, ['check', '--config', file, 'postfix', 'postfix-certificate']);
		expect([asked.stdout, asked.code]).toEqual([expect.stringMatching(/^OK/), 0]);
	});
});

describe('what has no port', () => {
	inNetwork(
		...mariaDbPrograms,
		'nginx',
		'setpriv',
	)('is asked at its socket', async () => {
		const network = await ownNetwork();
		network.takeOver('setpriv');
		const mariaDb = await startMariaDb('--skip-networking');
		onTestFinished(() => mariaDb.stop());
		const socket = join(folder(), 'web.sock');
		await startNginx(network, `listen unix:${socket}; return 200 ok;`);
		const {stdout} = await run(network, ['config', 'init', '--stdout']);
		expect(checksOf(stdout).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
			{name: 'mariadb', type: 'mysql', socket: mariaDb.socket, user: 'monitor', password: `\${MARIADB_PASSWORD}`},
			{name: 'nginx', type: 'http', url: 'http://localhost/', unixSocket: socket},
		]);
		expect(stdout).toContain("CREATE USER 'monitor'@'localhost'");
	});
});

describe('whatever is found', () => {
	inNetwork()('what it is called is text, and nothing else', async () => {
		const network = await ownNetwork();
		await startNode(network, '\x1b]0;x\x07"\n}]//', 8080, 'http.createServer((_, answer) => answer.end())');
		await startNode(network, 'silent', 8081, 'net.createServer(() => {})');
		const file = join(folder(), 'config.json');
		const {stdout} = await run(network, ['config', 'init', '--config', file]);
		const text = readFileSync(file, 'utf8');
		expect(text + stdout).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
		expect(text).toMatch(/^\t\t\/\/ \\x1b\]0;x\\x07"\\x0a\}\]\S* listens on 127\.0\.0\.1:8080$/m);
		expect(checksOf(text)).toEqual([
			{name: expect.stringMatching(/^[\w.-]+-8080$/), type: 'http', url: 'http://127.0.0.1:8080/'},
			{name: 'silent-8081', type: 'tcp', port: 8081},
		]);
		expect((await run(network, ['config', 'check', '--config', file])).code).toBe(0);
	});

	inNetwork('redis-server')('nothing is overwritten without --force', async () => {
		const network = await ownNetwork();
		const directory = folder();
		const file = join(directory, 'config.json');
		expect((await run(network, ['config', 'init', '--config', file])).code).toBe(0);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		const first = readFileSync(file, 'utf8');
		expect(await run(network, ['config', 'init', '--config', file])).toEqual({
			code: 1,
			signal: null,
			stdout: '',
			stderr: `healthtop: ${file} is there already: --force puts a new one in its place, and keeps the old one beside it\n`,
		});
		expect([readdirSync(directory), readFileSync(file, 'utf8')]).toEqual([['config.json'], first]);
		await startRedis(network, 6379, '--requirepass', 'x');
		const {code, stdout} = await run(network, ['config', 'init', '--force', '--config', file]);
		const [, before = ''] = readdirSync(directory).toSorted();
		expect([code, readFileSync(join(directory, before), 'utf8')]).toEqual([0, first]);
		expect(stdout).toContain(`The one that was there is ${join(directory, before)} now.`);
		expect(checksOf(readFileSync(file, 'utf8')).map(({name}) => name)).toEqual(['redis']);
	});

	inNetwork()('goes where other commands look for it', async () => {
		const network = await ownNetwork();
		const home = folder();
		const env = {XDG_CONFIG_HOME: home};
		const {stdout} = await run(network, ['config', 'init'], env);
		expect(stdout).toMatch(/^ {2}healthtop config check {3}# can it be used\?$/m);
		expect((await run(network, ['config', 'check'], env)).stdout).toBe(`${home}/healthtop/config.json: ok\n`);
	});
});

test('another root is not looked at', async () => {
	const {code, stderr} = await start(command('config', 'init', '--root', '/usr')).said;
	expect([code, stderr]).toEqual([1, 'healthtop: config init asks the services of this machine: leave --root out\n']);
});
