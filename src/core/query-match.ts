import type {Comparison, Measure, Query, TextTest} from './query.js';
import type {Process} from './snapshot.js';

/** What else must be known of the moment. */
export type QueryContext = {
	/** Undefined when nobody knows: then nothing is compared in percent of it. */
	readonly memoryTotalBytes: number | undefined;
	/** Wall clock, milliseconds since 1970. */
	readonly now: number;
};

/** Whether a process is what the filter asks for. What is not known of it matches no comparison, not even `!=`. */
export function matches(query: Query, row: Process, context: QueryContext): boolean {
	return isMatch(query, {row, context, text: undefined});
}

/** A process, and its text for words once one has asked for it. */
type Candidate = {readonly row: Process; readonly context: QueryContext; text: string | undefined};

function isMatch(query: Query, candidate: Candidate): boolean {
	switch (query.kind) {
		case 'and':
			return query.parts.every(part => isMatch(part, candidate));
		case 'or':
			return query.parts.some(part => isMatch(part, candidate));
		case 'not':
			return !isMatch(query.part, candidate);
		case 'word':
			candidate.text ??= textOf(candidate.row);
			return candidate.text.includes(query.text);
		case 'pattern':
			return shown(candidate.row).some(text => text !== undefined && query.pattern.test(text));
		case 'text': {
			const text = candidate.row[query.field];
			return text !== undefined && isText(text, query.test) !== query.isNegated;
		}
		case 'number': {
			const value = measures[query.measure](candidate.row, candidate.context);
			return value !== undefined && !Number.isNaN(value) && isNumber(value, query.operator, query.value);
		}
	}
}

/** Where words and patterns without a field are looked for. */
function shown({name, command, user, pid}: Process): readonly (string | undefined)[] {
	return [name, command, user, String(pid)];
}

/** All of it at once: no word has a line break in it. */
function textOf(row: Process): string {
	return shown(row).join('\n').toLowerCase();
}

function isText(text: string, test: TextTest): boolean {
	switch (test.kind) {
		case 'is':
			return isLike(text.toLowerCase(), test.pieces);
		case 'contains':
			return text.toLowerCase().includes(test.text);
		case 'pattern':
			return test.pattern.test(text);
	}
}

/** Whether the text is these pieces in their order, with anything between them. */
function isLike(text: string, pieces: readonly string[]): boolean {
	const [first = '', last = ''] = [pieces[0], pieces.at(-1)];

	if (pieces.length === 1) {
		return text === first;
	}

	const end = text.length - last.length;

	if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) {
		return false;
	}

	let from = first.length;

	for (const piece of pieces.slice(1, -1)) {
		const at = text.indexOf(piece, from);

		if (at < 0 || at + piece.length > end) {
			return false;
		}

		from = at + piece.length;
	}

	return true;
}

const measures: Readonly<Record<Measure, (row: Process, context: QueryContext) => number | undefined>> = {
	pid: ({pid}) => pid,
	ppid: ({parent}) => parent,
	cpu: ({cpuPercent}) => cpuPercent,
	mem: ({memoryBytes}) => memoryBytes,
	'mem%': ({memoryBytes}, {memoryTotalBytes}) =>
		memoryTotalBytes ? (100 * memoryBytes) / memoryTotalBytes : undefined,
	threads: ({threads}) => threads,
	files: ({openFiles}) => (openFiles === 'denied' ? undefined : openFiles),
	read: ({disk}) => (disk === 'denied' ? undefined : disk?.read),
	write: ({disk}) => (disk === 'denied' ? undefined : disk?.written),
	age: ({startedAt}, {now}) => now - startedAt,
};

function isNumber(value: number, operator: Comparison, than: number): boolean {
	switch (operator) {
		case '=':
			return value === than;
		case '!=':
			return value !== than;
		case '>':
			return value > than;
		case '>=':
			return value >= than;
		case '<':
			return value < than;
		case '<=':
			return value <= than;
	}
}
