import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Depth, ownColour, type Style, Styles} from '../../../src/ui/screen/styles.js';

const depths: readonly Depth[] = ['none', '16', '256', 'true'];
const red = {rgb: 0xff6b68, ansi: 9};

type Row = [style: Style, none: string, ansi: string, cube: string, rgb: string];

const rows: Record<string, Row> = {
	nothing: [{}, '0', '0', '0', '0'],
	bold: [{isBold: true}, '0;1', '0;1', '0;1', '0;1'],
	'all flags': [{isBold: true, isDim: true, isInverse: true}, '0;1;2;7', '0;1;2;7', '0;1;2;7', '0;1;2;7'],
	'a bright stand-in': [{colour: red}, '0', '0;91', '0;38;5;203', '0;38;2;255;107;104'],
	'a plain stand-in': [{colour: {rgb: 0x62a8a0, ansi: 6}}, '0', '0;36', '0;38;5;73', '0;38;2;98;168;160'],
	'a colour and bold': [{colour: red, isBold: true}, '0;1', '0;1;91', '0;1;38;5;203', '0;1;38;2;255;107;104'],
	black: [{colour: {rgb: 0, ansi: 0}}, '0', '0;30', '0;38;5;232', '0;38;2;0;0;0'],
	white: [{colour: {rgb: 0xffffff, ansi: 15}}, '0', '0;97', '0;38;5;255', '0;38;2;255;255;255'],
	'a grey takes the ramp': [{colour: {rgb: 0x585e60, ansi: 8}}, '0', '0;90', '0;38;5;240', '0;38;2;88;94;96'],
	'a bluish grey takes the cube': [{colour: {rgb: 0x8a8fa8, ansi: 8}}, '0', '0;90', '0;38;5;103', '0;38;2;138;143;168'],
};

describe('a style as SGR', () => {
	test.each(Object.entries(rows))('%s', (_, [style, ...expected]) => {
		expect(
			depths.map(depth => {
				const styles = new Styles(depth);
				return styles.sgr(styles.id(style));
			}),
		).toEqual(expected.map(parameters => `\x1b[${parameters}m`));
	});
});

test('a style has one number, and number 0 is the look of the terminal', () => {
	const styles = new Styles('true');
	expect(styles.id({})).toBe(0);
	expect(styles.id({colour: undefined, isBold: false})).toBe(0);
	expect(styles.id({colour: red})).toBe(styles.id({colour: {...red}}));
	expect(styles.idOf(red.rgb, 1)).toBe(styles.id({colour: red, isBold: true}));
	expect(new Set([0, 1, 2, 3, 4, 5, 6, 7].map(flags => styles.idOf(-1, flags))).size).toBe(8);
	expect(styles.id({colour: {rgb: 0, ansi: 0}})).not.toBe(0);
});

test('a colour that only Ink used has a stand-in too', () => {
	const styles = new Styles('16');
	expect(styles.sgr(styles.idOf(0x123456, 0))).toBe('\x1b[0;37m');
});

test('a number that nobody made is the look of the terminal', () => {
	expect(new Styles('true').sgr(99)).toBe('\x1b[0m');
});

test('whatever the style, without colours there are none, with 256 there is one of them', () => {
	const style = fc.tuple(fc.integer({min: 0, max: 0xffffff}), fc.nat(15), fc.nat(7));
	fc.assert(
		fc.property(style, ([rgb, ansi, flags]) => {
			const sgrAt = (depth: Depth) => {
				const styles = new Styles(depth);
				styles.id({colour: {rgb, ansi}});
				return styles.sgr(styles.idOf(rgb, flags));
			};
			expect(sgrAt('none')).toMatch(/^\x1b\[0(?:;[127])*m$/);
			expect(sgrAt('16')).toMatch(/^\x1b\[0(?:;[127])*;(?:3|9)[0-7]m$/);
			expect(sgrAt('256')).toMatch(/^\x1b\[0(?:;[127])*;38;5;(?:1[6-9]|[2-9]\d|1\d\d|2[0-4]\d|25[0-5])m$/);
		}),
	);
});

test.each(depths)('with %s, a colour of the terminal itself is the same number', depth => {
	const styles = new Styles(depth);
	const sgrs = [0, 7, 8, 15].map(index => styles.sgr(styles.id({colour: ownColour(index)})));
	const all = ['\x1b[0;30m', '\x1b[0;37m', '\x1b[0;90m', '\x1b[0;97m'];
	expect(sgrs).toEqual(depth === 'none' ? all.map(() => '\x1b[0m') : all);
	expect(styles.hasColours).toBe(depth !== 'none');
});
