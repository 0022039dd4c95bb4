import {describe, expect, test} from 'vitest';
import {bindingsWith} from '../../src/ui/keys-table.js';
import {openScreen, type TestScreen} from '../helpers/screen.js';

const [columns, rows] = [80, 24];
const text = async (screen: TestScreen) => (await screen.rows()).join('\n');

describe('configured keys', () => {
	const keys = {help: ['f1'], quit: ['ctrl+q', 'x'], freeze: [], zoom: ['z'], focus: ['f2', 'f3'], peel: ['ctrl+g']};

	test('do what those of the table did, which do nothing any more', async () => {
		const screen = await openScreen({columns, rows, keys});
		screen.keys('f', 'e', 'q', '?', '1');
		expect(await text(screen)).toMatch(/6 Processes .* 1-10 of 42/);
		screen.keys('f2', 'z');
		expect(await text(screen)).not.toContain('6 Processes');
		screen.keys('f3', 'ctrl+g');
		expect(await text(screen)).toContain('6 Processes');
		screen.keys('ctrl+q', 'x', 'ctrl+c');
		expect(screen.asked).toEqual(['quit', 'quit', 'quit']);
		screen.view.stop(() => {});
	});

	test('stand in the last line, where none is for a command without a key', async () => {
		const screen = await openScreen({columns: 160, rows, keys});
		const line = (await screen.rows()).at(-1);
		expect(line).toMatch(/^ tab next {2}z zoom {2}.* {2}f1 help {2}ctrl\+q quit +me/);
		expect(line).not.toContain('freeze');
		screen.keys('f1');
		expect((await screen.rows()).at(-1)).toMatch(/^ ctrl\+g close {2}ctrl\+q quit +me/);
		screen.view.stop(() => {});
	});

	test('stand in the help', async () => {
		const screen = await openScreen({columns, rows, keys});
		screen.keys('f1');
		const shown = await text(screen);
		expect(shown).toMatch(/ f1 +this help/);
		expect(shown).toMatch(/ ctrl\+q x ctrl\+c quit/);
		expect(shown).toMatch(/ \(none\) +freeze the picture/);
		expect(shown).toMatch(/ f2 f3 +panel by its digit/);
		screen.view.stop(() => {});
	});

	test('that are many leave room for what they do', async () => {
		const many = ['alt+ctrl+a', 'alt+ctrl+b', 'shift+alt+ctrl+up', 'shift+alt+ctrl+down'];
		const screen = await openScreen({columns, rows, keys: {reverse: many}});
		screen.keys('?');
		expect(await text(screen)).toMatch(/ alt\+ctrl\+a alt\+c… reverse the order/);
		screen.view.stop(() => {});
	});

	test('may come while it runs, even while help is open', async () => {
		const screen = await openScreen({columns, rows});
		screen.keys('?');
		expect(await text(screen)).toMatch(/ \? +this help/);
		screen.view.setBindings(bindingsWith({help: ['f1']}));
		expect(await text(screen)).toMatch(/ f1 +this help/);
		screen.keys('?');
		expect(await text(screen)).toContain('this help');
		screen.keys('f1');
		expect(await text(screen)).not.toContain('this help');
		screen.view.stop(() => {});
	});

	test('are text while a filter is typed, but for those about the whole screen that are none', async () => {
		const screen = await openScreen({columns, rows, keys});
		screen.keys('/', 'x', 'z', 'f2', 'ctrl+g');
		expect((await screen.rows()).at(-1)).toMatch(/^ filter xz /);
		expect(screen.asked).toEqual([]);
		screen.keys('ctrl+q');
		expect(screen.asked).toEqual(['quit']);
		screen.view.stop(() => {});
	});
});

describe('the mouse', () => {
	test('focuses, scrolls and sorts in one picture each', async () => {
		const screen = await openScreen({columns, rows});
		screen.output.take();
		screen.view.mouse({kind: 'wheel-down', x: 20, y: 15});
		expect(screen.output.take()).toHaveLength(1);
		screen.view.mouse({kind: 'press', x: 33, y: 11});
		expect(screen.output.take()).toHaveLength(1);
		screen.view.repaint();
		expect(await text(screen)).toMatch(/by memory · 1-10 of 42/);
		screen.view.mouse({kind: 'press', x: 5, y: 3});
		screen.view.mouse({kind: 'press', x: 5, y: 1});
		expect(await text(screen)).not.toContain('6 Processes');
		screen.view.stop(() => {});
	});

	test('on hints does what their keys do', async () => {
		const screen = await openScreen({columns: 160, rows});
		const click = async (hint: string) => {
			screen.view.repaint();
			const x = (await screen.rows())[rows - 1]?.indexOf(hint) ?? -1;
			screen.view.mouse({kind: 'press', x, y: rows - 1});
			screen.view.mouse({kind: 'release', x, y: rows - 1});
			screen.view.repaint();
			return text(screen);
		};
		expect(await click('? help')).toContain('this help');
		expect(await click('esc close')).not.toContain('this help');
		expect(await click('f freeze')).toContain(' frozen ');
		expect(await click('f thaw')).not.toContain(' frozen ');
		await click('q quit');
		expect(screen.asked).toEqual(['quit']);
		screen.view.stop(() => {});
	});

	test('that closes a dialog where quit stands below does not quit', async () => {
		const screen = await openScreen({columns, rows});
		const x = (await screen.rows())[rows - 1]?.indexOf('q quit') ?? -1;
		screen.keys('?');
		screen.view.mouse({kind: 'press', x, y: rows - 1});
		screen.view.mouse({kind: 'release', x, y: rows - 1});
		expect((await screen.rows())[rows - 1]).toContain('q quit   ');
		expect(await text(screen)).not.toContain('this help');
		expect(screen.asked).toEqual([]);
		screen.view.stop(() => {});
	});

	test('ends the typing of a filter with a click, where that is understood', async () => {
		const screen = await openScreen({columns, rows});
		screen.keys('/', 'n', 'g');
		screen.view.mouse({kind: 'wheel-down', x: 20, y: 15});
		expect((await screen.rows()).at(-1)).toMatch(/^ filter ng /);
		screen.view.mouse({kind: 'press', x: 5, y: 3});
		expect((await screen.rows()).at(-1)).toMatch(/ q quit /);
		expect(await text(screen)).toContain('/ ng');
		screen.keys('/', '>');
		screen.view.mouse({kind: 'press', x: 5, y: 3});
		expect((await screen.rows()).at(-1)).toMatch(/^ filter ng> /);
		screen.view.stop(() => {});
	});

	test('that changes nothing draws nothing', async () => {
		const screen = await openScreen({columns, rows});
		screen.output.take();
		screen.view.mouse({kind: 'press', x: 20, y: 0});
		screen.view.mouse({kind: 'release', x: 20, y: 0});
		screen.view.mouse({kind: 'wheel-up', x: 20, y: 15});
		screen.view.mouse({kind: 'wheel-down', x: 5, y: 3});
		screen.view.mouse({kind: 'press', x: 99_998, y: 99_998});
		expect(screen.output.take()).toEqual([]);
		screen.view.stop(() => {});
	});
});
