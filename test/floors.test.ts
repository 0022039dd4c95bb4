import {describe, expect, test} from 'vitest';
import {codeOnly, importsOf, type Source, sourceFiles, wrongImports} from './helpers/floors.js';

const files = sourceFiles();
const at = (path: string, text: string): Source => ({path, text});

/** Every line of code that matches, in files where it must not stand. */
function found(pattern: RegExp, isForbidden: (path: string) => boolean, clean = codeOnly): readonly string[] {
	return files
		.filter(({path}) => isForbidden(path))
		.flatMap(({path, text}) =>
			clean(text)
				.split('\n')
				.filter(line => pattern.test(line))
				.map(line => `${path}: ${line.trim()}`),
		);
}

/** Modules imported from outside by files of a folder, with what they are for. */
function outside(folder: string) {
	return files
		.filter(({path}) => path.startsWith(folder))
		.flatMap(file => importsOf(file).map(one => ({path: file.path, ...one})))
		.filter(({module}) => !module.startsWith('.'));
}

test('all of src is seen', () => {
	expect(files.length).toBeGreaterThan(60);
	expect(files.flatMap(file => importsOf(file)).length).toBeGreaterThan(200);
});

test('imports go down', () => {
	expect(files.flatMap(file => wrongImports(file))).toEqual([]);
});

const bad: Record<string, [file: Source, problem: string]> = {
	up: [at('src/core/a.ts', "import {x} from '../ui/x.js';"), "src/core/a.ts: imports up to 'ui'"],
	sideways: [
		at('src/hosts/a.ts', "import {x} from '../history/x.js';"),
		"src/hosts/a.ts: imports sideways to 'history'",
	],
	'sideways, only a type': [
		at('src/report/a.ts', "import type {Area} from '../ui/area.js';"),
		"src/report/a.ts: imports sideways to 'ui'",
	],
	'up, when it is needed': [
		at('src/engine/a.ts', "\tconst {x} = await import('../commands/x.js');"),
		"src/engine/a.ts: imports up to 'commands'",
	],
	'up, over several lines': [
		at('src/config/a.ts', "import {\n\tx,\n\ty,\n} from '../engine/x.js';"),
		"src/config/a.ts: imports up to 'engine'",
	],
	'up, handed on': [
		at('src/core/a.ts', "export {x} from '../history/x.js';"),
		"src/core/a.ts: imports up to 'history'",
	],
	'up, for its effect': [at('src/core/a.ts', "import '../web/x.js';"), "src/core/a.ts: imports up to 'web'"],
	'to the top': [
		at('src/commands/a.ts', "import {version} from '../version.js';"),
		"src/commands/a.ts: imports up to 'version.ts'",
	],
	'sideways at the top': [at('src/version.ts', "import './main.js';"), "src/version.ts: imports sideways to 'main.ts'"],
	'an unknown folder': [at('src/utils/a.ts', ''), "src/utils/a.ts: 'utils' is a folder that has no floor"],
	'from an unknown folder': [
		at('src/ui/a.ts', "import {x} from '../utils/x.js';"),
		"src/ui/a.ts: imports 'utils', a folder that has no floor",
	],
};

describe('what the floors do not allow', () => {
	test.each(Object.entries(bad))('%s', (_, [file, problem]) => {
		expect(wrongImports(file)).toEqual([problem]);
	});
});

test.each([
	['src/engine/store.ts', "import {Rings} from '../history/rings.js';"],
	['src/ui/panels/cpu.ts', "import type {Area} from '../area.js';\nimport {x} from '../../core/x.js';"],
	['src/main.ts', "import {version} from './version.js';\nawait import('./commands/program.js');"],
	['src/version.ts', "import manifest from '../package.json' with {type: 'json'};"],
	['src/config/a.ts', "import * as z from 'zod';\nimport {read} from 'node:fs';"],
])('%s may write %j', (path, text) => {
	expect(wrongImports({path, text})).toEqual([]);
});

describe('core', () => {
	test('imports nothing from Node and, of npm, string-width and the types of zod', () => {
		expect(
			outside('src/core/').filter(({module, isType}) => module !== 'string-width' && !(module === 'zod' && isType)),
		).toEqual([]);
	});

	test('knows no clock and no process', () => {
		expect(found(/Date\.now|new Date\(\)|performance\.|\bprocess\./, path => path.startsWith('src/core/'))).toEqual([]);
	});
});

describe('ui', () => {
	test('imports nothing from Node', () => {
		expect(outside('src/ui/').filter(({module}) => module.startsWith('node:'))).toEqual([]);
	});

	test('meets Ink and React only where the document is made', () => {
		const isDocument = (path: string) =>
			path.startsWith('src/ui/components/') || path === 'src/ui/app.tsx' || path === 'src/ui/document.tsx';
		const users = outside('src/').filter(({module}) => /^(?:ink|react)(?:\/|$)/.test(module));
		expect(users.length).toBeGreaterThan(2);
		expect(users.filter(({path}) => !isDocument(path))).toEqual([]);
	});
});

test('only main ends the process and reads its arguments and its environment', () => {
	expect(found(/\bprocess\.(?:exit|argv|env)\b/, path => path !== 'src/main.ts')).toEqual([]);
});

test('only main makes timers', () => {
	expect(found(/\bset(?:Timeout|Interval)\s*\(/, path => path !== 'src/main.ts')).toEqual([]);
});

test('only core declares text safe', () => {
	expect(found(/\bas Safe\b|<Safe>\s*\(|as unknown as Safe/, path => !path.startsWith('src/core/'))).toEqual([]);
});

test('rules about code are not about words', () => {
	expect(codeOnly("a('as Safe'); // process.exit\n/* Date.now */ b('http://x')")).toBe("a(''); \n b('')");
});
