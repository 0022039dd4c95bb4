import {
	chmodSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	unlinkSync,
	utimesSync,
	watch,
	writeFileSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {watchConfig} from '../../src/config/watch-config.js';
import {handClock} from '../helpers/hand-clock.js';
import {until} from '../helpers/until.js';
import {directory} from './given.js';

/** A watched file, and how often it was told to have changed by each deed. */
function watched(file: string) {
	const clock = handClock();
	const problems: string[] = [];
	let changes = 0;
	const watching = watchConfig({
		file,
		wake: clock.wake,
		onChange: () => (changes += 1),
		onProblem: reason => problems.push(reason),
	});
	onTestFinished(() => watching.close());

	return {
		clock,
		problems,
		close: () => watching.close(),
		/** The deed is over before anybody looks: what the kernel tells of it later changes nothing any more. */
		async changesBy(deed: () => void): Promise<number> {
			const before = changes;
			deed();
			await until('something happens in a watched directory', () => clock.due.length > 0);
			await clock.advance(300);
			return changes - before;
		},
	};
}

/** A directory's own count of what happens in it. */
function eventsOf(path: string): () => number {
	let count = 0;
	const watcher = watch(path, {persistent: false}, () => (count += 1));
	onTestFinished(() => watcher.close());
	return () => count;
}

/** Directories and files that this process has the kernel watch. */
function kernelWatches(): number {
	const infos = readdirSync('/proc/self/fdinfo').map(fd => {
		try {
			return readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8');
		} catch {
			// That of the listing itself.
			return '';
		}
	});
	return infos.join('').split('inotify wd:').length - 1;
}

const given = () => join(directory({'config.json': '{"every": "1s"}'}), 'config.json');

describe('it is told once that a file', () => {
	const deeds: Record<string, (file: string) => void> = {
		'was written': file => writeFileSync(file, '{}'),
		'was written in two steps': file => {
			writeFileSync(file, '');
			writeFileSync(file, '{}');
		},
		'was written with as many bytes at what it says is the same time': file => {
			const {atime, mtime} = statSync(file);
			writeFileSync(file, '{"every": "2s"}');
			utimesSync(file, atime, mtime);
		},
		'was replaced, as editors do it': file => {
			writeFileSync(`${file}~`, '{}');
			renameSync(`${file}~`, file);
		},
		'was deleted': file => unlinkSync(file),
		'was moved away': file => renameSync(file, `${file}.old`),
		'became readable to others': file => chmodSync(file, 0o644),
		'has gone with its directory': file => rmSync(dirname(file), {recursive: true}),
		'has moved with its directory': file => {
			renameSync(dirname(file), `${dirname(file)}.old`);
			onTestFinished(() => rmSync(`${dirname(file)}.old`, {recursive: true}));
		},
		'is another one in another directory of that name': file => {
			rmSync(dirname(file), {recursive: true});
			mkdirSync(dirname(file));
			writeFileSync(file, '{}');
		},
	};

	test.each(Object.entries(deeds))('%s; and then that it is back', async (_, deed) => {
		const file = given();
		const {changesBy} = watched(file);
		expect(await changesBy(() => deed(file))).toBe(1);
		expect(
			await changesBy(() => {
				mkdirSync(dirname(file), {recursive: true});
				writeFileSync(file, '{"every": "3s"}');
			}),
		).toBe(1);
		expect(await changesBy(() => writeFileSync(file, '{"every": "40s"}'))).toBe(1);
	});
});

test('a file that is not there yet is waited for, and so are the directories it is to lie in', async () => {
	const dir = directory();
	const file = join(dir, 'a', 'b', 'config.json');
	const {changesBy} = watched(file);
	expect(await changesBy(() => mkdirSync(join(dir, 'a')))).toBe(0);
	expect(await changesBy(() => mkdirSync(join(dir, 'a', 'b')))).toBe(0);
	expect(await changesBy(() => writeFileSync(file, '{}'))).toBe(1);
	expect(await changesBy(() => writeFileSync(file, '{"every": "2s"}'))).toBe(1);
	expect(await changesBy(() => rmSync(join(dir, 'a'), {recursive: true}))).toBe(1);
	expect(await changesBy(() => mkdirSync(join(dir, 'a', 'b'), {recursive: true}))).toBe(0);
	expect(await changesBy(() => writeFileSync(file, '{}'))).toBe(1);
});

test('what else happens in the directory is nobody’s business', async () => {
	const file = given();
	const {changesBy} = watched(file);
	expect(await changesBy(() => writeFileSync(`${file}.swp`, 'x'))).toBe(0);
	expect(await changesBy(() => unlinkSync(`${file}.swp`))).toBe(0);
});

test('a switched link is another file, as Kubernetes mounts them', async () => {
	const dir = directory({'..1/config.json': '{"every": "1s"}', '..2/config.json': '{"every": "2s"}'});
	const file = join(dir, 'config.json');
	symlinkSync('..1', join(dir, '..data'));
	symlinkSync('..data/config.json', file);
	const {changesBy} = watched(file);

	const change = () => {
		symlinkSync('..2', join(dir, '..data_tmp'));
		renameSync(join(dir, '..data_tmp'), join(dir, '..data'));
	};
	expect(await changesBy(change)).toBe(1);
	expect(await changesBy(() => rmSync(join(dir, '..1'), {recursive: true}))).toBe(0);
	expect(await changesBy(() => writeFileSync(join(dir, '..2', 'config.json'), '{}'))).toBe(1);
});

test('a link may lead to another directory', async () => {
	const real = given();
	const file = join(directory(), 'config.json');
	symlinkSync(real, file);
	const {changesBy} = watched(file);
	expect(await changesBy(() => writeFileSync(real, '{}'))).toBe(1);
	const other = given();
	const change = () => {
		unlinkSync(file);
		symlinkSync(other, file);
	};
	expect(await changesBy(change)).toBe(1);
	expect(await changesBy(() => writeFileSync(other, '{}'))).toBe(1);
});

test('what a link led to once is not watched any more', async () => {
	const before = kernelWatches();
	const file = join(directory(), 'config.json');
	symlinkSync(given(), file);
	const {changesBy, close} = watched(file);
	expect(kernelWatches()).toBe(before + 2);

	for (let round = 0; round < 3; round++) {
		await changesBy(() => {
			unlinkSync(file);
			symlinkSync(given(), file);
		});
		expect(kernelWatches()).toBe(before + 2);
	}

	close();
	expect(kernelWatches()).toBe(before);
});

test('changes are collected for 300 ms from the first on, and nothing puts that off', async () => {
	const file = given();
	const events = eventsOf(dirname(file));
	const {clock} = watched(file);
	writeFileSync(file, '{}');
	await until('the first is noticed', () => clock.due.length > 0 && events() > 0);
	expect(clock.due).toEqual([300]);
	clock.pass(200);
	const before = events();
	writeFileSync(`${file}.other`, '{}');
	await until('the second is noticed', () => events() > before);
	expect(clock.due).toEqual([300]);
});

test('once closed it tells nothing, and waits for nothing', async () => {
	const file = given();
	const events = eventsOf(dirname(file));
	const {clock, close} = watched(file);
	writeFileSync(file, '{}');
	await until('it is noticed', () => clock.due.length > 0);
	close();
	expect(clock.due).toEqual([]);
	const before = events();
	writeFileSync(file, '{"every": "2s"}');
	await until('something happened', () => events() > before);
	expect(clock.due).toEqual([]);
	close();
});

test('it keeps no process alive', () => {
	const active = () => process.getActiveResourcesInfo().filter(name => name === 'FSEventWrap').length;
	const before = active();
	watched(given());
	expect(active()).toBe(before);
	const persistent = watch(directory());
	expect(active()).toBe(before + 1);
	persistent.close();
});

test.skipIf(process.getuid?.() === 0)(
	'a directory that may not be read is told, and nothing else happens (root may read everything)',
	() => {
		const file = given();
		chmodSync(dirname(file), 0o300);
		onTestFinished(() => chmodSync(dirname(file), 0o700));
		const {problems} = watched(file);
		expect(problems).toEqual([expect.stringMatching(`^changes in ${dirname(file)} are not noticed: EACCES`)]);
	},
);
