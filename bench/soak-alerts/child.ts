import {setImmediate} from 'node:timers/promises';
import {alertDefaults} from '../../src/core/alerts/alert-settings.js';
import {everything} from '../../src/core/filter.js';
import {safe} from '../../src/core/safe.js';
import {Engine} from '../../src/engine/engine.js';
import {EngineJournal} from '../../src/engine/engine-journal.js';
import {fakeHost} from '../../test/helpers/fake-host.js';
import {sampling} from '../../test/helpers/fake-samplers.js';
import {handClock} from '../../test/helpers/hand-clock.js';
import {mailServer, type Received} from './mail-server.js';
import {planOf, type Restart} from './plan.js';
import {Services} from './services.js';
import {rules, World} from './world.js';

/**
 * An engine through days of a clock that is moved by hand, and what happens meanwhile, a line of JSON each.
 *
 *   node --expose-gc child.mjs DIRECTORY DAYS SEED EVERY_MS
 */
const [directory = '', days = '1', seed = '1', every = '1000'] = process.argv.slice(2);

/** Between two looks at the memory, ms. */
const sampleEvery = 6 * 3_600_000;

/** The clock moves so much at a time, ms: what is under way then is waited for. */
const step = 1000;

const startsAt = 50_000;
const clock = handClock(startsAt);
const now = () => clock.now() - startsAt;
const end = Number(days) * 86_400_000;
const plan = planOf(Number(days), Number(seed));
const world = new World(plan, Number(seed) + 1);
const services = new Services(plan, Number(seed) + 2, now, (title, from) => say('chance', {title, from, to: now()}));
const notifier = mailServer(plan, Number(seed) + 3, clock, now, said);
let ticks = 0;
let unkept = 0;
let journalBytes = 0;
let compactedBytes = 0;
let compactions = 0;

function say(kind: string, what: object): void {
	process.stdout.write(`${JSON.stringify({kind, ...what})}\n`);
}

function said({message, to, at}: Received): void {
	const {id, threadId, mayRepeat, items} = message;
	const start = clock.wall() - now();
	const all = items.map(({incident, tells, title, severity, firedAt, startedAt, endedAt}) => ({
		...{incident, tells, title, severity, firedAt: firedAt - start, startedAt: startedAt - start},
		...(endedAt !== undefined && {endedAt: endedAt - start}),
	}));
	say('message', {id, threadId, mayRepeat, to, at, items: all});
}

/** The engine with its journal, as one run of the program has them. */
async function openRun() {
	const onError = (reason: string) => say('failure', {reason});
	const journal = await EngineJournal.open({
		directory,
		clock,
		run: {pid: process.pid, version: safe`soak`},
		onError,
	});
	const engine = new Engine({
		host: fakeHost({'/proc/sys/kernel/hostname': 'web-01\n'}),
		samplers: [sampling('world', () => ({series: world.series(now())}))],
		clock,
		every: Number(every),
		sampling: {},
		filters: {mounts: everything, devices: everything, interfaces: everything},
		kept: [],
		checks: services.checks,
		concurrency: {sockets: 100, commands: 8},
		rules,
		notifiers: [notifier],
		alerts: alertDefaults,
	});
	const underWay = new Set<Promise<void>>();
	engine.alerts.begin({
		book: journal.before.alerts,
		async keep(entry) {
			const written = journal.add(entry);
			underWay.add(written);
			await written.finally(() => underWay.delete(written));
		},
		onChange: () => {},
		onDelivery: () => {},
		onUnkept: () => {
			unkept += 1;
		},
	});
	engine.store.subscribe(() => {
		ticks += 1;
		journal.tick();
		seeJournal(journal.summary.bytes);
	});
	await engine.start();
	return {engine, journal, underWay};
}

function seeJournal(bytes: number): void {
	if (bytes < journalBytes / 2) {
		compactions += 1;
		compactedBytes = Math.max(compactedBytes, bytes);
	}

	journalBytes = bytes;
}

type Run = Awaited<ReturnType<typeof openRun>>;

/** What is asked of the disk takes real time: the clock stands still meanwhile. */
async function settle({underWay}: Run): Promise<void> {
	while (underWay.size > 0) {
		await Promise.allSettled(underWay);
		await setImmediate();
		await setImmediate();
	}
}

async function ended({engine, journal}: Run, {isKill}: Restart): Promise<void> {
	engine.stop();

	if (!isKill) {
		const closed = engine.alerts.close();
		// A message that is under way ends with the clock.
		await clock.advance(100);
		await closed;
	}

	await journal.close();
	services.forget();
}

function takeSample({engine, journal}: Run): void {
	globalThis.gc?.();
	globalThis.gc?.();
	const {heapUsed, external, arrayBuffers, rss} = process.memoryUsage();
	const {incidents, outgoing, pending} = journal.book.alerts;
	say('sample', {
		...{at: now(), heapUsed, external, arrayBuffers, rss, ticks, journalBytes, timers: clock.due.length},
		...{rows: engine.store.snapshot?.alerts.length, series: engine.store.snapshot?.series.size},
		...{incidents: incidents.size, outgoing: outgoing.size, pending: pending.length},
	});
}

async function runAll(): Promise<void> {
	let run = await openRun();
	let nextSample = sampleEvery;
	const restarts = [...plan.restarts];

	while (now() < end) {
		await clock.advance(step);
		await settle(run);
		const [restart] = restarts;

		if (restart && now() >= restart.from) {
			restarts.shift();
			await ended(run, restart);
			clock.pass(Math.max(0, restart.to - now()));
			run = await openRun();
			say('restart', {...restart, found: run.journal.before.alerts.incidents.size});
		}

		if (now() >= nextSample) {
			nextSample += sampleEvery;
			takeSample(run);
		}
	}

	await ended(run, {from: end, to: end, isKill: false});
}

for (const fault of plan.faults) {
	say('fault', {fault});
}

for (const outage of plan.outages) {
	say('outage', outage);
}

await runAll();
const {asked, lost} = services;
say('end', {ticks, asked, lost, unkept, compactions, compactedBytes, journalBytes});
