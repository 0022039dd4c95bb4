import {chmodSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import * as esbuild from 'esbuild';

const developmentOnly = /^react-devtools-core$|\/devtools\.js$/;

/** Ink loads React's developer tools when asked to by the environment; a monitor never does, and they are a megabyte. */
const withoutDeveloperTools = {
	name: 'without-developer-tools',
	/** @param {esbuild.PluginBuild} build */
	setup(build) {
		build.onResolve({filter: developmentOnly}, ({path}) => ({path, namespace: 'empty'}));
		build.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
	},
};

/**
 * One bundle with lazy chunks: what a command does not need is a chunk that it does not load.
 * @param {Record<string, string>} entryPoints name of the output -> source
 * @param {string} outdir
 */
export async function build(entryPoints, outdir) {
	rmSync(outdir, {recursive: true, force: true});
	await esbuild.build({
		entryPoints,
		outdir,
		bundle: true,
		splitting: true,
		chunkNames: 'chunks/[name]-[hash]',
		platform: 'node',
		format: 'esm',
		target: 'node20',
		minify: true,
		keepNames: false,
		legalComments: 'none',
		mainFields: ['module', 'main'],
		// React's development build costs twice the CPU and grows.
		define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
		// Some packages inside the bundle still call require().
		banner: {
			js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
		},
		plugins: [withoutDeveloperTools],
		logLevel: 'warning',
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await build({main: 'src/main.ts'}, 'dist');
	chmodSync('dist/main.js', 0o755);
}
