import {accessSync, constants, readFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {test} from 'vitest';

type Tester = (name: string, run: () => Promise<void> | void, timeout?: number) => void;

/**
 * `test` for what needs programs that not every machine has: skipped by name where one is missing, and failing there when
 * HEALTHTOP_REQUIRE_SERVICES is 1.
 */
export function testWith(...programs: readonly string[]): Tester {
	const missing = programs.filter(program => !isThere(program));

	return (name, run, timeout) => {
		if (missing.length === 0) {
			test(name, run, timeout);
		} else if (process.env['HEALTHTOP_REQUIRE_SERVICES'] === '1') {
			test(name, () => {
				throw new Error(`${missing.join(', ')} must be on this machine`);
			});
		} else {
			test.skip(`${name} (needs ${missing.join(', ')})`, run);
		}
	};
}

/** The same for what only root may do (mounts, other users' ids). Nothing that can be installed makes root of us: skipped by name. */
export function testAsRoot(...needed: readonly string[]): Tester {
	// A device is no program: containers often have none, whatever is installed.
	const devices = needed.filter(one => one.startsWith('/dev/') && !isThere(one));
	const lacks = mayMount() ? devices : ['the right to mount', ...devices];
	const programs = needed.filter(one => !one.startsWith('/dev/'));
	return lacks.length === 0
		? testWith(...programs)
		: (name, run) => test.skip(`${name} (needs ${lacks.join(', ')})`, run);
}

/** CAP_SYS_ADMIN (capabilities(7)), bit 21 of the effective ones: root in most containers has it not. */
function mayMount(): boolean {
	const effective = /^CapEff:\t([\da-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0';
	return ((BigInt(`0x${effective}`) >> 21n) & 1n) === 1n;
}

/** A program by its name, or anything by its path. */
function isThere(needed: string): boolean {
	const places = needed.startsWith('/')
		? [needed]
		: (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, needed));
	return places.some(place => {
		try {
			accessSync(place, needed.startsWith('/') ? constants.R_OK : constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}
