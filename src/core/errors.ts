/** The user's mistake: the message is all that is printed, without a stack. Exit code 1. */
export class UserError extends Error {
	readonly exitCode: number = 1;
	override name = 'UserError';
}

/** A configuration that cannot be used; the message holds every problem in it. Exit code 78 (EX_CONFIG of sysexits.h). */
export class ConfigError extends UserError {
	override readonly exitCode = 78;
	override name = 'ConfigError';
}

/** There is no terminal that a screen could be drawn on. Exit code 2. */
export class NoTerminalError extends UserError {
	override readonly exitCode = 2;
	override name = 'NoTerminalError';
}

/** A source was there but not in a shape that we know. The next tick tries again. */
export class ParseError extends Error {
	override name = 'ParseError';

	readonly source: string;

	constructor(source: string, problem: string) {
		super(`${source}: ${problem}`);
		this.source = source;
	}
}

/** This machine does not have the source at all, and will not have it in a second: the sampler is switched off, quietly. */
export class Unsupported extends Error {
	override name = 'Unsupported';
}

/** The code of a system error (`ENOENT`, `ESRCH` ...) or of an abort (`ABORT_ERR`), else undefined. */
export function codeOf(error: unknown): string | undefined {
	if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
		return error.code;
	}

	return undefined;
}

/** What can be said of anything that was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
