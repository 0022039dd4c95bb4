import {describe, expect, test} from 'vitest';
import {openScreen} from '../helpers/screen.js';
import {until} from '../helpers/until.js';
import {servedStore} from '../helpers/view-socket.js';

/** Keys that lead to every kind of picture there is. */
const views: Record<string, readonly string[]> = {
	'all panels': [],
	'the CPU zoomed': ['1', 'enter'],
	'the memory zoomed': ['2', 'enter'],
	'the disks zoomed': ['3', 'enter'],
	'the network zoomed': ['4', 'enter'],
	'the processes zoomed, by memory': ['6', 'enter', 'm'],
	'the processes as a tree, scrolled': ['6', 't', 'down', 'down'],
	'a span of an hour': ['+', '+', '+'],
	'a span of days': ['+', '+', '+', '+', '+', '+'],
	'a moment ago': ['left', 'left', 'left'],
	'some time ago': ['left', 'H', 'H', 'H', 'H', 'H', 'H'],
	'a minute that is over, by disk traffic': ['i', '+', '+', '+', 'left', 'left', 'left'],
	frozen: ['f'],
};

const sizes: readonly (readonly [number, number])[] = [
	[80, 24],
	[120, 36],
	[200, 50],
];

describe.each(sizes)('at %ix%i', (columns, rows) => {
	test.each(Object.entries(views))('an attached screen is that of the engine, cell for cell: %s', async (_, keys) => {
		const engine = await servedStore(columns);
		engine.tick(300);
		const {attached, catchUp} = await engine.attach();
		const inside = await openScreen({columns, rows, over: engine.store});
		const outside = await openScreen({columns, rows, over: attached});
		engine.tick(100);
		await catchUp();
		// What comes last of the past is what nobody looks at first.
		await until('all of the past is there', () => attached.history.points('cpu.used', 'minute', 100).at.length > 5);

		for (const screen of [inside, outside]) {
			screen.keys(...keys);
		}

		engine.tick(5);
		await catchUp();
		const [here, there] = [await inside.rows(), await outside.rows()];
		expect(here.join('').trim()).not.toBe('');
		expect(there.slice(0, -1)).toEqual(here.slice(0, -1));
		// Leaving ends nothing, and the last line says so.
		expect([here.at(-1), there.at(-1)]).toEqual([expect.stringMatching(/q quit/), expect.stringMatching(/q leave/)]);
		const end = columns * (rows - 1);
		expect((await outside.looks()).slice(0, end)).toEqual((await inside.looks()).slice(0, end));

		for (const {view} of [inside, outside]) {
			view.stop(() => {});
		}
	});
});
