import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {checkTypes} from '../../src/checks/index.js';
import {loadKnown} from '../../src/commands/known.js';
import {type JsonSchema, plainSchema} from '../../src/config/json-schema.js';
import {baseOf} from '../../src/core/series.js';
import {seriesTable} from '../../src/core/series-table.js';
import {parse} from '../config/given.js';

const known = await loadKnown();
const text = readFileSync('docs/checks.md', 'utf8');
const list = plainSchema(known).properties?.['checks'] as {readonly items: {readonly oneOf: readonly JsonSchema[]}};
const kinds = list.items.oneOf;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}

/** Keys that all have, but for those that each has its own description of. */
const ofEach = ['type', 'levels'];
const commonKeys = Object.keys(kinds[0]?.properties ?? {}).filter(key =>
	kinds.every(kind => key in (kind.properties ?? {}) && !checkTypes.some(({options}) => key in options.shape)),
);

function rowsOf({properties = {}}: JsonSchema, isMeant: (key: string) => boolean, above = ''): readonly string[][] {
	return Object.entries(properties)
		.filter(([key]) => above !== '' || isMeant(key))
		.flatMap(([key, part]) => {
			const {description, properties: inside} = part as JsonSchema;
			const row = [`\`${above}${key}\``, String(description)];
			return [row, ...(inside && key !== 'levels' ? rowsOf(part as JsonSchema, isMeant, `${above}${key}.`) : [])];
		});
}

const sections: Readonly<Record<string, string>> = {
	types: table(
		['type', 'asks', 'placeholders', 'conditions, where none are configured'],
		checkTypes.map(({type, asks, placeholders, conditions}) => [
			`\`${type}\``,
			asks,
			placeholders.map(name => `\`[${name}]\``).join(' '),
			conditions({url: 'https://localhost/', insecure: false})
				.map(condition => `\`${typeof condition === 'string' ? condition : JSON.stringify(condition)}\``)
				.join(', ') || 'none: it judges by itself',
		]),
	),
	common: table(
		['key', 'meaning'],
		[
			...rowsOf(kinds[0] ?? {}, key => commonKeys.includes(key) && key !== 'type'),
			['`levels`', 'Nagios ranges that its numbers must be in: {"warning": "80", "critical": "95"}. Default: none.'],
		].filter(([key], index, all) => all.findIndex(([other]) => other === key) === index),
	),
	options: kinds
		.map((kind, index) => {
			const rows = rowsOf(kind, key => !commonKeys.includes(key) && !ofEach.includes(key));
			return [`### ${checkTypes[index]?.type}`, table(['key', 'meaning'], rows)].join('\n\n');
		})
		.join('\n\n'),
	measures: table(
		['type', 'measure', 'unit', 'meaning', 'series'],
		checkTypes.flatMap(({type, measures}) =>
			Object.entries(measures).map(([name, {unit, meaning, series}]) => [
				`\`${type}\``,
				`\`${name}\``,
				unit,
				meaning,
				series === undefined ? '' : `\`${series}:CHECK\``,
			]),
		),
	),
};

test('the tables are those of the code; `npx vitest run test/checks/docs.test.ts -u` writes them', async () => {
	const written = Object.entries(sections).reduce(
		(all, [name, content]) =>
			all.replace(
				new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
				(_, open: string, close: string) => `${open}${content}\n${close}`,
			),
		text,
	);

	for (const content of Object.values(sections)) {
		expect(written).toContain(content);
	}

	await expect(written).toMatchFileSnapshot('../../docs/checks.md');
});

test('everything has a meaning', () => {
	expect(sections['common']).not.toContain('undefined');
	expect(sections['options']).not.toContain('undefined');
});

test('the example is a good one', async () => {
	const example = /```jsonc\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
	const {config} = await parse(example, {known, env: {DB_PASSWORD: 'x'}});
	expect(config.checks.map(({name}) => name)).toEqual(['orders-db', 'shop', 'workers', 'backup', 'mailq']);
});

test('series of measures are among all series', () => {
	const names = seriesTable.map(({name}) => baseOf(name));
	const used = checkTypes.flatMap(({measures}) => Object.values(measures).flatMap(({series}) => series ?? []));
	expect(used.filter(name => !names.includes(name))).toEqual([]);
});
