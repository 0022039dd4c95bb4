import {join} from 'node:path';
import {build} from 'esbuild';

/**
 * A TypeScript file, and all that it imports, as one file that Node runs.
 *
 * @param {string} file
 * @param {string} directory where the one file is put
 */
export async function bundled(file, directory) {
	const outfile = join(directory, 'child.mjs');
	await build({entryPoints: [file], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error'});
	return outfile;
}
