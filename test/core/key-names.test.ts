import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {keyNamed, keyNames} from '../../src/core/key-names.js';

/** What somebody wrote, and the key; the same where nothing else stands there. */
const rows: readonly (readonly [written: string, key?: string | undefined])[] = [
	['q'],
	['Q'],
	['+'],
	['é'],
	['日'],
	['['],
	['ctrl+x'],
	['ctrl+]'],
	['alt+x'],
	['alt+X'],
	['alt++'],
	['alt+ctrl+c'],
	['ctrl+alt+c', 'alt+ctrl+c'],
	['tab'],
	['shift+tab'],
	['space'],
	['ctrl+space'],
	['f1'],
	['f12'],
	['shift+f5'],
	['ctrl+shift+up', 'shift+ctrl+up'],
	['escape'],
	['esc', 'escape'],
	['', undefined],
	[' ', undefined],
	['\n', undefined],
	['\u202e', undefined],
	['\u0301', undefined],
	['qq', undefined],
	['f0', undefined],
	['f13', undefined],
	['F1', undefined],
	['pageup', undefined],
	['constructor', undefined],
	['ctrl+', undefined],
	['+q', undefined],
	['meta+x', undefined],
	['ctrl+X', undefined],
	['ctrl+1', undefined],
	['ctrl+i', undefined],
	['ctrl+m', undefined],
	['ctrl+enter', undefined],
	['ctrl+tab', undefined],
	['shift+a', undefined],
	['shift+space', undefined],
	['alt+escape', undefined],
	['alt+[', undefined],
	['alt+O', undefined],
	['shift+ctrl+x', undefined],
];

describe('a key', () => {
	test.each(rows.map(([written, ...key]) => [written, key.length > 0 ? key[0] : written] as const))(
		'%j is %s',
		(written, key) => {
			expect(keyNamed(written)).toBe(key);
		},
	);
});

test('every name that is proposed is one', () => {
	expect(keyNames.length).toBeGreaterThan(40);
	expect(keyNames.filter(name => keyNamed(name) !== name)).toEqual([]);
});

test('a name stays what it is, whatever was written', () => {
	const modifier = fc.constantFrom('shift+', 'alt+', 'ctrl+');
	const name = fc.oneof(fc.constantFrom(...keyNames), fc.string({unit: 'grapheme', maxLength: 2}));
	fc.assert(
		fc.property(fc.array(modifier, {maxLength: 4}), name, (held, name) => {
			const key = keyNamed(`${held.join('')}${name}`);
			expect(key === undefined ? undefined : keyNamed(key)).toBe(key);
		}),
	);
});
