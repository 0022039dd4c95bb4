import type {Safe} from './safe.js';

/** A filter of processes as it is understood; docs/filter.md has the language. One that asks for nothing is an `and` without parts. */
export type Query =
	| {readonly kind: 'and' | 'or'; readonly parts: readonly Query[]}
	| {readonly kind: 'not'; readonly part: Query}
	/** Occurs in name, command line, user or pid. In small letters, and with what hides made visible as in the texts of processes. */
	| {readonly kind: 'word'; readonly text: string}
	/** Is found in one of them. */
	| {readonly kind: 'pattern'; readonly pattern: Pattern}
	| {readonly kind: 'text'; readonly field: TextField; readonly isNegated: boolean; readonly test: TextTest}
	| {readonly kind: 'number'; readonly measure: Measure; readonly operator: Comparison; readonly value: number};

export type TextTest =
	/** Between two pieces anything may stand. In small letters; one piece is the whole text. */
	| {readonly kind: 'is'; readonly pieces: readonly string[]}
	| {readonly kind: 'contains'; readonly text: string}
	| {readonly kind: 'pattern'; readonly pattern: Pattern};

export type TextField = 'user' | 'state' | 'name' | 'command';

/** What is compared with a number: fields, and `mem%`, the memory in percent of the machine's. */
export type Measure = 'pid' | 'ppid' | 'cpu' | 'mem' | 'mem%' | 'threads' | 'files' | 'read' | 'write' | 'age';

export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';

export type Operator = Comparison | '~' | '!~';

/** A regular expression that was compiled. */
export type Pattern = {test(text: string): boolean};

/** Compiles a pattern in which case does not matter; throws what is wrong with it. Its tests must take linear time. */
export type Compile = (pattern: string) => Pattern;

export type ParsedQuery =
	| {readonly ok: true; readonly query: Query}
	/** What to write instead, and from which UTF-16 unit of the text on. */
	| {readonly ok: false; readonly at: number; readonly problem: Safe};
