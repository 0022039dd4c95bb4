import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';
import {test} from 'vitest';

/**
 * `test` for what needs programs that not every machine has: skipped by name where one is missing, and failing there when
 * HEALTHTOP_REQUIRE_SERVICES is 1.
 */
export function testWith(...programs: readonly string[]): (name: string, run: () => Promise<void> | void) => void {
	const missing = programs.filter(program => !isThere(program));

	return (name, run) => {
		if (missing.length === 0) {
			test(name, run);
		} else if (process.env['HEALTHTOP_REQUIRE_SERVICES'] === '1') {
			test(name, () => {
				throw new Error(`${missing.join(', ')} must be on this machine`);
			});
		} else {
			test.skip(`${name} (needs ${missing.join(', ')})`, run);
		}
	};
}

function isThere(program: string): boolean {
	return (process.env['PATH'] ?? '').split(delimiter).some(folder => {
		try {
			accessSync(join(folder, program), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}
