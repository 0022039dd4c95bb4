import type {Around, Command} from './view-state.js';

const commands = ['up', 'down', 'page-up', 'page-down', 'first', 'last'] as const;

/** What moves rows, or a bar on them. */
export type ScrollCommand = (typeof commands)[number];

export function isScroll(command: Command): command is ScrollCommand {
	return commands.some(one => one === command);
}

/** An offset after a command that moves rows; the same after any other one. */
export function scrolled(
	before: number,
	command: Command,
	{page, lastOffset}: Pick<Around, 'page' | 'lastOffset'>,
): number {
	const offset = Math.min(before, lastOffset);
	const targets: Partial<Record<Command, number>> = {
		up: offset - 1,
		down: offset + 1,
		'page-up': offset - page,
		'page-down': offset + page,
		first: 0,
		last: lastOffset,
	};
	return Math.max(0, Math.min(lastOffset, targets[command] ?? offset));
}

/** Where a bar comes to in a list of so many rows: the first step only shows it, on the first row that is seen. */
export function barMoved(
	at: number | undefined,
	command: ScrollCommand,
	{rows, page, offset = 0}: {readonly rows: number; readonly page: number; readonly offset: number | undefined},
): number {
	const from = at ?? Math.min(offset, Math.max(0, rows - page));
	const isFirst = at === undefined && (command === 'up' || command === 'down');
	return isFirst ? from : scrolled(from, command, {page, lastOffset: Math.max(0, rows - 1)});
}

/** The first of `shown` rows, moved no further from `before` than it takes for a row to be among them. */
export function offsetWith(row: number, before: number, rows: number, shown: number): number {
	return Math.max(row - shown + 1, Math.min(before, row, Math.max(0, rows - shown)));
}
