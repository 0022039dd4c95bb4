import {existsSync} from 'node:fs';
import {resolve} from 'node:path';

const bundle = resolve('dist/main.js');

/** Arguments for node that run the built program. `npm test` builds before it tests. */
export function healthtop(...args: readonly string[]): [string, ...string[]] {
	if (!existsSync(bundle)) {
		throw new Error("dist/main.js is missing: run 'npm run build' first");
	}

	return [bundle, ...args];
}
