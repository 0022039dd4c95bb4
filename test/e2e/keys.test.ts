import {describe, expect, test} from 'vitest';
import {spans} from '../../src/core/span.js';
import {bindings} from '../../src/ui/keys-table.js';
import {palettes} from '../../src/ui/theme.js';
import type {Command} from '../../src/ui/view-state.js';
import {healthtop} from '../helpers/built.js';
import {bytesOf} from '../helpers/key-bytes.js';
import {Pty} from '../helpers/pty.js';

/** The key, what was on the screen before it was pressed, and what was written from then on. */
type Pressed = {readonly key: string; readonly before: string; readonly since: string};

/** How to see that a command was done. */
type Sight = {
	/** What has to be typed first, and what is on the screen then. */
	readonly given?: readonly [keys: string, shown: RegExp];
	/** What has to be typed after its key for it to be seen. */
	readonly after?: string;
	/** It was done: on the screen there is this text, or so it looks. */
	readonly done: RegExp | ((pty: Pty, pressed: Pressed) => boolean);
};

const titles = ['1 CPU', '2 Memory', '3 Disk', '4 Network', '6 Processes'];

/** Of all panels only this one is on the screen. */
const isAlone = ({text}: Pty, title: string) =>
	titles.every(one => text.includes(`╭${one} `) === (one === title)) && text.includes('back');

const zoomed = /enter back/;

/** The cursor at the newest moment, and 50 seconds before it, in steps of a span of five minutes. */
const past = ['+h', /◀ .* · \ds ago/] as const;
const longPast = ['+hH', /◀ .* · 5\ds ago/] as const;

/** How many such steps the cursor is later than it was. */
function movedBy(text: string, before: string): number {
	const [now, then] = [text, before].map(screen =>
		Date.parse(`1970-01-01T${/◀ .*?(\d\d:\d\d:\d\d)/.exec(screen)?.[1]}Z`),
	);
	return ((now ?? Number.NaN) - (then ?? Number.NaN)) / spans['5m'].move;
}

/** As the theme behind the first one writes it. */
const {rgb} = palettes.light.border;
const lightBorder = `\x1b[0;38;2;${rgb >> 16};${(rgb >> 8) & 255};${rgb & 255}m`;

/** Ten processes, of which the screen shows four; every command there is, for the compiler refuses to leave one out. */
const sights: Record<Command, Sight> = {
	'next-panel': {given: ['1', /1 CPU/], after: '\r', done: pty => isAlone(pty, '2 Memory')},
	'previous-panel': {given: ['2', /1 CPU/], after: '\r', done: pty => isAlone(pty, '1 CPU')},
	focus: {
		after: '\r',
		done: (pty, {key}) => isAlone(pty, titles.find(title => title.startsWith(key)) ?? '6 Processes'),
	},
	up: {given: ['G', /· 7-10 of 10/], after: 'kkk', done: /· 6-9 of 10/},
	down: {done: ({bar}) => bar !== undefined},
	'page-up': {given: ['G', /· 7-10 of 10/], done: /· 6-9 of 10/},
	'page-down': {given: ['jjj', /· 1-4 of 10/], done: /· 4-7 of 10/},
	first: {given: ['G', /· 7-10 of 10/], done: /· 1-4 of 10/},
	last: {done: /· 7-10 of 10/},
	'scroll-left': {given: ['>', /…emd\/systemd/], done: / \/lib\/systemd/},
	'scroll-right': {done: /…emd\/systemd/},
	tree: {done: /├─/},
	details: {given: ['j', /COMMAND/], done: /started/},
	// A recorded machine gets no signals, and says so.
	signal: {given: ['j', /COMMAND/], done: /not those of this machine/},
	zoom: {done: pty => isAlone(pty, '6 Processes')},
	'leave-zoom': {given: ['\r', zoomed], done: /╭1 CPU/},
	peel: {given: ['?', /previous panel/], done: ({text}) => !text.includes('previous panel')},
	'sort-cpu': {given: ['p', /by pid/], done: /by cpu ·/},
	'sort-memory': {done: /by memory ·/},
	'sort-pid': {done: /by pid ·/},
	'sort-name': {done: /by name ·/},
	'sort-io': {done: /by disk I\/O ·/},
	'sort-time': {done: /by start ·/},
	reverse: {done: /by cpu reversed ·/},
	earlier: {given: past, done: (pty, {before}) => movedBy(pty.text, before) === -1},
	later: {given: longPast, done: (pty, {before}) => movedBy(pty.text, before) === 1},
	'much-earlier': {given: past, done: (pty, {before}) => movedBy(pty.text, before) === -10},
	'much-later': {given: longPast, done: (pty, {before}) => movedBy(pty.text, before) === 10},
	longer: {done: / last 5m /},
	shorter: {given: ['++', / last 15m /], done: / last 5m /},
	live: {given: ['h', /◀/], done: ({text}) => !text.includes('◀')},
	moment: {done: /^ go to .*enter goes/m},
	filter: {done: /^ filter .*enter keeps/m},
	freeze: {done: / frozen \d\d:/},
	'next-theme': {done: (_, {since}) => since.includes(lightBorder)},
	help: {done: /previous panel/},
	repaint: {done: (_, {since}) => since.includes('6 Processes')},
	// Nobody is there to go on with it, so that it comes back at once.
	suspend: {done: (_, {since}) => /\x1b\[\?1049l[\s\S]*\x1b\[\?1049h[\s\S]*6 Processes/.test(since)},
	quit: {done: ({ended}) => ended?.exitCode === 0},
};

describe('each key of the table does what help says:', () => {
	const rows = bindings.flatMap(({keys, command, help}) => keys.map(key => [key, help, command] as const));

	test.each(rows)('%s: %s', async (key, _, command) => {
		const {given, after = '', done} = sights[command];
		const pty = new Pty(process.execPath, healthtop('--root', 'test/fixtures/trees/web-01/before'), {rows: 18});
		await pty.shows('· 1-4 of 10');

		if (given) {
			pty.type(given[0]);
			await pty.shows(given[1]);
		}

		const [before, length] = [pty.text, pty.output.length];
		const isDone = () =>
			done instanceof RegExp ? done.test(pty.text) : done(pty, {key, before, since: pty.output.slice(length)});
		expect(isDone()).toBe(false);
		pty.type(bytesOf(key) + after);
		await pty.until(`${command} by ${key}`, isDone);
	});
});
