import {render} from 'ink';
import {App, type AppProps} from './app.js';

/** Ink's frames as text: it lays out and draws the structure, and never meets the terminal. */
export type InkDocument = {
	/** The whole frame for these properties. */
	draw(props: AppProps): string;
	close(): void;
};

/** The streams that Ink is given. They are no terminal, so that it leaves cursor, modes and signals alone. */
type Sink = {columns: number; rows: number; isOpen: boolean; frame: string; write(text: string): boolean};

/**
 * Ink 6.8 in debug mode hands each whole frame to its stream, with no erasing, clearing or throttling. What it writes
 * outside of `draw` (on unmounting) goes nowhere.
 */
export function openDocument(first: AppProps): InkDocument {
	const sink = openSink(first);
	const ink = render(<App {...first} />, {
		stdout: sink as unknown as NodeJS.WriteStream,
		stdin: sink as unknown as NodeJS.ReadStream,
		debug: true,
		patchConsole: false,
		exitOnCtrlC: false,
		isScreenReaderEnabled: false,
	});
	let drawn = first;
	sink.isOpen = false;

	return {
		draw(props) {
			if (props !== drawn) {
				drawn = props;
				sink.columns = props.places.columns;
				sink.rows = props.places.rows;
				sink.isOpen = true;
				ink.rerender(<App {...props} />);
				sink.isOpen = false;
			}

			return sink.frame;
		},
		close() {
			ink.unmount();
			ink.cleanup();
		},
	};
}

function openSink({places: {columns, rows}}: AppProps): Sink {
	const nothing = () => sink;
	const sink = {
		columns,
		rows,
		isTTY: false,
		isOpen: true,
		frame: '',
		write(text: string) {
			sink.frame = sink.isOpen ? text : sink.frame;
			return true;
		},
		on: nothing,
		once: nothing,
		off: nothing,
		addListener: nothing,
		removeListener: nothing,
		setEncoding: nothing,
		ref: nothing,
		unref: nothing,
	};
	return sink;
}
