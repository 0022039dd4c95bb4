import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parsePerfdata, parsePluginOutput} from '../../src/checks/plugin-output.js';
import {redactor} from '../../src/core/redact.js';
import {asItIs} from '../helpers/ask.js';

const perfdata: Record<string, [text: string, found: [label: string, value: number, unit: string][]]> = {
	'one number': ['procs=110;;;0;', [['procs', 110, '']]],
	'several, with levels, minimum and maximum': [
		'load1=0.420;5.000;10.000;0; time=0.003s;;;0.000;10.000 idle=98%;~:10;@5:6;0;100',
		[
			['load1', 0.42, ''],
			['time', 0.003, 's'],
			['idle', 98, '%'],
		],
	],
	'as they stand: times, counters, and what the guidelines do not name': [
		'a=5ms b=7us c=12c d=21°C e=3rpm',
		[
			['a', 5, 'ms'],
			['b', 7, 'us'],
			['c', 12, 'c'],
			['d', 21, '°C'],
			['e', 3, 'rpm'],
		],
	],
	'sizes, in bytes': [
		'a=1B b=2KB c=3MB d=1.5GB e=1TB f=2MiB g=1kB',
		[
			['a', 1, 'B'],
			['b', 2048, 'B'],
			['c', 3 * 1024 ** 2, 'B'],
			['d', 1.5 * 1024 ** 3, 'B'],
			['e', 1024 ** 4, 'B'],
			['f', 2 * 1024 ** 2, 'B'],
			['g', 1024, 'B'],
		],
	],
	'labels in quotes': [
		"'C:\\ used'=3MB 'a=b'=1 'it''s'=2 'x;y'=3;'z'",
		[
			['C:\\ used', 3 * 1024 ** 2, 'B'],
			['a=b', 1, ''],
			["it's", 2, ''],
			['x;y', 3, ''],
		],
	],
	'labels that are paths': [
		'/=5% /var/lib=6%',
		[
			['/', 5, '%'],
			['/var/lib', 6, '%'],
		],
	],
	'negative, with a sign, with an exponent, without a digit before the point': [
		'a=-3 b=+4 c=1e3s d=.5 e=2.',
		[
			['a', -3, ''],
			['b', 4, ''],
			['c', 1000, 's'],
			['d', 0.5, ''],
			['e', 2, ''],
		],
	],
	'not what could not be had (U), and not what is none': [
		"a=U;;; b= =5 '=6 c d=x e=1,5 f=1.2.3 ''=7 'open=8 i=Infinity j=NaN h=9",
		[['h', 9, '']],
	],
	'a unit that is none, without it': [
		'a=1\x1b[Hx b=2\x1b]c c=3€ d=4\x9b e=5KB/s f=6constructor g=7__proto__ h=8µs',
		[
			['a', 1, ''],
			['b', 2, ''],
			['c', 3, ''],
			['d', 4, ''],
			['e', 5, 'KB/s'],
			['f', 6, 'constructor'],
			['g', 7, ''],
			['h', 8, 'µs'],
		],
	],
	'not what is more than a number and a unit': ['a=3/4 b=12:30 c=5,3s d=1-2 e=5\x1b[31m f=1averyveryverylongunit', []],
	'not what is beyond all numbers': ['a=1e308PB b=1e999 c=1', [['c', 1, '']]],
	'labels that can be shown': [
		"'a\x1b[31m'=1 b\u202e=2",
		[
			['a\\x1b[31m', 1, ''],
			['b\ufffd', 2, ''],
		],
	],
	'no labels that are too long': [
		`'${'x'.repeat(257)}'=1 ${'x'.repeat(257)}=2 '${'y'.repeat(256)}'=3`,
		[['y'.repeat(256), 3, '']],
	],
	'between any white space': [
		'\t a=1\n\n b=2 \r\n',
		[
			['a', 1, ''],
			['b', 2, ''],
		],
	],
	nothing: ['', []],
};

describe('performance data has', () => {
	test.each(Object.entries(perfdata))('%s', (_, [text, found]) => {
		expect(parsePerfdata(text)).toEqual(found.map(([label, value, unit]) => ({label, value, unit})));
	});

	test('at most a hundred numbers', () => {
		expect(parsePerfdata(Array.from({length: 500}, (_, i) => `n${i}=1`).join(' '))).toHaveLength(100);
	});
});

test('text, long output and performance data are told apart', () => {
	const text = `DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968
/ 15272 MB (77%);
/boot 68 MB (69%);

/var/log 819 MB (84%); | /boot=68MB;88;93;0;98
/home=69357MB;253404;253409;0;253414
`;
	expect(parsePluginOutput(text, asItIs)).toEqual({
		text: 'DISK OK - free space: / 3326 MB (56%);',
		more: ['/ 15272 MB (77%);', '/boot 68 MB (69%);', '/var/log 819 MB (84%); '],
		perfdata: [
			{label: '/', value: 2643 * 1024 ** 2, unit: 'B'},
			{label: '/boot', value: 68 * 1024 ** 2, unit: 'B'},
			{label: '/home', value: 69_357 * 1024 ** 2, unit: 'B'},
		],
	});
});

test('a secret takes no number away, and is in no text', () => {
	const hide = redactor(['1234', 'pa|w=5 x=6ms', "it's"]);
	expect(parsePluginOutput("used 1234 MB pa|w=5 x=6ms | size=1234B 'it''s'=1234ms\nit's", hide)).toEqual({
		text: 'used [secret] MB [secret]',
		more: ['[secret]'],
		perfdata: [
			{label: 'size', value: 1234, unit: 'B'},
			{label: "it's", value: 1234, unit: 'ms'},
		],
	});
});

test.each([
	['', '', 0],
	['\n', '', 0],
	['OK', 'OK', 0],
	['OK\r\nmore\r\n', 'OK', 1],
	['|a=1', '', 0],
	['  OK  | a=1 | b=2', 'OK', 0],
])('of %j the text is %j, with %i more lines', (output, text, more) => {
	expect(parsePluginOutput(output, asItIs)).toMatchObject({text, more: {length: more}});
});

test('64 KiB of anything take no time', () => {
	const pieces = ["'", "''", "'x ", "''' ", '=', '1', '11111111', ' ', '\n', '|', 'a=', '\r\n', 'U;;', '-', '.'];
	const texts = pieces.flatMap(piece => ['', "'", "'a ", '='].map(other => `|${(other + piece).repeat(1 << 16)}x`));

	for (const text of texts) {
		const from = performance.now();
		parsePluginOutput(text.slice(0, 64 << 10), asItIs);
		// In quadratic time it would be minutes.
		expect(performance.now() - from).toBeLessThan(1000);
	}
});

test('whatever is printed, every number is one and every label says something', () => {
	fc.assert(
		fc.property(fc.string({unit: fc.constantFrom(..."a=' ;|\n1.-e5MB%U".split(''))}), text => {
			for (const {label, value, unit} of parsePluginOutput(text, asItIs).perfdata) {
				expect(label).not.toBe('');
				expect(value).toSatisfy(Number.isFinite);
				expect(unit).not.toMatch(/\s/);
			}
		}),
	);
});

test('what is written as the guidelines say comes back', () => {
	const label = fc
		.string({minLength: 1, maxLength: 40})
		.filter(text => /^[^\n\r|]+$/.test(text) && text.trim() === text);
	const number = fc.double({noNaN: true, noDefaultInfinity: true}).filter(value => Number.isFinite(value));
	fc.assert(
		fc.property(fc.array(fc.tuple(label, number), {maxLength: 5}), rows => {
			const written = rows.map(([name, value]) => `'${name.replaceAll("'", "''")}'=${value};1;2;0;`).join(' ');
			const found = parsePluginOutput(`OK | ${written}`, asItIs).perfdata.map(({label: name, value}) => [name, value]);
			expect(found).toEqual(rows.map(([name, value]) => [name, value === 0 ? value + 0 : value]));
		}),
	);
});
