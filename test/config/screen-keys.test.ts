import {describe, expect, test} from 'vitest';
import {parse, refusal} from './given.js';

const env = {KEY: 'ctrl+q', SECRET: 'hunter2'};
const withKeys = (keys: string) => `{"screen": {"keys": ${keys}}}`;

/** `zoom` is enter and e, `freeze` f and space, `peel` escape, `quit` q and ctrl+c. */
const good: Record<string, [keys: string, is: Record<string, readonly string[]>]> = {
	nothing: ['{}', {}],
	'one key': ['{"quit": "ctrl+q"}', {quit: ['ctrl+q']}],
	'a list of keys': ['{"zoom": ["z", "f6"]}', {zoom: ['z', 'f6']}],
	'no key': ['{"zoom": []}', {zoom: []}],
	'names in other words': ['{"peel": ["esc", "ctrl+alt+x"]}', {peel: ['escape', 'alt+ctrl+x']}],
	'its own key again': ['{"zoom": ["e", "z"]}', {zoom: ['e', 'z']}],
	'the key that it has anyway': ['{"quit": ["ctrl+c", "x"]}', {quit: ['ctrl+c', 'x']}],
	'a key that another has no more': ['{"zoom": "f", "freeze": "z"}', {zoom: ['f'], freeze: ['z']}],
	'keys changed with each other': ['{"zoom": "f", "freeze": "enter"}', {zoom: ['f'], freeze: ['enter']}],
	'a reference': [`{"quit": ["\${KEY}"]}`, {quit: ['ctrl+q']}],
	'nine of them': ['{"zoom": ["1", "2", "3", "4", "5", "6", "7", "8", "9"]}', {zoom: [...'123456789']}],
};

const noKey = 'must be a key such as "q", "ctrl+x", "alt+x", "f5" or "pgup"';
const sameByte = 'is no key of its own: ctrl+h is backspace to a terminal, ctrl+i is tab, ctrl+j and ctrl+m are enter';
const clash = (command: string) => `is already a key of '${command}'; change one of them`;

const bad: Record<string, [keys: string, ...problems: string[]]> = {
	'a list': ['[]', 'line 1, screen.keys: must be an object, got []'],
	'an unknown command': [
		'{"leave": "x"}',
		"line 1, screen.keys: unknown key 'leave'; known here: zoom, freeze, peel, quit",
	],
	'a command misspelt': ['{"qiut": "x"}', "line 1, screen.keys: unknown key 'qiut'; did you mean 'quit'?"],
	'the prototype': [
		'{"__proto__": "x"}',
		"line 1, screen.keys: unknown key '__proto__'; known here: zoom, freeze, peel, quit",
	],
	'a number': ['{"zoom": 7}', 'line 1, screen.keys.zoom: must be a key or a list of keys, got 7'],
	'a number in a list': ['{"zoom": [7]}', 'line 1, screen.keys.zoom[0]: must be a string, got 7'],
	'no such key': ['{"zoom": "superkey"}', `line 1, screen.keys.zoom: ${noKey}, got "superkey"`],
	'no key at all': ['{"zoom": ""}', `line 1, screen.keys.zoom: ${noKey}, got ""`],
	'a key misspelt': ['{"zoom": "pagup"}', `line 1, screen.keys.zoom: ${noKey}, got "pagup"; did you mean "pgup"?`],
	'a key in capitals': ['{"zoom": "F6"}', `line 1, screen.keys.zoom: ${noKey}, got "F6"; did you mean "f6"?`],
	'a key misspelt in a list': [
		'{"zoom": [\n"z",\n"escpe"]}',
		`line 3, screen.keys.zoom[1]: ${noKey}, got "escpe"; did you mean "escape"?`,
	],
	"another key's byte": ['{"zoom": "ctrl+i"}', `line 1, screen.keys.zoom: ${sameByte}, got "ctrl+i"`],
	"a default of another command's": ['{"zoom": "q"}', `line 1, screen.keys.zoom: ${clash('quit')}, got "q"`],
	'one of a list that is': ['{\n"zoom": ["z",\n"f"]}', `line 3, screen.keys.zoom[1]: ${clash('freeze')}, got "f"`],
	'a key in other words that is': ['{"zoom": "esc"}', `line 1, screen.keys.zoom: ${clash('peel')}, got "esc"`],
	'one key for two commands': [
		'{"freeze": "x",\n"zoom": "x"}',
		`line 1, screen.keys.freeze: ${clash('zoom')}, got "x"`,
	],
	'a key that quit keeps': [
		'{"quit": "x", "zoom": "ctrl+c"}',
		`line 1, screen.keys.zoom: ${clash('quit')}, got "ctrl+c"`,
	],
	'a key twice': ['{"zoom": ["z", "z"]}', 'line 1, screen.keys.zoom[1]: must be named only once, got "z"'],
	'a key twice, in other words': [
		'{"peel": ["esc", "escape"]}',
		'line 1, screen.keys.peel[1]: must be named only once, got "escape"',
	],
	'no way out': ['{"quit": []}', 'line 1, screen.keys.quit: must have a key, got []'],
	'no way back': ['{"peel": []}', 'line 1, screen.keys.peel: must have a key, got []'],
	'ten of them': [
		'{"zoom": ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]}',
		'line 1, screen.keys.zoom: must have at most 9 keys, got ["1","2","3","4","5","6","7","8","9","0"]',
	],
	'all that is wrong': [
		'{"zoom": ["q",\n"supper"],\n"freeze": "esc"}',
		`line 1, screen.keys.zoom[0]: ${clash('quit')}, got "q"`,
		`line 2, screen.keys.zoom[1]: ${noKey}, got "supper"`,
		`line 3, screen.keys.freeze: ${clash('peel')}, got "esc"`,
	],
	'a secret': [`{"zoom": "\${SECRET}"}`, `line 1, screen.keys.zoom: ${noKey}, got the value of "\${SECRET}"`],
};

describe('keys of commands:', () => {
	test.each(Object.entries(good))('%s', async (_, [keys, is]) => {
		expect((await parse(withKeys(keys), {env})).config.screen.keys).toEqual(is);
	});

	test.each(Object.entries(bad))('%s: refused', async (_, [keys, ...problems]) => {
		const message = await refusal(() => parse(withKeys(keys), {env}));
		expect(message.split('\n').slice(1)).toEqual(problems.map(problem => `  ${problem}`));
	});
});
