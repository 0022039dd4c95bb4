import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished, test} from 'vitest';

/** Mounts a file system of 64 KiB in memory with these options besides; false where we may not. */
function isMounted(path: string, options: string): boolean {
	return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=64k,${options}`, 'tmpfs', path]).status === 0;
}

function unmount(path: string): void {
	spawnSync('umount', ['-l', path]);
}

function canMount(): boolean {
	const path = mkdtempSync(join(tmpdir(), 'healthtop-disk-'));
	const can = isMounted(path, 'rw');

	if (can) {
		unmount(path);
	}

	rmSync(path, {recursive: true, force: true});
	return can;
}

const isPossible = canMount();

/** `test` on a disk of its own, mounted with `options` (`rw`, `ro`): skipped by name where we may not mount one. */
export function testOnDisk(options: string, name: string, run: (path: string) => Promise<void>): void {
	if (!isPossible && process.env['HEALTHTOP_REQUIRE_SERVICES'] !== '1') {
		test.skip(`${name} (needs to be allowed to mount)`, () => {});
		return;
	}

	test(name, () => run(smallDisk(options)));
}

/** A disk of its own, mounted with `options` somewhere, or below a directory there that is called `name`; unmounted when the test has ended. */
export function smallDisk(options = 'rw', name?: string): string {
	const place = mkdtempSync(join(tmpdir(), 'healthtop-disk-'));
	const path = name === undefined ? place : join(place, name);
	mkdirSync(path, {recursive: true});

	if (!isMounted(path, options)) {
		throw new Error('tests must be allowed to mount on this machine');
	}

	onTestFinished(() => {
		unmount(path);
		rmSync(place, {recursive: true, force: true});
	});
	return path;
}
