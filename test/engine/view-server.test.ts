import {once} from 'node:events';
import {createConnection, type Socket} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {safe} from '../../src/core/safe.js';
import {AttachedStore} from '../../src/engine/attached-store.js';
import type {Store} from '../../src/engine/store.js';
import {handClock} from '../helpers/hand-clock.js';
import {until} from '../helpers/until.js';
import {servedStore} from '../helpers/view-socket.js';

/** What a screen can ask of a past, as one value. */
function answersOf({snapshot, history}: Store) {
	const at = snapshot?.at ?? 0;
	const names = [...(snapshot?.series.keys() ?? [])];
	return {
		snapshot,
		events: history.events,
		times: history.times(900),
		recent: names.map(name => history.last(name, 900)),
		beat: history.beat(5),
		minutes: names.map(name => history.points(name, 'minute', 100)),
		quarters: names.map(name => history.points(name, 'quarter', 100)),
		point: history.pointAt('minute', at - 120_000),
		processes: [0, 10, 60, 90].map(age => history.processesAt(at - age * 1000)),
		busiest: [0, 60, 600].map(age => history.busiestAt(at - age * 1000)),
	};
}

/** A connection that says what the test says. */
async function rawViewer(path: string) {
	const socket = createConnection({path});
	onTestFinished(() => {
		socket.destroy();
	});
	let text = '';
	socket.setEncoding('utf8').on('data', chunk => {
		text += chunk;
	});
	socket.on('error', () => {});
	await once(socket, 'connect');
	const lines = () =>
		text
			.split('\n')
			.slice(0, -1)
			.map(line => JSON.parse(line) as Record<string, unknown>);
	return {socket, lines, shows: (what: string) => until(what, () => text.includes(what))};
}

const greeting = '{"healthtop":"viewer","protocol":1,"version":"0.1.0"}\n';

test('a screen that attaches late has the same snapshots and the same past', async () => {
	const engine = await servedStore();
	engine.tick(200);
	const {attached, catchUp} = await engine.attach();
	engine.tick(150);
	await catchUp();
	await until('all of the past is there', () => same(answersOf(attached), answersOf(engine.store)));
	// More than waits for a screen at once: it begins anew.
	engine.tick(1000);
	await catchUp();
	await until('all of the past is there', () => same(answersOf(attached), answersOf(engine.store)));
});

test('ticks while the past is still coming are not lost', async () => {
	const engine = await servedStore(7);
	engine.tick(950);
	const attaching = engine.attach();

	for (let round = 0; round < 40; round++) {
		engine.tick();
		await new Promise(resolve => setImmediate(resolve));
	}

	const {attached, catchUp} = await attaching;
	await catchUp();
	await until('all of the past is there', () => same(answersOf(attached), answersOf(engine.store)));
});

test('many screens get each snapshot written once', async () => {
	const engine = await servedStore();
	engine.tick(3);
	const screens = await Promise.all(Array.from({length: 10}, () => engine.attach()));
	expect(engine.server.viewers).toBe(10);
	engine.tick(5);

	for (const {attached, catchUp} of screens) {
		await catchUp();
		expect(attached.snapshot).toEqual(engine.store.snapshot);
	}

	for (const {attached} of screens) {
		attached.close();
	}

	await until('all have gone', () => engine.server.viewers === 0);
});

test('what screens show is asked of the engine, all of it together, until they go', async () => {
	const engine = await servedStore();
	engine.tick();
	const [one, two] = [await engine.attach(), await engine.attach()];
	one.attached.setVisible(new Set([7]));
	two.attached.setVisible(new Set([8]));
	two.attached.setWanted(new Set(['listeners']));
	await until('is asked', () => engine.store.visible.has(7) && engine.store.visible.has(8));
	expect(engine.store.visible.has(9)).toBe(false);
	expect(engine.store.wanted.has('addresses')).toBe(false);
	await until('details too', () => engine.store.wanted.has('listeners'));
	two.attached.close();
	await until('is asked no more', () => !engine.store.visible.has(8) && !engine.store.wanted.has('listeners'));
	expect(engine.store.visible.has(7)).toBe(true);
});

test('another time between readings begins anew on every screen', async () => {
	const engine = await servedStore();
	engine.tick(20);
	const {attached, catchUp} = await engine.attach();
	engine.store.forget();
	engine.tick(3);
	await catchUp();
	await until('all of the past is there', () => same(answersOf(attached), answersOf(engine.store)));
	expect(attached.history.times(10).filter(at => !Number.isNaN(at))).toHaveLength(3);
});

describe('a screen that does not read', () => {
	test('is left out of ticks, holds up nobody, and begins anew when it reads again', async () => {
		const engine = await servedStore();
		engine.tick(900);
		const slow = await rawViewer(engine.path);
		slow.socket.pause();
		slow.socket.write(greeting);
		await until('is greeted', () => engine.server.viewers === 1);
		const {catchUp} = await engine.attach();
		// As many as fill every buffer there is.
		engine.tick(3000);
		await catchUp();
		slow.socket.resume();
		await slow.shows('"piece":"end"');
		await until('begins anew', () => slow.lines().filter(({type}) => type === 'begin').length > 1);
		const types = slow.lines().map(({type}) => type);
		expect(types.lastIndexOf('next')).toBeLessThan(types.lastIndexOf('begin'));
		engine.tick();
		await slow.shows(`"sequence":${engine.store.snapshot?.sequence}`);
		expect(slow.lines().length).toBeLessThan(3000);
	});
});

describe('whoever is no screen', () => {
	const rows: Record<string, [said: string, reason: string]> = {
		'says garbage': ['\xff\xfe\x00 nonsense\n', 'bad-line'],
		'says JSON that is no greeting': ['{"healthtop":"control"}\n', 'bad-line'],
		'says a list': ['[]\n', 'bad-line'],
		'speaks another protocol': ['{"healthtop":"viewer","protocol":99,"version":"9.0.0"}\n', 'other-protocol'],
		'says a line without an end': ['x'.repeat(100_000), 'line-too-long'],
		'watches what nobody knows': [`${greeting}{"type":"watch","pids":"none","details":[]}\n`, 'bad-line'],
		'watches too much': [
			`${greeting}${JSON.stringify({type: 'watch', pids: Array.from({length: 2001}, () => 1), details: []})}\n`,
			'bad-line',
		],
	};

	test.each(Object.entries(rows))('%s', async (_, [said, reason]) => {
		const engine = await servedStore();
		engine.tick();
		const {socket, lines} = await rawViewer(engine.path);
		socket.write(said);
		await once(socket, 'close');
		expect(lines()[0]).toMatchObject({healthtop: 'view', protocol: 1, pid: 4711});
		expect(lines().at(-1)).toEqual({type: 'bye', reason});
		expect(engine.server.viewers).toBe(0);
	});

	test('says nothing is let go after five seconds', async () => {
		const engine = await servedStore();
		engine.tick();
		const {socket, lines} = await rawViewer(engine.path);
		await until('is connected', () => lines().length === 1);
		await engine.clock.advance(5001);
		await once(socket, 'close');
		expect(lines().at(-1)).toEqual({type: 'bye', reason: 'no-greeting'});
	});

	test('says 100 MB costs no memory', async () => {
		const engine = await servedStore();
		engine.tick();
		const {socket} = await rawViewer(engine.path);
		const before = process.memoryUsage().rss;
		await flood(socket, 100);
		expect(process.memoryUsage().rss - before).toBeLessThan(60 << 20);
	});
});

/** So many MB, or as many as the other side takes. */
async function flood(socket: Socket, megabytes: number): Promise<void> {
	const block = 'x'.repeat(1 << 20);

	for (let sent = 0; sent < megabytes && !socket.destroyed; sent++) {
		await Promise.race([new Promise(resolve => socket.write(block, resolve)), once(socket, 'close')]);
	}
}

describe('a screen says what is true of its engine', () => {
	const texts = (store: Store) => store.standing.trouble ?? 'well';

	test('that it was stopped, since when, and of what time the numbers are', async () => {
		const engine = await servedStore();
		engine.tick(2);
		const {attached, clock} = await engine.attach();
		engine.close();
		await until('has gone', () => texts(attached) !== 'well');
		expect(texts(attached)).toBe('no engine for 0s, all is of 03:14:52: it was stopped');
		await clock.advance(12_500);
		expect(texts(attached)).toMatch(/^no engine for 12s, all is of 03:14:52: it was stopped$/);
	});

	test('that it says nothing, until it does again', async () => {
		const engine = await servedStore();
		engine.tick(2);
		const {attached, clock, catchUp} = await engine.attach();
		await until('all of the past is there', () => same(answersOf(attached), answersOf(engine.store)));
		await clock.advance(3000);
		expect(texts(attached)).toBe('well');
		await clock.advance(2000);
		expect(texts(attached)).toBe('engine stopped or hanging for 5s, all is of 03:14:52');
		engine.tick();
		await catchUp();
		expect(texts(attached)).toBe('well');
	});

	test('nothing, when it was stopped itself', async () => {
		const engine = await servedStore();
		engine.tick(2);
		const {attached, clock, catchUp} = await engine.attach();
		clock.pass(60_000);
		await clock.advance(0);
		expect(texts(attached)).toBe('well');
		engine.tick();
		await catchUp();
		await clock.advance(1000);
		expect(texts(attached)).toBe('well');
	});
});

test('a screen of another root, and one where nobody listens, are told so', async () => {
	const engine = await servedStore();
	engine.tick();
	const attach = (path: string, root: string) =>
		new AttachedStore({path, root, version: safe`0.1.0`, clock: handClock()}).attach(1000);
	expect(await attach(engine.path, '/host')).toMatchObject({kind: 'other-root', greeting: {root: '/'}});
	expect(await attach(`${engine.path}.no`, '/')).toEqual({kind: 'none'});
});

function same(a: unknown, b: unknown): boolean {
	try {
		expect(a).toEqual(b);
		return true;
	} catch {
		return false;
	}
}
