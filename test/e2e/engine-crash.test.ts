import {appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {describe, expect, onTestFinished, test} from 'vitest';
import {ActLedger} from '../../bench/crash/act-ledger.mjs';
import type {Control} from '../../bench/crash/control.mjs';
import {killEngines} from '../../bench/crash/engine-kills.mjs';
import {EngineProcess} from '../../bench/crash/engine-process.mjs';
import {send} from '../../bench/ending.mjs';
import {fileOf} from '../../src/journal/format.js';
import {healthtop} from '../helpers/built.js';
import {folder} from '../helpers/folder.js';
import {testWith} from '../helpers/outside.js';
import {until} from '../helpers/until.js';

const program = [process.execPath, ...healthtop()];

/** An engine of its own process for `directory/state`. */
function engineIn(directory: string, command = program, env: Readonly<Record<string, string>> = {}): EngineProcess {
	const engine = new EngineProcess(command, {
		directory: join(directory, 'state'),
		log: join(directory, 'said'),
		env,
	});
	onTestFinished(() => engine.send('SIGKILL'));
	return engine;
}

/** Its connection; fails with what it said when it does not come to listen. */
async function listening(engine: EngineProcess): Promise<Control> {
	const control = await engine.listens();

	if (!control) {
		throw new Error(`it does not listen: ${JSON.stringify(engine.ended)} ${engine.said}`);
	}

	return control;
}

test('100 kills at random moments lose nothing that was answered, and stop no start', async () => {
	const lanes = await Promise.all(
		[1, 2].map(seed => killEngines({command: program, directory: folder(), kills: 50, seed})),
	);
	expect(lanes.flatMap(({problems}) => problems)).toEqual([]);
	// How many hit it hangs on what else the machine does; that none did would prove nothing.
	expect(lanes.reduce((sum, {whileAsked}) => sum + whileAsked, 0)).toBeGreaterThan(5);
	expect(lanes.reduce((sum, {accepted}) => sum + accepted, 0)).toBeGreaterThan(10);
}, 240_000);

describe('with strace', () => {
	const pool = ['pwrite64', 'fdatasync', 'fsync', '?rename,?renameat,?renameat2', 'ftruncate', '?link,?linkat'];
	/** What the main thread calls, and would be counted beside what its helper calls of the same name. */
	const sockets = ['?rename,?renameat,?renameat2', '?unlink,?unlinkat', '?chmod,?fchmodat,?fchmodat2'];

	/** Acts, half a record and a half made file: a start has everything to do that a start may have. */
	async function prepared(): Promise<string> {
		const directory = folder();
		const engine = engineIn(directory);
		const control = await listening(engine);
		await control.ask('reload', 'u0');
		engine.send('SIGKILL');
		await engine.end;
		appendFileSync(join(directory, 'state', 'journal'), '99 01234567 {"number"');
		writeFileSync(join(directory, 'state', 'journal.new-0123456789ab'), 'half');
		return directory;
	}

	/** A start, one act and an end in order, killed on the way. @returns whether it was. */
	async function cycle(directory: string, ledger: ActLedger, options: readonly string[]): Promise<boolean> {
		// All on one thread, for strace counts the calls of each.
		const command = ['strace', '-f', '-o', join(directory, 'log'), ...options, ...program];
		const engine = engineIn(directory, command, {UV_THREADPOOL_SIZE: '1'});
		const control = await engine.listens();
		const status = await control?.status();

		if (control && status) {
			onTestFinished(() => send(status.pid, 'SIGKILL'));
			const user = ledger.ask(0);

			if ((await control.ask('reload', user))?.ok) {
				ledger.answered(user);
			}

			send(status.pid, 'SIGTERM');
		}

		await engine.end;
		return engine.ended?.code !== 0;
	}

	/** The next one finds everything. */
	async function plain(directory: string, ledger: ActLedger, where: string): Promise<void> {
		const engine = engineIn(directory);
		const control = await listening(engine);
		const acts = (await control.status())?.acts ?? [];
		expect(acts[0]?.by, where).toMatch(/^u0 /);
		ledger.found(acts.slice(1), where);
		expect(ledger.problems).toEqual([]);
		engine.send('SIGKILL');
		await engine.end;
	}

	async function killAtEach(calls: readonly string[], paths: (directory: string) => readonly string[]) {
		const before = await prepared();
		const counts: Record<string, number> = {};

		for (const call of calls) {
			for (let when = 1, isKilled = true; isKilled; when++) {
				const directory = folder();
				cpSync(join(before, 'state'), join(directory, 'state'), {
					recursive: true,
					filter: path => !path.endsWith('.sock'),
				});
				const ledger = new ActLedger();
				const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${when}`];
				isKilled = await cycle(directory, ledger, [...paths(directory), ...inject]);
				await plain(directory, ledger, `${call} ${when}`);
				counts[call] = when - 1;
			}
		}

		return counts;
	}

	testWith('strace')(
		'a kill at every call that changes a file from start to end loses nothing',
		async () => {
			const counts = await killAtEach(pool, () => []);
			expect(counts).toMatchObject({'?rename,?renameat,?renameat2': 2, '?link,?linkat': 1});
			// On a busy machine an alert may be pending, which is written at the end, too.
			expect(counts['fdatasync']).toBeGreaterThanOrEqual(2);
			expect(counts['pwrite64']).toBeGreaterThanOrEqual(5);
			expect(counts['fsync']).toBeGreaterThanOrEqual(4);
		},
		240_000,
	);

	testWith('strace')(
		'a kill at every call that makes or removes a socket stops no start',
		async () => {
			const counts = await killAtEach(sockets, directory =>
				['new.sock', 'view.sock', 'control.sock'].flatMap(name => ['-P', join(directory, 'state', name)]),
			);
			expect(counts['?rename,?renameat,?renameat2']).toBeGreaterThanOrEqual(2);
		},
		240_000,
	);
});

describe('beginnings and ends', () => {
	test('one that starts while the other is being stopped says so or takes its place', async () => {
		const directory = folder();
		let first = engineIn(directory);
		(await listening(first)).close();

		for (let round = 0; round < 8; round++) {
			first.send('SIGTERM');
			const second = new EngineProcess(program, {
				directory: join(directory, 'state'),
				log: join(directory, `said-${round}`),
			});
			onTestFinished(() => second.send('SIGKILL'));
			const control = await second.listens();
			await first.end;
			expect(first.ended).toEqual({code: 0, signal: null});

			if (!control) {
				expect(second.said).toMatch(/^healthtop: an engine runs for '.*' already/);
			}

			control?.close();
			first = control ? second : engineIn(directory);
			(await listening(first)).close();
		}
	});

	test('of ten that start at once one is the engine, and nine say so', async () => {
		const directory = folder();
		mkdirSync(join(directory, 'state'), {mode: 0o700});
		const all = Array.from(
			{length: 10},
			(_, index) =>
				new EngineProcess(program, {directory: join(directory, 'state'), log: join(directory, `said-${index}`)}),
		);
		onTestFinished(() => {
			for (const engine of all) {
				engine.send('SIGKILL');
			}
		});
		await until('nine have ended', () => all.filter(({ended}) => ended).length === 9);
		const running = all.filter(engine => !engine.ended);
		expect(running).toHaveLength(1);
		expect(all.filter(engine => engine.ended).map(({said}) => said.slice(0, 30))).toEqual(
			Array.from({length: 9}, () => 'healthtop: an engine runs for '),
		);
		expect((await (await listening(running[0] as EngineProcess)).status())?.pid).toBe(running[0]?.pid);
	});

	test('SIGTERM at any moment of a start ends it, and leaves what the next one can use', async () => {
		const directory = folder();

		for (let after = 0; after <= 600; after += 40) {
			const engine = engineIn(directory);
			await wait(after);
			engine.send('SIGTERM');
			await engine.end;
			expect([0, null], engine.said).toContain(engine.ended?.code);
			expect([null, 'SIGTERM'], engine.said).toContain(engine.ended?.signal);
		}

		const status = await (await listening(engineIn(directory))).status();
		expect(status?.journal.state).toBe('well');
	});

	test('a second and a third SIGTERM change nothing', async () => {
		const directory = folder();
		const engine = engineIn(directory);
		(await listening(engine)).close();

		for (const signal of ['SIGTERM', 'SIGTERM', 'SIGINT'] as const) {
			engine.send(signal);
		}

		await engine.end;
		expect(engine.ended).toEqual({code: 0, signal: null});
		expect(readFileSync(join(directory, 'state', 'journal'), 'utf8')).toMatch(/"kind":"stopped"[^\n]*\n$/);
	});

	test('a clock that was set back between two starts costs nothing', async () => {
		const directory = folder();
		const at = Date.now() + 86_400_000;
		const act = {kind: 'act', at, what: 'reload', by: 'u1 (uid 0), pid 1', result: 'done'};
		mkdirSync(join(directory, 'state'), {mode: 0o700});
		const records = [{kind: 'started', at, pid: 1, version: '0.1.0'}, act, {kind: 'alive', at}];
		writeFileSync(join(directory, 'state', 'journal'), fileOf(1, records), {mode: 0o600});
		const engine = engineIn(directory);
		const control = await listening(engine);
		expect((await control.ask('reload', 'u2'))?.ok).toBe(true);
		expect((await control.status())?.acts.map(({by}) => by.split(' ')[0])).toEqual(['u1', 'u2']);
	});
});
