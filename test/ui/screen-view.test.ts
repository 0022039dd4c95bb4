import {describe, expect, test} from 'vitest';
import {safeText} from '../../src/core/safe.js';
import {panels} from '../../src/ui/panels/index.js';
import type {Panel} from '../../src/ui/panels/panel.js';
import {palettes} from '../../src/ui/theme.js';
import {aSnapshot} from '../helpers/scene.js';
import {openScreen, type TestScreen} from '../helpers/screen.js';

const [columns, rows] = [80, 24];
const later = (seconds: number, host = 'web-01') =>
	aSnapshot({at: aSnapshot().at + seconds * 1000, host: safeText(host), sequence: 200 + seconds});
const text = async (screen: TestScreen) => (await screen.rows()).join('\n');

test('a new snapshot is a new picture, of only what changed', async () => {
	const screen = await openScreen({columns, rows});
	expect(await text(screen)).toContain('03:14:51');
	screen.store.publish(later(1), 0);
	const [frame = ''] = screen.output.take();
	expect(frame.startsWith('\x1b[?2026h')).toBe(true);
	expect(frame.length).toBeLessThan(1500);
	screen.view.stop(() => {});
});

test('frozen, the picture stays, whatever the engine does, and thawed it is the newest', async () => {
	const screen = await openScreen({columns, rows});
	await screen.rows();
	screen.keys('f');
	const frozen = await text(screen);
	expect(frozen).toContain(' frozen 03:14:51 ');

	for (let second = 1; second <= 50; second++) {
		screen.store.publish(later(second, `host-${second}`), 0);
	}

	expect(screen.output.take()).toEqual([]);
	screen.keys('m', 'c');
	expect(await text(screen)).toBe(frozen);
	screen.keys('f');
	expect(await text(screen)).toMatch(/^ host-50 .* 03:15:41 /);
	screen.view.stop(() => {});
});

test('a key that means nothing draws nothing', async () => {
	const screen = await openScreen({columns, rows});
	screen.output.take();
	screen.keys('x', 'alt+q', 'f5', 'é', '9', 'backspace', 'escape');
	expect(screen.output.take()).toEqual([]);
	expect(screen.asked).toEqual([]);
	screen.view.stop(() => {});
});

test('quit and suspend are asked of whoever owns the program', async () => {
	const screen = await openScreen({columns, rows});
	screen.keys('q', 'ctrl+c', 'ctrl+z');
	expect(screen.asked).toEqual(['quit', 'quit', 'suspend']);
	screen.view.stop(() => {});
});

test('a storm of resizes is one whole frame, 30 ms after the first, of the size there is then', async () => {
	const screen = await openScreen({columns, rows});
	screen.output.take();

	for (const wide of [90, 100, 110, 120]) {
		screen.output.columns = wide;
		screen.view.resize();
		await screen.clock.advance(5);
	}

	expect(screen.output.take()).toEqual([]);
	await screen.clock.advance(10);
	const frame = await screen.rows();
	expect(frame[0]).toHaveLength(120);
	expect(frame[0]?.trimEnd()).toMatch(/03:14:51$/);
	expect(frame[1]).toMatch(/╮$/);
	screen.view.stop(() => {});
	expect(screen.clock.due).toEqual([]);
});

test('a screen too small says so, and comes back when it grows', async () => {
	const screen = await openScreen({columns, rows});
	await screen.rows();
	const size = async (wide: number, high: number) => {
		Object.assign(screen.output, {columns: wide, rows: high});
		screen.view.resize();
		await screen.clock.advance(30);
		return screen.rows();
	};
	expect(await size(12, 3)).toEqual(['too small   ', '            ', '            ']);
	expect((await size(90, 24)).at(-1)).toContain('q quit');
	screen.view.stop(() => {});
});

test('others write on the terminal: ctrl+l draws the whole screen, and so does every minute', async () => {
	const screen = await openScreen({columns, rows});
	const whole = screen.output.take().at(-1) ?? '';
	screen.keys('ctrl+l');
	expect(screen.output.take()).toEqual([whole]);

	await screen.clock.advance(59_000);
	screen.store.publish(later(0), 0);
	expect((screen.output.take()[0] ?? '').length).toBeLessThan(whole.length / 2);
	await screen.clock.advance(1000);
	screen.store.publish(later(0), 0);
	expect((screen.output.take()[0] ?? '').length).toBeGreaterThan(whole.length / 2);
	screen.view.stop(() => {});
});

test('while the terminal does not take bytes none are added; when it does, the newest frame comes', async () => {
	const screen = await openScreen({columns, rows});
	await screen.rows();
	screen.output.pendingBytes = 4000;
	screen.store.publish(later(1), 0);
	screen.store.publish(later(2), 0);
	screen.keys('m');
	expect(screen.output.take()).toEqual([]);
	screen.output.pendingBytes = 0;
	screen.view.drained();
	expect(await text(screen)).toMatch(/03:14:53[\s\S]*by memory/);
	screen.view.drained();
	expect(screen.output.take()).toEqual([]);
	screen.view.stop(() => {});
});

test('after the stop nothing is drawn, and it was left once', async () => {
	const screen = await openScreen({columns, rows});
	screen.output.take();
	let isDone = false;
	screen.view.stop(() => {
		isDone = true;
	});
	expect(isDone).toBe(true);
	expect(screen.output.take().join('')).toContain('\x1b[?1049l');
	screen.store.publish(later(1), 0);
	screen.view.drained();
	expect(screen.output.take()).toEqual([]);
});

describe('pids whose disk traffic is on the screen', () => {
	const all = aSnapshot().processes.map(({pid}) => pid);
	const rowsOf: Record<string, [columns: number, rows: number, keys: string[], pids: readonly number[]]> = {
		'none where there is no column for it': [120, 36, [], []],
		'those of the rows': [200, 24, [], all.slice(0, 9)],
		'of the rows that are scrolled to': [200, 24, ['pgdn'], all.slice(1, 10)],
		'none when the processes are not shown': [200, 24, ['1', 'e'], []],
		'all when they are sorted by it': [80, 24, ['i'], all],
	};

	test.each(Object.entries(rowsOf))('%s', async (_, [wide, high, keys, pids]) => {
		const screen = await openScreen({columns: wide, rows: high});
		screen.keys(...keys);
		expect(screen.store.snapshot?.processes.map(({pid}) => pid).filter(pid => screen.store.visible.has(pid))).toEqual(
			pids.toSorted((a, b) => all.indexOf(a) - all.indexOf(b)),
		);
		screen.view.stop(() => {});
	});
});

test('the panel that has the keys has a bright border and a bold title, the others have not', async () => {
	const screen = await openScreen({columns, rows});
	const {focus} = palettes.dark;
	/** Of the titles of CPU and Memory at 80x24, and of their borders. */
	const seen = async () =>
		(await Promise.all([1, 41].map(x => screen.look(x, 1))))
			.map(title => title?.isBold)
			.concat((await screen.look(0, 2))?.rgb === focus.rgb, (await screen.look(79, 2))?.rgb === focus.rgb);
	expect(await seen()).toEqual([false, false, false, false]);
	screen.keys('1');
	expect(await seen()).toEqual([true, false, true, false]);
	screen.keys('tab');
	expect(await seen()).toEqual([false, true, false, true]);
	screen.view.stop(() => {});
});

test('escape closes the help before the zoom', async () => {
	const screen = await openScreen({columns, rows});
	screen.keys('1', 'e', '?');
	expect(await text(screen)).toContain('Keys');
	screen.keys('escape');
	const zoomed = await text(screen);
	expect(zoomed).not.toContain('Keys');
	expect(zoomed).not.toContain('2 Memory');
	screen.keys('escape');
	expect(await text(screen)).toContain('2 Memory');
	screen.view.stop(() => {});
});

test('one panel that fails does not end the screen', async () => {
	const failing: readonly Panel[] = panels.map(panel =>
		panel.name === 'disk'
			? {
					...panel,
					paint() {
						throw new TypeError('x is undefined');
					},
				}
			: panel,
	);
	const screen = await openScreen({columns, rows, panels: failing});
	const frame = await text(screen);
	expect(frame).toContain('this panel failed: x is undefined');
	expect(frame).toContain('4 Network');
	expect(screen.asked).toContain('error: TypeError: x is undefined');
	screen.view.stop(() => {});
});
