import {setImmediate} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {safe} from '../../src/core/safe.js';
import {type SignalTarget, signals} from '../../src/core/signal.js';
import type {Process, Snapshot} from '../../src/core/snapshot.js';
import {dialogPlace} from '../../src/ui/dialogs/index.js';
import {type ProcessActs, signalTyped} from '../../src/ui/process-control.js';
import {someFacts} from '../helpers/process-facts.js';
import {aScene, aSnapshot, everydaySnapshot} from '../helpers/scene.js';
import {openScreen, type TestScreen} from '../helpers/screen.js';

const text = async (screen: TestScreen) => (await screen.rows()).join('\n');
const later = (snapshot: Snapshot, seconds: number): Snapshot => ({
	...snapshot,
	at: snapshot.at + seconds * 1000,
	sequence: snapshot.sequence + seconds,
});
const second = ['down', 'down'];

/** The everyday machine at this size, with the bar on pid 1234. */
async function opened(
	acts: Partial<ProcessActs> = {},
	keys: Readonly<Record<string, readonly string[]>> = {},
): Promise<TestScreen> {
	const screen = await openScreen({columns: 80, rows: 24, snapshot: everydaySnapshot(), acts, keys});
	screen.keys(...second);
	return screen;
}

const lastLine = async (screen: TestScreen) => (await screen.rows()).at(-1)?.trim();

describe('a signal', () => {
	test('is sent by y, and the last line says so until the next key', async () => {
		const screen = await opened();
		screen.keys('K', 'enter', 'y');
		expect(screen.asked).toEqual(['TERM 1234']);
		expect(await lastLine(screen)).toBe('● TERM sent to 1234 php-fpm: pool shop');
		screen.store.publish(later(everydaySnapshot(), 1), 0);
		expect(await lastLine(screen)).toContain('TERM sent');
		screen.keys('x');
		expect(await lastLine(screen)).toContain('q quit');
		screen.view.stop(() => {});
	});

	test.each([...'nYNqjK', 'enter', 'escape', 'space', 'up', 'tab', 'backspace', 'alt+y', 'ctrl+y'])(
		'is not sent by %s',
		async key => {
			const screen = await opened();
			screen.keys('K', 'enter', key);
			expect(screen.asked).toEqual([]);
			expect(await text(screen)).not.toContain('y/N');
			screen.keys('y');
			expect(screen.asked).toEqual([]);
			screen.view.stop(() => {});
		},
	);

	test('is not sent before it was chosen', async () => {
		const screen = await opened();
		screen.keys('K', 'y', 'y');
		expect(screen.asked).toEqual([]);
		screen.view.stop(() => {});
	});

	test.each(signals.map(({name}, index) => [name, index] as const))(
		'%s is the one that was chosen',
		async (name, index) => {
			const screen = await opened();
			screen.keys('K', 'G', 'g', ...Array.from({length: index}, () => 'j'), 'enter', 'y');
			expect(screen.asked).toEqual([`${name} 1234`]);
			screen.view.stop(() => {});
		},
	);

	test('goes to whom it was meant for, whatever the list has become', async () => {
		let meant: SignalTarget | undefined;
		const screen = await opened({
			send(target) {
				meant = target;
				return {isSent: false, reason: safe`it has ended`};
			},
		});
		screen.keys('K', 'enter');
		const {processes, ...rest} = later(everydaySnapshot(), 1);
		screen.store.publish({...rest, processes: processes.filter(({pid}) => pid !== 1234).toReversed()}, 0);
		expect(await text(screen)).toContain('it has ended');
		screen.keys('y');
		const {startTicks, name} = everydaySnapshot().processes[1] as Process;
		expect(meant).toMatchObject({pid: 1234, startTicks, name});
		expect(await lastLine(screen)).toBe('▲ TERM not sent to 1234 name1: it has ended');
		screen.view.stop(() => {});
	});

	test('is not sent by what was typed before the question could be read, and asks on', async () => {
		const screen = await opened();
		screen.keys('K', 'enter');
		screen.view.key('y');
		expect(screen.asked).toEqual([]);
		expect(await text(screen)).toContain('y/N');
		screen.keys('y');
		expect(screen.asked).toEqual(['TERM 1234']);
		screen.view.stop(() => {});
	});

	test('is not sent while the terminal takes nothing, so that nobody has seen the question', async () => {
		const screen = await opened();
		screen.output.pendingBytes = 100;
		screen.keys('K', 'enter', 'y', 'y');
		expect(screen.asked).toEqual([]);
		screen.output.pendingBytes = 0;
		screen.view.drained();
		screen.view.key('y');
		expect(screen.asked).toEqual([]);
		screen.keys('y');
		expect(screen.asked).toEqual(['TERM 1234']);
		screen.view.stop(() => {});
	});

	test('is chosen by the keys that are configured', async () => {
		const screen = await opened({}, {down: ['w', 'down'], peel: ['x'], quit: ['Q']});
		screen.keys('K', 'w', 'j', 'q');
		expect(await text(screen)).toContain('Send a signal');
		screen.keys('enter', 'y');
		expect(screen.asked).toEqual(['KILL 1234']);
		screen.keys('K', 'x');
		expect(await text(screen)).not.toContain('Send a signal');
		screen.view.stop(() => {});
	});

	test('quits in the list, and nothing else of the program runs behind it', async () => {
		const screen = await opened();
		screen.keys('K', 'f', 'm', '?', 'e');
		expect(await text(screen)).toContain('Send a signal');
		screen.keys('q', 'ctrl+c', 'ctrl+z');
		expect(screen.asked).toEqual(['quit', 'quit', 'suspend']);
		screen.view.stop(() => {});
	});

	test.each([
		[20, 5],
		[40, 3],
		[19, 10],
	])('is not sent at %ix%i, where the question cannot be read', async (columns, rows) => {
		const screen = await opened();
		screen.keys('K', 'enter');
		Object.assign(screen.output, {columns, rows});
		screen.view.resize();
		await screen.clock.advance(30);
		screen.keys('y');
		expect(screen.asked).toEqual([]);
		screen.view.stop(() => {});
	});

	test('is refused where nothing may be acted upon, and the last line does not offer it', async () => {
		const screen = await opened({forbidden: safe`read-only`});
		expect(await lastLine(screen)).toContain('d details');
		expect(await lastLine(screen)).not.toContain('K signal');
		screen.keys('K');
		expect(await lastLine(screen)).toBe('▲ read-only');
		screen.keys('enter', 'y');
		expect(screen.asked).toEqual([]);
		screen.view.stop(() => {});
	});
});

test('a signal is not sent where acting was forbidden after the question', () => {
	const {pid, startTicks, name} = everydaySnapshot().processes[1] as Process;
	const target = {pid, startTicks, name, command: name, user: undefined, isOwn: false};
	const dialog = {kind: 'signal', offset: 0, target, chosen: 0, isAsked: true} as const;
	const acts: ProcessActs = {
		ownPid: 1,
		forbidden: safe`read-only`,
		ask: async () => undefined,
		send: () => {
			throw new Error('sent');
		},
	};
	const scene = aScene({view: {dialog}});
	const picture = {dialog: dialogPlace(dialog, 80, 24), canBeRead: () => true};
	expect(signalTyped(scene, 'y', picture, acts)).toMatchObject({
		dialog: undefined,
		notice: {level: 'warning', text: 'TERM not sent to 1234 name1: read-only'},
	});
});

describe('the bar', () => {
	/** Rows of the screen that are inverse. */
	const bars = async (screen: TestScreen) => {
		const looks = await Promise.all(Array.from({length: 24}, (_, y) => screen.look(3, y)));
		return looks.flatMap((look, y) => (look?.isInverse ? [y] : []));
	};

	test('is there once somebody moves, stays on its process, and goes with escape', async () => {
		const screen = await openScreen({columns: 80, rows: 24, snapshot: everydaySnapshot()});
		expect(await bars(screen)).toEqual([]);
		screen.keys('down', 'down');
		expect(await bars(screen)).toEqual([13]);
		expect((await screen.rows())[13]).toContain(' 1234 ');
		const {processes, ...rest} = later(everydaySnapshot(), 1);
		const calm = processes.map(row => (row.pid === 1234 ? {...row, cpuSmoothed: 3} : row));
		screen.store.publish({...rest, processes: calm}, 0);
		const [row = 0] = await bars(screen);
		expect(row).toBe(16);
		expect((await screen.rows())[row]).toContain(' 1234 ');
		screen.keys('escape');
		expect(await bars(screen)).toEqual([]);
		screen.view.stop(() => {});
	});

	test('follows its process to another order and through the tree, always in sight', async () => {
		const screen = await opened();

		for (const key of ['n', 'r', 't', 'p', 'T', 't', 'm']) {
			screen.keys(key);
			const [row = 0] = await bars(screen);
			expect((await screen.rows())[row]).toContain(' 1234 ');
		}

		screen.view.stop(() => {});
	});

	test('in the zoom enter goes deeper, e comes back, and the last line says so', async () => {
		const screen = await opened();
		expect(await lastLine(screen)).toMatch(/enter zoom .* d details/);
		screen.keys('enter');
		expect(await lastLine(screen)).toMatch(/e back .* enter details/);
		screen.keys('enter');
		expect(await text(screen)).toContain('╭ Process ');
		screen.keys('escape', 'e');
		expect(await text(screen)).toContain('1 CPU');
		screen.view.stop(() => {});
	});

	test('in another panel the keys leave it where it is, and it is not inverse', async () => {
		const screen = await opened();
		screen.keys('1', 'down', 'down');
		expect(await bars(screen)).toEqual([]);
		screen.keys('6');
		expect(await bars(screen)).toEqual([13]);
		screen.view.stop(() => {});
	});
});

test('in a tree with a filter what was looked for is bold, and what is above it is not', async () => {
	const {processes, ...rest} = everydaySnapshot();
	const family = processes.map(row => ({...row, parent: row.pid === 1234 ? 987 : 0}));
	const screen = await openScreen({columns: 80, rows: 24, snapshot: {...rest, processes: family}});
	screen.keys('t', '/', ...'php', 'enter');
	const shown = (await screen.rows()).slice(12, 15).map(row => row.slice(36, 62).trim());
	expect(shown).toEqual(['/usr/sbin/mariadbd --based', '└─ php-fpm: pool shop', '']);
	expect(await Promise.all([12, 13].map(async y => (await screen.look(40, y))?.isBold))).toEqual([false, true]);
	screen.view.stop(() => {});
});

test('details are only asked for while they are seen, and the process is looked at more closely', async () => {
	const asked: number[] = [];
	const screen = await openScreen({
		columns: 80,
		rows: 24,
		snapshot: aSnapshot(),
		acts: {
			ask: async ({pid}) => {
				asked.push(pid);
				return someFacts;
			},
		},
	});
	const [first] = aSnapshot().processes;
	screen.keys('down', 'd');
	await setImmediate();
	expect(await text(screen)).toContain('/system.slice/php8.4-fpm.service');
	expect(screen.store.visible.has(first?.pid ?? 0)).toBe(true);
	await screen.clock.advance(2000);
	screen.store.publish(later(aSnapshot(), 2), 0);
	expect(asked).toEqual([first?.pid, first?.pid]);
	await setImmediate();
	screen.keys('d');
	expect(screen.store.visible.has(first?.pid ?? 0)).toBe(false);
	await screen.clock.advance(2000);
	screen.store.publish(later(aSnapshot(), 4), 0);
	expect(asked).toHaveLength(2);
	screen.view.stop(() => {});
});
