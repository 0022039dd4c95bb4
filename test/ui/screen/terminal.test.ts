import {expect, test} from 'vitest';
import {Cells} from '../../../src/ui/screen/cells.js';
import {Styles} from '../../../src/ui/screen/styles.js';
import {Terminal} from '../../../src/ui/screen/terminal.js';
import {fakeOutput} from '../../helpers/fake-output.js';
import {Xterm} from '../../helpers/xterm.js';

const enter = '\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[0m\x1b[2J';
const leave = '\x1b[?2026l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l';
const mouseOn = '\x1b[?1000h\x1b[?1006h';
const mouseOff = '\x1b[?1006l\x1b[?1000l';
const frame = (bytes: string) => `\x1b[?2026h${bytes}\x1b[?2026l`;

function opened() {
	const output = fakeOutput(6, 2);
	const terminal = new Terminal(output, {styles: new Styles('true'), isAscii: false});
	const show = (...lines: string[]) => {
		const cells = new Cells(terminal.size.columns, terminal.size.rows, terminal.clusters);

		for (const [y, line] of lines.entries()) {
			cells.text(0, y, line, 0);
		}

		terminal.show(cells);
		return output.take();
	};
	return {output, terminal, show};
}

test('it is entered once and left once, whoever asks how often', () => {
	const {output, terminal} = opened();
	let done = 0;
	terminal.enter();
	terminal.enter();
	expect(output.take()).toEqual([enter]);
	terminal.leave(() => done++);
	terminal.leave(() => done++);
	terminal.leave();
	expect(output.take()).toEqual([leave]);
	expect(output.raw).toEqual([true, false]);
	expect(output.blocking).toEqual([false, true]);
	expect(done).toBe(2);
});

test('the mouse is taken and given back with the screen, and in between when that is asked for', () => {
	const {output, terminal} = opened();
	terminal.setMouse(true);
	expect(output.take()).toEqual([]);
	terminal.enter();
	terminal.setMouse(true);
	expect(output.take()).toEqual([enter + mouseOn]);
	terminal.leave();
	terminal.leave();
	expect(output.take()).toEqual([mouseOff + leave]);
	terminal.enter();
	terminal.setMouse(false);
	terminal.setMouse(false);
	terminal.leave();
	expect(output.take()).toEqual([enter + mouseOn, mouseOff, leave]);
	terminal.enter();
	terminal.setMouse(true);
	expect(output.take()).toEqual([enter, mouseOn]);
	terminal.abandon();
	terminal.setMouse(false);
	expect(output.take()).toEqual([]);
});

const titled = (count: number) => `\x1b]2;healthtop: ${count} critical\x1b\\`;
const untitled = '\x1b]2;\x1b\\';

test('the title says how much is critical, once something has been, and is empty afterwards', () => {
	const {output, terminal} = opened();
	terminal.setCritical(0);
	terminal.enter();
	terminal.setCritical(0);
	expect(output.take()).toEqual([enter]);
	terminal.setCritical(2);
	terminal.setCritical(2);
	terminal.setCritical(0);
	expect(output.take()).toEqual([titled(2), titled(0)]);
	terminal.leave();
	terminal.leave();
	terminal.setCritical(3);
	expect(output.take()).toEqual([untitled + leave]);
	terminal.enter();
	expect(output.take()).toEqual([enter + titled(3)]);
	terminal.abandon();
	terminal.setCritical(4);
	expect(output.take()).toEqual([]);
});

test('a title that nobody has set is left alone', () => {
	const {output, terminal} = opened();
	terminal.enter();
	terminal.leave();
	expect(output.take()).toEqual([enter, leave]);
});

test('bell and title are there only while they are wanted', () => {
	const {output, terminal} = opened();
	terminal.ring();
	terminal.enter();
	output.take();
	terminal.ring();
	terminal.setCritical(1);
	expect(output.take()).toEqual(['\x07', titled(1)]);
	terminal.setCalls(false, false);
	terminal.setCalls(false, false);
	expect(output.take()).toEqual([untitled]);
	terminal.ring();
	terminal.setCritical(2);
	expect(output.take()).toEqual([]);
	terminal.leave();
	expect(output.take()).toEqual([leave]);
	terminal.enter();
	terminal.setCalls(true, true);
	terminal.ring();
	expect(output.take()).toEqual([enter, titled(2), '\x07']);
});

test('left before it was entered, nothing is written', () => {
	const {output, terminal} = opened();
	let isDone = false;
	terminal.leave(() => {
		isDone = true;
	});
	expect(output.take()).toEqual([]);
	expect(isDone).toBe(true);
});

test('the first frame is whole, the next ones are differences, and nothing new is no frame', () => {
	const {output, terminal, show} = opened();
	terminal.enter();
	output.take();
	expect(show('ab', 'cd')).toEqual([frame('\x1b[0m\x1b[1;1Hab\x1b[K\x1b[2;1Hcd\x1b[K')]);
	expect(show('ab', 'xd')).toEqual([frame('\x1b[2;1Hx')]);
	expect(show('ab', 'xd')).toEqual([]);
});

test('after others may have written on it the frame is whole', () => {
	const {output, terminal, show} = opened();
	terminal.enter();
	const whole = show('ab');
	terminal.invalidate();
	expect(show('ab')).toEqual(whole.slice(1));
	terminal.leave();
	terminal.enter();
	output.take();
	expect(show('ab')).toEqual(whole.slice(1));
});

test('a new size is a whole frame', () => {
	const {output, terminal, show} = opened();
	terminal.enter();
	show('ab');
	output.columns = 5;
	expect(show('ab')[0]).toBe(frame('\x1b[0m\x1b[1;1Hab\x1b[K\x1b[2;1H\x1b[K'));
});

test('what is shown afterwards is not what was shown: the cells stay the caller’s', () => {
	const {output, terminal} = opened();
	terminal.enter();
	const cells = new Cells(6, 2, terminal.clusters);
	terminal.show(cells);
	output.take();
	cells.text(0, 0, 'x', 0);
	terminal.show(cells);
	expect(output.take()).toEqual([frame('\x1b[1;1Hx')]);
});

test('nothing is drawn before it is entered, after it is left, or when it is no more', () => {
	const {output, terminal, show} = opened();
	expect(show('ab')).toEqual([]);
	terminal.enter();
	terminal.leave();
	output.take();
	expect(show('ab')).toEqual([]);
	terminal.enter();
	output.take();
	terminal.abandon();
	expect(show('ab')).toEqual([]);
	terminal.leave();
	expect(output.take()).toEqual([]);
});

test('a terminal that does not say its size has 80x24', () => {
	const {output, terminal} = opened();

	for (const nothing of [undefined, 0]) {
		output.columns = nothing;
		output.rows = nothing;
		expect(terminal.size).toEqual({columns: 80, rows: 24});
	}
});

test('it is busy while it has not taken everything', () => {
	const {output, terminal} = opened();
	expect(terminal.isBusy).toBe(false);
	output.pendingBytes = 1;
	expect(terminal.isBusy).toBe(true);
});

test('a real one has its text back afterwards', async () => {
	const {output, terminal, show} = opened();
	const xterm = await new Xterm(6, 2).write('shell');
	terminal.enter();
	await xterm.write(output.take().join(''));
	expect(xterm.buffer).toBe('alternate');
	await xterm.write(show('ab', 'cd').join(''));
	expect(xterm.rows).toEqual(['ab    ', 'cd    ']);
	terminal.leave();
	await xterm.write(output.take().join(''));
	expect(xterm.buffer).toBe('normal');
	expect(xterm.rows).toEqual(['shell ', '      ']);
});

test('back on the terminal before it has taken the farewell, writes still do not wait', () => {
	const {output, terminal} = opened();
	const farewells: (() => void)[] = [];
	terminal.enter();
	output.write = (_, done) => {
		farewells.push(() => done?.());
	};
	terminal.leave();
	terminal.enter();
	farewells[0]?.();
	expect(output.blocking.at(-1)).toBe(false);
});
