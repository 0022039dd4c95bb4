import type {Safe} from '../../core/safe.js';

/** A check that would suit what was found. */
export type Suggestion = {
	/** What it is called, unless another one has the name already: then its port is behind it. */
	readonly name: string;
	readonly port?: number;
	/** At its usual port: such a one has the better right to its name. */
	readonly isUsual?: boolean;
	/** What stands above it in the file: why it is there, and what it needs. */
	readonly comments: readonly Safe[];
	/** Its options as they are written, but for its name and what it depends on. */
	readonly options: {readonly type: string; readonly [option: string]: unknown};
	/** It logs in: its password is a variable that is called as the check is. */
	readonly hasPassword?: true;
	/** Without which it cannot be well. */
	readonly needs?: Suggestion;
	/** It is called as that one is, with this word behind it. */
	readonly partOf?: {readonly whole: Suggestion; readonly word: string};
	/** Where and whose it is, for a list. */
	readonly place: Safe;
};

/** A suggestion with its place among the others. */
export type NamedCheck = {
	readonly name: string;
	readonly suggestion: Suggestion;
	readonly options: {readonly type: string; readonly [option: string]: unknown};
	/** Variables of the environment that it refers to. */
	readonly variables: readonly string[];
};
