import {describe, expect, test} from 'vitest';
import {themeNames} from '../../src/core/theme-name.js';
import {type Colour, type Depth, Styles} from '../../src/ui/screen/styles.js';
import {lookOf, palettes} from '../../src/ui/theme.js';

/** From dark to light, as WCAG 2 measures it: 0 to 1. */
function luminance(rgb: number): number {
	const [red = 0, green = 0, blue = 0] = [rgb >> 16, (rgb >> 8) & 255, rgb & 255].map(value => {
		const share = value / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 (the same) to 21 (black on white). */
function contrast(one: number, other: number): number {
	const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
	return (lighter + 0.05) / (darker + 0.05);
}

/** Hue in degrees, and how far from grey, 0 to 1. */
function hueOf(rgb: number): {hue: number; chroma: number} {
	const [red, green, blue] = [(rgb >> 16) / 255, ((rgb >> 8) & 255) / 255, (rgb & 255) / 255];
	const most = Math.max(red, green, blue);
	const chroma = most - Math.min(red, green, blue);

	if (chroma === 0) {
		return {hue: 0, chroma};
	}

	const sector =
		most === red ? (green - blue) / chroma : most === green ? (blue - red) / chroma + 2 : (red - green) / chroma + 4;
	return {hue: (sector * 60 + 360) % 360, chroma};
}

/** What a terminal shows for `38;2;r;g;b` and for a number of xterm's 256 from 16 on. */
function shown(sgr: string): number {
	const [kind, red = 0, green = 0, blue = 0] = sgr
		.replace(/^.*38;/, '')
		.replace('m', '')
		.split(';')
		.map(Number);

	if (kind === 2) {
		return (red << 16) | (green << 8) | blue;
	}

	if (red >= 232) {
		return (8 + 10 * (red - 232)) * 0x10101;
	}

	const step = (index: number) => [0, 95, 135, 175, 215, 255][index % 6] ?? 0;
	return (step(Math.floor((red - 16) / 36)) << 16) | (step(Math.floor((red - 16) / 6)) << 8) | step(red - 16);
}

const panels = ['cpu', 'memory', 'disk', 'network', 'services'] as const;
const roles = ['dim', 'ok', 'warning', 'critical', 'focus', 'border', ...panels] as const;
const calm = [...panels, 'focus'] as const;
const coloured: readonly Depth[] = ['16', '256', 'true'];
const backgrounds = {dark: [0x000000, 0x1e1e1e], light: [0xffffff, 0xfdf6e3]};

/** Text has to be read, signs and graphs to be seen; other borders may step back, but not vanish. */
const least = (role: (typeof roles)[number]) => (role === 'dim' || role === 'focus' ? 4.5 : role === 'border' ? 2 : 3);

test('a palette names every role', () => {
	expect(Object.keys(palettes)).toEqual([...themeNames]);

	for (const palette of Object.values(palettes)) {
		expect(Object.keys(palette).toSorted()).toEqual(roles.toSorted());
	}
});

describe.each(['dark', 'light'] as const)('%s', name => {
	const palette: Record<(typeof roles)[number], Colour> = palettes[name];

	test.each(['true', '256'] as const)('can be read on what it is made for, at depth %s', depth => {
		const styles = new Styles(depth);

		for (const background of backgrounds[name]) {
			for (const role of roles) {
				const ratio = contrast(shown(styles.sgr(styles.id({colour: palette[role]}))), background);
				expect(ratio, `${role} on ${background.toString(16)}`).toBeGreaterThanOrEqual(least(role));
			}
		}
	});

	test('has green, yellow and red for the levels, and for nothing else', () => {
		const hue = (role: (typeof roles)[number]) => hueOf(palette[role].rgb).hue;
		expect(Math.abs(hue('ok') - 140)).toBeLessThan(20);
		expect(Math.abs(hue('warning') - 45)).toBeLessThan(10);
		expect(Math.min(hue('critical'), 360 - hue('critical'))).toBeLessThan(10);

		for (const role of calm) {
			expect(hue(role), role).toBeGreaterThan(165);
			expect(hue(role), role).toBeLessThan(300);
		}
	});

	test('borders and what stands back are grey', () => {
		expect(hueOf(palette.dim.rgb).chroma).toBeLessThan(0.1);
		expect(hueOf(palette.border.rgb).chroma).toBeLessThan(0.1);
	});

	test('has stand-ins of the sixteen that are not its background', () => {
		const used = roles.map(role => palette[role].ansi);
		const wrong = name === 'dark' ? [0] : [7, 9, 10, 11, 12, 13, 14, 15];
		expect(used.filter(index => wrong.includes(index))).toEqual([]);
	});
});

test('the contrast of black on white is 21, and that of 8-bit greys what the standard says', () => {
	expect(contrast(0, 0xffffff)).toBeCloseTo(21);
	expect(contrast(0x767676, 0xffffff)).toBeCloseTo(4.54, 2);
});

test('terminal takes nothing but six of the sixteen, and text as it is or paler', () => {
	for (const depth of coloured) {
		const styles = new Styles(depth);
		const ids = Object.values(lookOf(palettes.terminal, styles)).flatMap(part =>
			typeof part === 'number' ? [part] : Object.values(part),
		);
		expect(ids.map(id => styles.sgr(id)).filter(sgr => !/^\x1b\[0(?:;[127])?(?:;3[1-6])?m$/.test(sgr))).toEqual([]);
	}
});

describe.each(themeNames)('%s', name => {
	test.each(coloured)('keeps the levels apart from each other, from text and from graphs, at depth %s', depth => {
		const styles = new Styles(depth);
		const {text, dim, strong, level, strongLevel, cpu, memory, disk, network, services, focus, border} = lookOf(
			palettes[name],
			styles,
		);
		/** Without bold: it alone must not be what tells two levels apart. */
		const sgr = (id: number) => styles.sgr(id).replace('0;1', '0');
		const levels = [strongLevel.ok, level.warning, level.critical].map(sgr);
		const others = [text, dim, strong, cpu, memory, disk, network, services, focus, border].map(sgr);
		expect(new Set(levels).size).toBe(3);
		expect(levels.filter(level => others.includes(level))).toEqual([]);
		expect([strongLevel.warning, strongLevel.critical].map(sgr)).toEqual(levels.slice(1));
		expect(sgr(focus)).not.toBe(sgr(border));
		expect(styles.sgr(text)).toBe('\x1b[0m');
	});

	test('is the same as any other without colours', () => {
		const plain = (theme: typeof name) => {
			const styles = new Styles('none');
			return JSON.stringify(lookOf(palettes[theme], styles), (_, part) =>
				typeof part === 'number' ? styles.sgr(part) : part,
			);
		};
		expect(plain(name)).toBe(plain('dark'));
	});
});

test('no colour is in two palettes with different stand-ins: styles know it by its red, green and blue', () => {
	const inks = Object.values(palettes).flatMap(palette => Object.values(palette));
	const colours = inks.filter(ink => typeof ink === 'object');
	const clashes = colours.filter(({rgb, ansi}) => colours.some(other => other.rgb === rgb && other.ansi !== ansi));
	expect(clashes).toEqual([]);
});
