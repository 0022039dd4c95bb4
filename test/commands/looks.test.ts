import {describe, expect, test} from 'vitest';
import {looksOf} from '../../src/commands/looks.js';
import {type Config, defaults} from '../../src/config/config.js';
import {bindings, bindingsWith} from '../../src/ui/keys-table.js';
import {ascii, unicode} from '../../src/ui/theme.js';

type Row = [
	options: Parameters<typeof looksOf>[0],
	screen: Partial<Config['screen']>,
	looks: Partial<ReturnType<typeof looksOf>>,
	env?: Parameters<typeof looksOf>[2],
];

const rows: Record<string, Row> = {
	'nothing is said': [{}, {}, {}],
	'a theme in the configuration': [{}, {theme: 'light'}, {theme: 'light'}],
	'a theme by option': [{theme: 'terminal'}, {theme: 'light'}, {theme: 'terminal'}],
	'a locale without UTF-8': [{}, {}, {symbols: ascii, isAscii: true}, {LANG: 'C'}],
	'ASCII in the configuration': [{}, {ascii: true}, {symbols: ascii, isAscii: true}],
	'ASCII by option, whatever the configuration says': [{ascii: true}, {ascii: false}, {symbols: ascii, isAscii: true}],
	'all characters in the configuration, whatever the locale says': [{}, {ascii: false}, {}, {LANG: 'C'}],
	'a wide terminal: other borders and graphs, but text as it is': [{}, {ambiguousWidth: 'wide'}, {symbols: ascii}],
	'no mouse': [{}, {mouse: false}, {hasMouse: false}],
	'no bell and no title': [{}, {bell: false, title: false}, {hasBell: false, hasTitle: false}],
	'other keys': [{}, {keys: {help: ['f1']}}, {bindings: bindingsWith({help: ['f1']})}],
	'a wide terminal in ASCII': [{ascii: true}, {ambiguousWidth: 'wide'}, {symbols: ascii, isAscii: true}],
};

describe('how the screen looks:', () => {
	test.each(Object.entries(rows))('%s', (_, [options, screen, looks, env = {LANG: 'C.UTF-8'}]) => {
		expect(looksOf(options, {...defaults.screen, ...screen}, env)).toEqual({
			theme: 'dark',
			symbols: unicode,
			isAscii: false,
			hasMouse: true,
			hasBell: true,
			hasTitle: true,
			bindings,
			...looks,
		});
	});
});
