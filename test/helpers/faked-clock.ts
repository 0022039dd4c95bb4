import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {folder} from './folder.js';

/** What must be on the machine for it. */
export const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

/** An environment whose wall clock stands by a file, and what sets it. */
export function setClock() {
	const file = join(folder(), 'offset');
	const set = (offset: string) => writeFileSync(file, `${offset}\n`);
	set('+0');
	const env = {
		LD_PRELOAD: library,
		FAKETIME_TIMESTAMP_FILE: file,
		FAKETIME_NO_CACHE: '1',
		FAKETIME_DONT_FAKE_MONOTONIC: '1',
	};
	return {env, set};
}
