import type {Comparison, Measure, Operator, Query, TextField, TextTest} from '../../src/core/query.js';
import {safeText} from '../../src/core/safe.js';
import type {Process} from '../../src/core/snapshot.js';

/** Stands in for the program's engine of linear time. */
export function compile(pattern: string): RegExp {
	try {
		return new RegExp(pattern, 'i');
	} catch {
		throw new Error(`nobody understands ${pattern}`);
	}
}

export const and = (...parts: readonly Query[]): Query => ({kind: 'and', parts});
export const or = (...parts: readonly Query[]): Query => ({kind: 'or', parts});
export const not = (part: Query): Query => ({kind: 'not', part});
export const word = (text: string): Query => ({kind: 'word', text});
export const is = (...pieces: readonly string[]): TextTest => ({kind: 'is', pieces});

export function number(measure: Measure, operator: Comparison, value: number): Query {
	return {kind: 'number', measure, operator, value};
}

export function text(field: TextField, operator: Operator, test: TextTest): Query {
	return {kind: 'text', field, isNegated: operator.startsWith('!'), test};
}

/** The moment at which processes are looked at, on a machine of 8 GiB. */
export const context = {memoryTotalBytes: 8 * 2 ** 30, now: 1_800_000_000_000};

/** A web server's worker, two hours old, and what is different about it. */
export function processOf({
	name = 'nginx',
	command = 'nginx: worker process',
	user = 'www-data',
	...rest
}: Partial<Omit<Process, 'name' | 'command' | 'user'>> & {
	readonly name?: string;
	readonly command?: string | null;
	readonly user?: string | null;
} = {}): Process {
	return {
		pid: 1234,
		startTicks: 1,
		parent: 77,
		state: 'S',
		name: safeText(name),
		command: command === null ? undefined : safeText(command),
		user: user === null ? undefined : safeText(user),
		cpuPercent: 12.5,
		cpuSmoothed: 12.5,
		memoryBytes: 512 * 2 ** 20,
		threads: 4,
		startedAt: context.now - 2 * 3_600_000,
		disk: {read: 1e6, written: 2e6},
		openFiles: 30,
		...rest,
	};
}
