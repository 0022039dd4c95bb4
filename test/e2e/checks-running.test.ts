import {createServer} from 'node:http';
import {expect, test} from 'vitest';
import {closing} from '../helpers/ask.js';
import {checkingEngine} from '../helpers/checking-engine.js';
import {freePort, listening, portOf} from '../helpers/listening.js';
import {until} from '../helpers/until.js';

/** A server that answers after a while. */
async function slowServer(ms: number) {
	const server = closing(
		createServer((_, response) => {
			setTimeout(() => response.end('ok'), ms);
		}).listen(0, '127.0.0.1'),
	);
	return {server, port: await portOf(server)};
}

test('what breaks is told with its reason, since when, and that it is over', async () => {
	const port = await freePort();
	const engine = await checkingEngine([{name: 'db', type: 'tcp', port, every: '1s'}]);
	const bad = await engine.when('db', ({status}) => status === 'critical');
	expect(bad.result?.reason).toBe(`refused on 127.0.0.1:${port}`);
	expect(bad.changes.map(({status}) => status)).toEqual(['critical']);
	expect(engine.snapshot()?.series.get('check.up:db')).toBe(0);
	const server = closing(createServer().listen(port, '127.0.0.1'));
	await portOf(server);
	const well = await engine.when('db', ({status}) => status === 'ok');
	expect(well.recent).toMatch(/^c{3,}oo+$/);
	await until('it is logged', () => engine.stderr().includes('check is ok'));
	expect(engine.stderr()).toContain('check is critical');
});

test('healthtop stopped for five seconds makes no false failure', async () => {
	const {port} = await slowServer(300);
	const checks = Array.from({length: 20}, (_, index) => ({
		name: `c${index}`,
		type: 'http',
		url: `http://127.0.0.1:${port}/`,
		every: '1s',
		timeout: '1s',
		failAfter: 1,
		conditions: ['[STATUS] == 200', '[RESPONSE_TIME] < 900'],
	}));
	const engine = await checkingEngine(checks);
	await until('all are well', () => engine.rows().every(({status}) => status === 'ok'));
	const before = engine.snapshot()?.at ?? 0;
	process.kill(engine.pid, 'SIGSTOP');
	// How long it stands still is what is tested: nothing can be waited for.
	await new Promise(resolve => setTimeout(resolve, 5000));
	process.kill(engine.pid, 'SIGCONT');
	const isSince = ({result}: {result?: {at: number}}) => (result?.at ?? 0) > before + 8000;
	await until('all were asked again', () => engine.rows().every(isSince));
	expect(engine.rows().filter(({recent}) => /[cw]/.test(recent))).toEqual([]);
	expect(engine.rows().filter(({status}) => status !== 'ok')).toEqual([]);
}, 90_000);

test('a hundred that hang hold up none of a hundred that are well, and nothing is left of them', async () => {
	const arrivals = new Map<string, number>();
	const quick = closing(
		createServer((request, response) => {
			arrivals.set(request.url ?? '', (arrivals.get(request.url ?? '') ?? 0) + 1);
			response.end('ok');
		}).listen(0, '127.0.0.1'),
	);
	const silent = await listening(() => {});
	const [quickPort, silentPort] = [await portOf(quick), silent.port];
	const checks = Array.from({length: 100}, (_, index) => [
		{name: `silent${index}`, type: 'http', url: `http://127.0.0.1:${silentPort}/`, every: '4s', timeout: '4s'},
		{name: `quick${index}`, type: 'http', url: `http://127.0.0.1:${quickPort}/${index}`, every: '4s'},
	]).flat();
	const engine = await checkingEngine([]);
	const before = engine.sockets();
	engine.write(checks);
	await until('they are there', () => engine.rows().length === 200);
	const isWell = ({name, recent}: {name: string; recent: string}) => name.startsWith('silent') || recent.length >= 4;
	await until('those that are well were asked four times', () => engine.rows().every(isWell), 40_000);
	const quickRows = engine.rows().filter(({name}) => name.startsWith('quick'));
	expect(quickRows.filter(({recent}) => !/^o+$/.test(recent))).toEqual([]);
	expect(Math.min(...arrivals.values())).toBeGreaterThanOrEqual(Math.max(...arrivals.values()) - 1);
	const hanging = await engine.when('silent0', ({status}) => status === 'critical');
	expect(hanging.result?.reason).toBe('no answer in 4 s: connected, then silent');
	engine.write([]);
	await until('there are none any more', () => engine.rows().length === 0);
	await until('all connections are closed', () => engine.sockets() <= before);
}, 120_000);

test('another configuration leaves what is the same as it is', async () => {
	const {port} = await slowServer(0);
	const same = {name: 'same', type: 'http', url: `http://127.0.0.1:${port}/`, every: '1s'};
	const gone = {name: 'gone', type: 'tcp', port, every: '1s'};
	const engine = await checkingEngine([same, gone]);
	await engine.when('same', ({recent}) => recent.length >= 3);
	engine.write([same, {...gone, name: 'new'}]);
	await engine.when('new', ({status}) => status === 'ok');
	expect(engine.rows().map(({name}) => name)).toEqual(['same', 'new']);
	expect(engine.row('same')?.recent.length).toBeGreaterThanOrEqual(3);
	engine.write([{...same, type: 'htpt'}]);
	const isTold = () => engine.snapshot()?.problems.some(({reason}) => reason.includes('the old one stays')) ?? false;
	await until('the mistake is told', isTold);
	expect(engine.rows().map(({name}) => name)).toEqual(['same', 'new']);
});

test('a failed one is named by those that depend on it', async () => {
	const port = await freePort();
	const engine = await checkingEngine([
		{name: 'db', type: 'tcp', port, every: '1s', failAfter: 1},
		{name: 'shop', type: 'http', url: `http://127.0.0.1:${port}/`, every: '1s', failAfter: 1, dependsOn: ['db']},
	]);
	const shop = await engine.when('shop', ({blockedBy}) => blockedBy !== undefined);
	expect(shop.blockedBy).toBe('db');
	const before = shop.recent.length;
	await engine.when('shop', ({recent}) => recent.length > before);
});
