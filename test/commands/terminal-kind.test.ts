import {describe, expect, test} from 'vitest';
import {depthOf, type Environment, isAsciiLocale} from '../../src/commands/terminal-kind.js';
import type {Depth} from '../../src/ui/screen/styles.js';

const depths: Record<string, [env: Environment, isColorWanted: boolean, depth: Depth]> = {
	'nothing is said': [{}, true, '16'],
	'a terminal of 16 colours': [{TERM: 'xterm'}, true, '16'],
	'the Linux console': [{TERM: 'linux'}, true, '16'],
	screen: [{TERM: 'screen'}, true, '16'],
	'256 colours': [{TERM: 'xterm-256color'}, true, '256'],
	tmux: [{TERM: 'tmux-256color'}, true, '256'],
	'all colours': [{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, true, 'true'],
	'all colours in other words': [{TERM: 'xterm', COLORTERM: '24bit'}, true, 'true'],
	'all colours by its name': [{TERM: 'xterm-direct'}, true, 'true'],
	'something else in COLORTERM': [{TERM: 'rxvt', COLORTERM: 'rxvt'}, true, '16'],
	'no colours, by option': [{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, false, 'none'],
	'no colours, by NO_COLOR': [{TERM: 'xterm-256color', NO_COLOR: '1'}, true, 'none'],
	'an empty NO_COLOR says nothing': [{TERM: 'xterm-256color', NO_COLOR: ''}, true, '256'],
	'CI changes nothing': [{TERM: 'xterm-256color', CI: 'true'}, true, '256'],
};

describe('colours of a terminal:', () => {
	test.each(Object.entries(depths))('%s', (_, [env, isColorWanted, depth]) => {
		expect(depthOf(env, isColorWanted)).toBe(depth);
	});
});

const locales: Record<string, [env: Environment, isAscii: boolean]> = {
	'nothing is said': [{}, true],
	C: [{LANG: 'C'}, true],
	POSIX: [{LANG: 'POSIX'}, true],
	'C.UTF-8': [{LANG: 'C.UTF-8'}, false],
	'en_US.UTF-8': [{LANG: 'en_US.UTF-8'}, false],
	'written as some write it': [{LANG: 'de_DE.utf8'}, false],
	latin1: [{LANG: 'de_DE.ISO-8859-1'}, true],
	'LC_CTYPE over LANG': [{LANG: 'C', LC_CTYPE: 'C.UTF-8'}, false],
	'LC_ALL over all': [{LANG: 'C.UTF-8', LC_CTYPE: 'C.UTF-8', LC_ALL: 'C'}, true],
	'an empty one says nothing': [{LANG: 'C.UTF-8', LC_CTYPE: '', LC_ALL: ''}, false],
	'LC_MESSAGES is about something else': [{LC_MESSAGES: 'C.UTF-8'}, true],
};

describe('a locale without UTF-8:', () => {
	test.each(Object.entries(locales))('%s', (_, [env, isAscii]) => {
		expect(isAsciiLocale(env)).toBe(isAscii);
	});
});
