import {readdirSync, readFileSync} from 'node:fs';
import {join, posix} from 'node:path';

/** A source file: its path from the root of the checkout, and its text. */
export type Source = {readonly path: string; readonly text: string};

/** Lowest first. A folder may import itself and the floors below: never sideways, never up. */
const floors: readonly (readonly string[])[] = [
	['core'],
	['hosts', 'remote', 'samplers', 'checks', 'notifiers', 'history', 'journal', 'logs'],
	['config'],
	['engine'],
	['ui', 'report', 'web'],
	['commands'],
	['main.ts', 'version.ts'],
];

/** Static, for effect, `import type`, re-exports, and dynamic: all lazy code is reached through the last. */
const imports =
	/(?:^|[;}])\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\s*\(\s*['"`]([^'"`]+)['"`]/gm;

/** Every module that a file names, and whether only its types. */
export function importsOf({text}: Source): readonly {readonly module: string; readonly isType: boolean}[] {
	return [...text.matchAll(imports)].map(([, type, fixed, dynamic]) => ({
		module: fixed ?? dynamic ?? '',
		isType: type !== undefined,
	}));
}

/** What is wrong with the imports of a file, one sentence each. */
export function wrongImports(file: Source): readonly string[] {
	const from = folderOf(file.path);
	const own = floorOf(from);

	if (own < 0) {
		return [`${file.path}: '${from}' is a folder that has no floor`];
	}

	const relative = importsOf(file).filter(({module}) => module.startsWith('.'));
	const targets = relative.map(({module}) => posix.join(posix.dirname(file.path), module));
	return targets.filter(target => target.startsWith('src/')).flatMap(target => wrongImport(file.path, target));
}

function wrongImport(path: string, target: string): readonly string[] {
	const [from, to] = [folderOf(path), folderOf(target.replace(/\.js$/, '.ts'))];
	const [own, other] = [floorOf(from), floorOf(to)];

	if (other < 0) {
		return [`${path}: imports '${to}', a folder that has no floor`];
	}

	if (from === to || other < own) {
		return [];
	}

	// The two files of the top floor are no folder: main may ask version.
	if (path === 'src/main.ts' && to === 'version.ts') {
		return [];
	}

	return [`${path}: imports ${other > own ? 'up' : 'sideways'} to '${to}'`];
}

/** `ui` of `src/ui/screen/cells.ts`; a file directly in src is its own. */
function folderOf(path: string): string {
	return path.split('/')[1] ?? '';
}

function floorOf(folder: string): number {
	return floors.findIndex(floor => floor.includes(folder));
}

/** Every TypeScript file below `src`. */
export function sourceFiles(): readonly Source[] {
	return readdirSync('src', {recursive: true, encoding: 'utf8'})
		.filter(name => /\.tsx?$/.test(name))
		.toSorted()
		.map(name => ({path: posix.join('src', name), text: readFileSync(join('src', name), 'utf8')}));
}

/** The text without comments and strings, so that a rule about code is not about words. */
export function codeOnly(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*|'(?:\\.|[^'\\\n])*'/g, match =>
		match.startsWith("'") ? "''" : '',
	);
}
