import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {checkTypes} from '../src/checks/index.js';
import {configSchema} from '../src/config/schema.js';
import {seriesTable} from '../src/core/series-table.js';
import {bindings, keysLabel} from '../src/ui/keys-table.js';

/** What stands between two marks of README is made from the code; `npx vitest run test/docs.test.ts -u` writes it. */
const sections: Readonly<Record<string, string>> = {
	frame: ['```', readFileSync('test/golden/screen-services-80x24.txt', 'utf8').trimEnd(), '```'].join('\n'),
	keys: table(
		['key', 'does'],
		bindings.map(binding => [
			keysLabel(binding)
				.split(' ')
				.map(key => `\`${key}\``)
				.join(' '),
			binding.help,
		]),
	),
	checks: table(
		['type', 'asks'],
		checkTypes.map(({type, asks}) => [`\`${type}\``, asks]),
	),
	series: table(
		['series', 'unit', 'meaning', 'from'],
		seriesTable.map(({name, unit, meaning, source}) => [`\`${name}\``, unit, meaning, source]),
	),
};

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}

test('the tables and the picture of README are those of the code', async () => {
	const readme = Object.entries(sections).reduce(
		(text, [name, content]) =>
			text.replace(
				new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
				(_, open: string, close: string) => `${open}${content}\n${close}`,
			),
		readFileSync('README.md', 'utf8'),
	);
	await expect(readme).toMatchFileSnapshot('../README.md');
});

test('README names every key of the configuration', () => {
	const keys = Object.keys(configSchema({samplers: [], keys: [], checkTypes: [], notifierTypes: []}).shape).filter(
		key => key !== '$schema',
	);
	const readme = readFileSync('README.md', 'utf8');
	expect(keys.filter(key => !readme.includes(`| \`${key}\` |`))).toEqual([]);
});

test('README has both lines that a fresh clone is tried with', () => {
	const readme = readFileSync('README.md', 'utf8');
	expect(readme).toContain('npm ci && npm start');
	expect(readme).toContain('npm ci && npm test');
});
