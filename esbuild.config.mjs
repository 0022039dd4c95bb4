import {chmodSync, readFileSync, rmSync} from 'node:fs';
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

/** Text for which one character is one segment: nearly all that a library ever gets from us. */
const plain = '/^[\\x1b\\x20-\\x7e\\u2500-\\u259f]*$/';

/** `new Intl.Segmenter(...)`, made when a text needs it. */
const lazySegmenter = `((...options) => {
	let segmenter;
	return {
		segment(text) {
			if (${plain}.test(text)) {
				const segments = Array.from(text, (segment, index) => ({segment, index, input: text}));
				return Object.assign(segments, {containing: (index = 0) => segments[index]});
			}

			segmenter ??= new Intl.Segmenter(...options);
			return segmenter.segment(text);
		},
	};
})`;

/** A regular expression, compiled when it is first used. */
const lazyPattern = `(compile => {
	let pattern;
	const get = () => (pattern ??= compile());
	return {
		test: text => get().test(text),
		[Symbol.search]: text => get()[Symbol.search](text),
		[Symbol.match]: text => get()[Symbol.match](text),
		[Symbol.replace]: (text, by) => get()[Symbol.replace](text, by),
	};
})`;

/**
 * What libraries do while they are loaded, put off until it is needed: half of the time from start to first paint.
 * - Yoga fetches its WebAssembly from a data: URL, and with that the first `fetch` loads the whole HTTP client of Node;
 *   without `fetch` it decodes the same bytes by itself.
 * - Ink asks for the current directory, to shorten the traces that we never let it show; a deleted one would end us.
 * - Three libraries make an Intl.Segmenter each, and compile regular expressions with large Unicode classes.
 * @type {readonly {files: RegExp, put: (source: string) => string}[]}
 */
const putOff = [
	{
		files: /(?:ErrorOverview|stack-utils[\\/]index)\.js$/,
		put: source => source.replace(/(?:process\.)?\bcwd\(\)/g, "'/'"),
	},
	{
		files: /yoga-wasm-base64-esm\.js$/,
		put: source => `const fetch = undefined;\n${source}`,
	},
	{
		files: /(?:string-width[\\/]index|ansi-tokenize[\\/]build[\\/]tokenize|slice-ansi[\\/]tokenize-ansi)\.js$/,
		put: source =>
			source
				.replace(/new Intl\.Segmenter\((.*?)\);/, `${lazySegmenter}($1);`)
				// Borders, too, are one column each.
				.replace('/^[\\u0020-\\u007E]*$/.test(string)', `${plain}.test(string)`)
				.replace(/^const (\w+) = (\/.+\/[gimsuvy]*);$/gm, `const $1 = ${lazyPattern}(() => $2);`),
	},
];

/**
 * What libraries print on the terminal, over the screen.
 * @type {readonly {files: RegExp, put: (source: string) => string}[]}
 */
const silenced = [
	{
		files: /mysql2[\\/]lib[\\/]packets[\\/]packet\.js$/,
		put: source => source.replace('console.trace();', ''),
	},
];

const mendedLibraries = {
	name: 'mended-libraries',
	/** @param {esbuild.PluginBuild} build */
	setup(build) {
		for (const {files, put} of [...putOff, ...silenced]) {
			build.onLoad({filter: files}, ({path}) => {
				const source = readFileSync(path, 'utf8');
				const contents = put(source);

				if (contents === source) {
					throw new Error(`${path} has changed: what was to be mended is not in it`);
				}

				return {contents, loader: 'js'};
			});
		}
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
		plugins: [withoutDeveloperTools, mendedLibraries],
		logLevel: 'warning',
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await build({main: 'src/main.ts'}, 'dist');
	chmodSync('dist/main.js', 0o755);
}
