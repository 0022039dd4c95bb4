import {appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {bundled} from '../../bench/bundled.mjs';
import {childFile, killAtRandom, Ledger, runChild} from '../../bench/crash/killing.mjs';
import {folder} from '../helpers/folder.js';
import {testWith} from '../helpers/outside.js';

test('100 kills at random moments lose nothing that was accepted', async () => {
	const {problems, ended, ...counts} = await killAtRandom({directory: folder(), kills: 100, seed: 2});
	expect(problems).toEqual([]);
	expect(ended).toBe('{"kind":"well"}');
	// How many hit it hangs on what else the machine does; that none did would prove nothing.
	expect(counts.whileAppending).toBeGreaterThan(2);
	expect(counts.accepted).toBeGreaterThan(20);
}, 180_000);

/** Calls that change what is on disk or wait for it. One that only looks leaves nothing to find between it and the next. */
const calls = [
	'pwrite64',
	'fdatasync',
	'fsync',
	'ftruncate',
	'?rename,?renameat,?renameat2',
	'?link,?linkat',
	'?unlink,?unlinkat',
];

/** Everything on one thread of Node's, for strace counts the calls of each. */
const env = {UV_THREADPOOL_SIZE: '1'};

describe('with strace', () => {
	let directory: string;
	let child: string;
	let state: string;
	let output: string;

	/** 12 records, then half a one, and a half made file: a start has everything to do that a start may have. */
	async function prepare(): Promise<Ledger> {
		directory = folder();
		[state, output] = [join(directory, 'state'), join(directory, 'output')];
		mkdirSync(state, {mode: 0o700});
		child = await bundled(childFile, directory);
		const ledger = new Ledger();
		ledger.add(await runChild([process.execPath, child, state, '1'], {output}));
		appendFileSync(join(state, 'journal'), '99 01234567 {"number"');
		writeFileSync(join(state, 'journal.new-0123456789ab'), 'half');
		return ledger;
	}

	const traced = (options: readonly string[], rounds: string) =>
		runChild(['strace', '-f', '-o', join(directory, 'log'), ...options, process.execPath, child, state, rounds], {
			output,
			env,
		});

	const plain = () => runChild([process.execPath, child, state, '0'], {output});

	testWith('strace')(
		'a kill at every call of opening, compacting and appending loses nothing',
		async () => {
			const before = (await prepare()).accepted;
			const prepared = join(directory, 'prepared');
			cpSync(state, prepared, {recursive: true});
			const counts: Record<string, number> = {};

			for (const call of calls) {
				for (let when = 1, isOver = false; !isOver; when++) {
					rmSync(state, {recursive: true});
					cpSync(prepared, state, {recursive: true});
					const ledger = new Ledger();
					ledger.accepted = before;
					const killed = await traced(['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${when}`], '5');
					ledger.add(killed);
					const next = await plain();
					ledger.add(next);
					expect(ledger.problems, `${call} ${when}`).toEqual([]);
					expect(next.ended, `${call} ${when}`).toBe('{"kind":"well"}');
					isOver = killed.ended !== undefined;
					counts[call] = when - 1;
				}
			}

			expect(counts).toMatchObject({fdatasync: 5, '?rename,?renameat,?renameat2': 3, '?link,?linkat': 1});
			expect(counts['pwrite64']).toBeGreaterThanOrEqual(8);
			expect(counts['fsync']).toBeGreaterThanOrEqual(6);
		},
		180_000,
	);

	testWith('strace')('nothing is told before it is on disk, and calls made together are synced together', async () => {
		await prepare();
		await traced(['-e', `trace=${[...calls, 'write', 'openat'].join(',')}`], '1');
		const steps = readFileSync(join(directory, 'log'), 'utf8')
			.split('\n')
			.flatMap(line => stepsIn(line, state));
		const replacing = ['create new', 'pwrite64', 'fsync', 'rename', 'open directory', 'fsync'];
		expect(steps).toEqual([
			...['open directory', 'unlink', 'link', ...replacing, 'told found', 'told aside'],
			...[...replacing, 'told compacted'],
			...['pwrite64', 'fdatasync', ...Array.from({length: 8}, () => 'told accepted'), 'told ended'],
		]);
	});

	testWith('strace')('one failed sync is written again, call by call', async () => {
		const ledger = await prepare();
		const failed = await traced(['-e', 'inject=fdatasync:error=EIO:when=2'], '3');
		expect(failed.rejected).toEqual([]);
		ledger.add(failed);
		ledger.add(await plain());
		expect(ledger.problems).toEqual([]);
	});

	for (const call of ['pwrite64', 'fdatasync']) {
		testWith('strace')(`a disk that fails for good (${call}) is told, and what was accepted stays`, async () => {
			const ledger = await prepare();
			await plain();
			const path = ['-P', join(state, 'journal')];
			const failed = await traced([...path, '-e', `inject=${call}:error=EIO:when=2+`], '3');
			expect(failed.rejected.length).toBeGreaterThan(5);
			expect(failed.ended).toBe('{"kind":"failing","code":"EIO"}');
			ledger.add(failed);
			const next = await plain();
			ledger.add(next);
			expect(ledger.problems).toEqual([]);
			expect(next.found?.to).toBe(failed.accepted);
			expect(next.aside).toEqual([]);
		});
	}

	testWith('strace')('nothing is written behind what could not be cut off', async () => {
		const ledger = await prepare();
		const failing = ['-e', 'inject=fdatasync:error=EIO:when=2', '-e', 'inject=ftruncate:error=EIO'];
		const failed = await traced(failing, '4');
		expect(failed.rejected).toHaveLength(3 * 8);
		ledger.add(failed);
		ledger.add(await plain());
		expect(ledger.problems).toEqual([]);
	});

	testWith('strace')('a compaction that fails leaves the old file', async () => {
		const ledger = await prepare();
		await plain();
		const failed = await traced(['-e', 'inject=?rename,?renameat,?renameat2:error=EIO'], '2');
		expect(failed.rejected).toHaveLength(1);
		expect(failed.ended).toBe('{"kind":"well"}');
		ledger.add(failed);
		expect(readdirSync(state).filter(name => name.startsWith('journal.new-'))).toEqual([]);
		ledger.add(await plain());
		expect(ledger.problems).toEqual([]);
	});

	testWith('strace')('without hard links a damaged file is copied', async () => {
		const ledger = await prepare();
		const damaged = readFileSync(join(state, 'journal'));
		ledger.add(await traced(['-e', 'inject=?link,?linkat:error=EPERM'], '1'));
		ledger.add(await plain());
		expect(ledger.problems).toEqual([]);
		const aside = readdirSync(state).find(name => name.startsWith('journal.corrupt-')) ?? '';
		expect(readFileSync(join(state, aside))).toEqual(damaged);
	});

	testWith('strace')('a file that cannot be read is set aside', async () => {
		await prepare();
		const damaged = readFileSync(join(state, 'journal'));
		const path = ['-P', join(state, 'journal')];
		const {found, aside} = await traced([...path, '-e', 'inject=pread64:error=EIO:when=1'], '1');
		expect([found, aside]).toEqual([{from: 0, to: -1}, [`${damaged.length} cannot be read (EIO)`]]);
		const name = readdirSync(state).find(name => name.startsWith('journal.corrupt-')) ?? '';
		expect(readFileSync(join(state, name))).toEqual(damaged);
	});
});

/** What a line of strace's says, if it is about the journal: its calls, and the first word of what is told. */
function stepsIn(line: string, state: string): readonly string[] {
	const [, call = '', rest = ''] = /^\d+ +(\w+)\((.*)/.exec(line) ?? [];
	const isDirectory = rest.includes(`"${state}"`) && rest.includes('O_DIRECTORY');

	switch (call) {
		case 'openat':
			return rest.includes('journal.new-') ? ['create new'] : isDirectory ? ['open directory'] : [];
		case 'write':
			return rest.startsWith('1, "') ? [`told ${/\w+/.exec(rest.slice(3))?.[0]}`] : [];
		case 'pwrite64':
		case 'fdatasync':
		case 'fsync':
		case 'ftruncate':
			return [call];
		default:
			// By its older or its newer name.
			return rest.includes(state) ? [call.replace(/at2?$/, '')] : [];
	}
}
