/**
 * Run as a program of its own: `node hog.mjs BYTES` takes so much memory, touches all of it, says so, and then touches a
 * byte of each page ten times a second, at lowered priority, so that there is `nice` time too. Ends with its standard input.
 */

import {setPriority} from 'node:os';

const pageBytes = 4096;

setPriority(10);

// Not zero: pages of zeros may be shared, or never made.
const memory = Buffer.alloc(Number(process.argv[2]), 1);
process.stdout.write('ready\n');

setInterval(() => {
	for (let index = 0; index < memory.length; index += pageBytes) {
		memory[index] = index;
	}
}, 100);

process.stdin.resume().on('close', () => process.exit());
