import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {atEnd} from './ending.mjs';
import {writeReport} from './markdown.mjs';
import {environmentIn} from './tools.mjs';
import {UserError} from './user-error.mjs';

/** What every bench begins and ends with. @import {ParseArgsConfig} from 'node:util' */

/** A folder that is gone when this process ends, and the environment of all programs that are measured, whose home it is. */
export function workplace() {
	const home = mkdtempSync(join(os.tmpdir(), 'healthtop-bench-'));
	// Who was just killed may still be writing.
	atEnd(() => rmSync(home, {recursive: true, force: true, maxRetries: 10, retryDelay: 50}));
	return {home, env: environmentIn(home)};
}

/**
 * The values of a command line.
 *
 * @template {NonNullable<ParseArgsConfig['options']>} T
 * @param {readonly string[]} args
 * @param {T} options
 */
export function valuesOf(args, options) {
	try {
		return parseArgs({args: [...args], options}).values;
	} catch (error) {
		// Whatever parseArgs throws is about the arguments.
		throw new UserError(error instanceof Error ? error.message : String(error), {cause: error});
	}
}

/**
 * Prints what was found, and puts it where it was asked for.
 *
 * @param {string} name of the bench, as it stands in the marks
 * @param {{readonly json: boolean, readonly strict: boolean, readonly out?: string | undefined}} options
 * @param {{readonly report: string, readonly figures: object, readonly isKept: boolean}} found
 */
export function publish(name, {json, strict, out}, {report, figures, isKept}) {
	console.log(json ? JSON.stringify(figures, undefined, '\t') : report);

	if (out !== undefined) {
		writeReport(out, name, report);
	}

	if (strict && !isKept) {
		process.exitCode = 1;
	}
}

/**
 * Runs a bench with the arguments of this process; a mistake in them is said without a stack.
 *
 * @param {(args: readonly string[]) => Promise<void>} main
 */
export async function runBench(main) {
	try {
		await main(process.argv.slice(2));
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		console.error(error.message);
		process.exitCode = 1;
	}
}
