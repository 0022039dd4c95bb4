import {type IPty, spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';
import {onTestFinished} from 'vitest';

export type PtyOptions = {
	readonly columns?: number;
	readonly rows?: number;
	/** Added to (undefined: taken from) a bare environment of a UTF-8 terminal with all colours. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly cwd?: string;
};

/** How a program ended. */
export type Ending = {readonly exitCode: number; readonly signal: number | undefined};

/** A program in a real pseudo-terminal, with a terminal emulator that draws what it writes. */
export class Pty {
	readonly process: IPty;
	readonly #terminal: InstanceType<typeof headless.Terminal>;
	/** Everything it wrote, as it came. */
	output = '';
	ended: Ending | undefined;

	constructor(command: string, args: readonly string[], {columns = 80, rows = 24, env = {}, cwd}: PtyOptions = {}) {
		const all = {
			PATH: process.env['PATH'],
			HOME: '/nonexistent',
			TERM: 'xterm-256color',
			COLORTERM: 'truecolor',
			LANG: 'C.UTF-8',
			TZ: 'UTC',
			...env,
		};
		const set = Object.fromEntries(
			Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
		);
		this.#terminal = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
		this.process = spawn(command, [...args], {
			cols: columns,
			rows,
			env: set,
			name: set['TERM'] ?? '',
			cwd: cwd ?? process.cwd(),
		});
		this.process.onData(data => {
			this.output += data;
			this.#terminal.write(data);
		});
		this.process.onExit(({exitCode, signal}) => {
			this.ended = {exitCode, signal: signal || undefined};
		});
		onTestFinished(() => {
			if (!this.ended) {
				this.process.kill('SIGKILL');
			}
		});
	}

	/** The screen's rows as a person sees them, without spaces at their ends. */
	get screen(): readonly string[] {
		const {cols, rows, buffer} = this.#terminal;
		const {active} = buffer;
		// Without an end, xterm also gives what a shrunken line had to the right of the screen.
		return Array.from(
			{length: rows},
			(_, y) => active.getLine(active.baseY + y)?.translateToString(true, 0, cols) ?? '',
		);
	}

	/** The row that stands in reverse, from one end to the other; undefined where none does. */
	get bar(): string | undefined {
		const {active} = this.#terminal.buffer;
		const {cols} = this.#terminal;
		return this.screen.find((_, y) => {
			const line = active.getLine(active.baseY + y);
			const reversed = Array.from({length: cols}, (_, x) => line?.getCell(x)).filter(cell => cell?.isInverse());
			return reversed.length > cols * 0.8;
		});
	}

	/** Rows that go on in the next one: somebody wrote beyond the end of the first. */
	get wrappedRows(): readonly string[] {
		const {active} = this.#terminal.buffer;
		return this.screen.slice(0, -1).filter((_, y) => active.getLine(active.baseY + y + 1)?.isWrapped);
	}

	get text(): string {
		return this.screen.join('\n');
	}

	/** `alternate` while a full-screen program has the terminal. */
	get buffer(): 'normal' | 'alternate' {
		return this.#terminal.buffer.active.type;
	}

	/** True when some cell of the screen has a colour of its own. */
	get hasColour(): boolean {
		const {active} = this.#terminal.buffer;
		return Array.from({length: this.#terminal.rows}, (_, y) => active.getLine(active.baseY + y)).some(line =>
			Array.from({length: this.#terminal.cols}, (_, x) => line?.getCell(x)).some(
				cell => cell && !(cell.isFgDefault() && cell.isBgDefault()),
			),
		);
	}

	type(keys: string): void {
		this.process.write(keys);
	}

	/** Empties the emulator's screen, as somebody else who writes on the terminal may. */
	wipe(): void {
		this.#terminal.write('\x1b[2J');
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
		this.process.resize(columns, rows);
	}

	/** Resolves when `condition` holds for the screen; fails with the screen in the message when it does not in time. */
	async until(what: string, condition: (pty: this) => boolean, within = 20_000): Promise<void> {
		const end = performance.now() + within;

		while (!condition(this)) {
			if (performance.now() > end) {
				throw new Error(`not within ${within} ms: ${what}\nended: ${JSON.stringify(this.ended)}\n${this.text}`);
			}

			await new Promise(resolve => setTimeout(resolve, 10));
		}
	}

	/** Resolves when the text is on the screen. */
	async shows(text: string | RegExp): Promise<void> {
		await this.until(`shows ${text}`, ({text: screen}) =>
			typeof text === 'string' ? screen.includes(text) : text.test(screen),
		);
	}

	/** How the program ended, and when it has written all of its output. */
	async end(within = 20_000): Promise<Ending> {
		await this.until('ends', ({ended}) => ended !== undefined, within);
		// node-pty tells of the end when all output is there; the emulator draws it a little later.
		await new Promise<void>(resolve => this.#terminal.write('', resolve));
		return this.ended as Ending;
	}
}
