import {expect, test} from 'vitest';
import {keyNamed} from '../../src/core/key-names.js';
import {bindings, bindingsWith, commandOf, firstKeyOf, keysLabel, nthOf} from '../../src/ui/keys-table.js';
import type {Command} from '../../src/ui/view-state.js';

/** Every command there is: the compiler refuses this table when one is missing or too many. */
const commands: Record<Command, true> = {
	'next-panel': true,
	'previous-panel': true,
	focus: true,
	up: true,
	down: true,
	'page-up': true,
	'page-down': true,
	first: true,
	last: true,
	zoom: true,
	'leave-zoom': true,
	peel: true,
	'sort-cpu': true,
	'sort-memory': true,
	'sort-pid': true,
	'sort-name': true,
	'sort-io': true,
	'sort-time': true,
	reverse: true,
	earlier: true,
	later: true,
	'much-earlier': true,
	'much-later': true,
	longer: true,
	shorter: true,
	live: true,
	moment: true,
	tree: true,
	'scroll-left': true,
	'scroll-right': true,
	details: true,
	signal: true,
	freeze: true,
	filter: true,
	'next-theme': true,
	help: true,
	repaint: true,
	suspend: true,
	quit: true,
};

test('no key is in the table twice', () => {
	const keys = bindings.flatMap(binding => binding.keys);
	expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('every key is a name that can be configured', () => {
	expect(bindings.flatMap(({keys}) => keys).filter(key => keyNamed(key) !== key)).toEqual([]);
});

test('every command has one row with keys and a sentence', () => {
	expect(bindings.map(({command}) => command).toSorted()).toEqual(Object.keys(commands).toSorted());
	expect(bindings.filter(({keys, help}) => keys.length === 0 || help === '')).toEqual([]);
});

test.each([
	['q', 'quit'],
	['ctrl+c', 'quit'],
	['7', 'focus'],
	['escape', 'peel'],
	['space', 'freeze'],
	['c', 'sort-cpu'],
	['C', 'next-theme'],
	['x', undefined],
	['', undefined],
	['constructor', undefined],
	['alt+q', undefined],
])('%j does %s', (key, command) => {
	expect(commandOf(key, bindings)).toBe(command);
});

test('keys are written as people read them', () => {
	const label = (command: Command) => bindings.filter(one => one.command === command).map(keysLabel)[0];
	expect(label('focus')).toBe('1-9');
	expect(label('peel')).toBe('esc');
	expect(label('quit')).toBe('q ctrl+c');
	expect(keysLabel({keys: []})).toBe('(none)');
	expect(keysLabel({keys: [...'abcdefghi']})).toBe('a b c d e f g h i');
	expect(firstKeyOf('peel', bindings)).toBe('esc');
});

test('configured keys are there instead of those of the table, but what a command always has', () => {
	const table = bindingsWith({quit: ['x'], zoom: ['f6', 'z'], freeze: []});
	expect(['x', 'ctrl+c', 'f6', 'z', 'm'].map(key => commandOf(key, table))).toEqual([
		'quit',
		'quit',
		'zoom',
		'zoom',
		'sort-memory',
	]);
	expect(['q', 'enter', 'e', 'f', 'space'].map(key => commandOf(key, table))).toEqual(Array(5).fill(undefined));
	expect(firstKeyOf('freeze', table)).toBe('');
	expect(bindingsWith({quit: ['ctrl+c', 'x']}).at(-1)?.keys).toEqual(['ctrl+c', 'x']);
	expect(bindingsWith({})).toEqual(bindings);
});

test('the panels have the digits of their keys, whatever those are', () => {
	const table = bindingsWith({focus: ['f1', 'f2', 'f3']});
	expect(['f1', 'f3', 'x', '1'].map(key => nthOf(key, table))).toEqual([1, 3, 0, 0]);
	expect(nthOf('6', bindings)).toBe(6);
});
