import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished, test} from 'vitest';

/** A file system of 64 KiB in memory, mounted with these options besides; undefined where we may not mount. */
function mount(options: string): string | undefined {
	const path = mkdtempSync(join(tmpdir(), 'healthtop-disk-'));
	const {status} = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=64k,${options}`, 'tmpfs', path]);

	if (status === 0) {
		return path;
	}

	rmdirSync(path);
	return undefined;
}

function unmount(path: string): void {
	spawnSync('umount', ['-l', path]);
	rmdirSync(path);
}

function canMount(): boolean {
	const path = mount('rw');

	if (path !== undefined) {
		unmount(path);
	}

	return path !== undefined;
}

const isPossible = canMount();

/** `test` on a disk of its own, mounted with `options` (`rw`, `ro`): skipped by name where we may not mount one. */
export function testOnDisk(options: string, name: string, run: (path: string) => Promise<void>): void {
	if (!isPossible && process.env['HEALTHTOP_REQUIRE_SERVICES'] !== '1') {
		test.skip(`${name} (needs to be allowed to mount)`, () => {});
		return;
	}

	test(name, async () => {
		const path = mount(options);

		if (path === undefined) {
			throw new Error('tests must be allowed to mount on this machine');
		}

		onTestFinished(() => unmount(path));
		await run(path);
	});
}
