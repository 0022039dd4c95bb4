import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';

/** A real directory that goes when the test has ended. */
export function folder(): string {
	const path = mkdtempSync(join(tmpdir(), 'healthtop-test-'));
	onTestFinished(() => rmSync(path, {recursive: true, force: true}));
	return path;
}
