import type {TerminalOutput} from '../../src/ui/screen/terminal.js';

/** A terminal that keeps what it is given. */
export type FakeOutput = {-readonly [Key in keyof TerminalOutput]: TerminalOutput[Key]} & {
	/** Each write since the last `take`. */
	take(): readonly string[];
	/** Raw input as it was switched, one after another. */
	readonly raw: boolean[];
	/** Whether writes wait, as it was switched. */
	readonly blocking: boolean[];
};

export function fakeOutput(columns: number | undefined, rows: number | undefined): FakeOutput {
	let writes: string[] = [];
	const raw: boolean[] = [];
	const blocking: boolean[] = [];
	return {
		columns,
		rows,
		raw,
		blocking,
		pendingBytes: 0,
		write(text, done) {
			writes.push(text);
			done?.();
		},
		setRaw(isRaw) {
			raw.push(isRaw);
		},
		setBlocking(isBlocking) {
			blocking.push(isBlocking);
		},
		take() {
			const taken = writes;
			writes = [];
			return taken;
		},
	};
}
