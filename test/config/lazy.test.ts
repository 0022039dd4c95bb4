import {readFileSync} from 'node:fs';
import {posix} from 'node:path';
import {expect, test} from 'vitest';

/** Modules that a file cannot be loaded without; not those that it imports when it needs them, nor only types. */
function neededBy(file: string): readonly string[] {
	const text = readFileSync(file, 'utf8');
	return [...text.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?'([^']+)';/gm)].map(([, module = '']) =>
		module.startsWith('.') ? posix.join(posix.dirname(file), module.replace(/\.js$/, '.ts')) : module,
	);
}

function allNeededBy(file: string, known = new Set<string>()): ReadonlySet<string> {
	for (const module of neededBy(file)) {
		if (!known.has(module)) {
			known.add(module);

			if (module.startsWith('src/')) {
				allNeededBy(module, known);
			}
		}
	}

	return known;
}

test('a start without a file loads neither the checker nor the parser', () => {
	const needed = allNeededBy('src/config/load-config.ts');
	expect(needed).toContain('src/config/trust.ts');
	expect([...needed].filter(module => /^(?:zod|jsonc-parser)/.test(module))).toEqual([]);
	expect(allNeededBy('src/config/parse-config.ts')).toContain('zod');
	expect(allNeededBy('src/config/parse-config.ts')).toContain('jsonc-parser');
});
