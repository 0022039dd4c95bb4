import {expect, test} from 'vitest';
import {bindings, commandOf, keysLabel} from '../../src/ui/keys-table.js';
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
	expect(commandOf(key)).toBe(command);
});

test('keys are written as people read them', () => {
	const label = (command: Command) => bindings.filter(one => one.command === command).map(keysLabel)[0];
	expect(label('focus')).toBe('1-9');
	expect(label('peel')).toBe('esc');
	expect(label('quit')).toBe('q ctrl+c');
});
