import {expect, test} from 'vitest';
import {editFilter, type FilterField, noFilter, typeFilter} from '../../src/ui/filter-field.js';
import {isTyped} from '../../src/ui/text-field.js';

/** The field after keys; the last one when the filter is not understood is marked with `!`. */
function typed(start: FilterField, ...keys: readonly string[]): FilterField {
	return keys.reduce((field, key) => typeFilter(field, key.replace(/^!/, ''), !key.startsWith('!')), start);
}

test.each([
	['letters and a space', ['c', 'p', 'u', 'space', '5'], 'cpu 5', ''],
	['what is no character writes nothing', ['a', 'up', 'f5', 'shift+tab', 'b'], 'ab', ''],
	['backspace takes one character, however wide', ['日', '🦀', 'backspace'], '日', ''],
	['backspace on nothing', ['backspace'], '', ''],
	['ctrl+w takes a word', ['a', 'space', 'b', 'b', 'ctrl+w'], 'a ', ''],
	['ctrl+u takes all', ['a', 'b', 'ctrl+u'], '', ''],
	['enter keeps, without spaces at its ends', ['space', 'a', 'space', 'enter'], 'a', undefined],
	['enter does not keep what is not understood', ['a', '!enter'], 'a', ''],
	['escape leaves what was there before', ['a', 'b', 'escape'], '', undefined],
] as const)('%s', (_, keys, text, before) => {
	expect(typed(editFilter(noFilter), ...keys)).toEqual({text, before});
});

test('one that is there is gone on with, and escape brings it back', () => {
	const kept = {text: 'nginx', before: undefined};
	expect(editFilter(kept)).toEqual({text: 'nginx', before: 'nginx'});
	expect(typed(editFilter(kept), 'x', 'escape')).toEqual(kept);
	expect(typed(editFilter(kept), 'ctrl+u', 'enter')).toEqual({text: '', before: undefined});
});

test('it never grows over 200 characters', () => {
	expect(typed(editFilter(noFilter), ...Array.from({length: 300}, () => 'x')).text).toHaveLength(200);
});

test('keys that mean something in it, and those that are free for what is about the whole screen', () => {
	expect(['a', 'space', '日', 'enter', 'escape', 'backspace', 'ctrl+u', 'ctrl+w'].filter(key => !isTyped(key))).toEqual(
		[],
	);
	expect(['ctrl+c', 'ctrl+q', 'f10', 'up', 'alt+x', 'tab'].filter(isTyped)).toEqual([]);
});
