import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {loadKnown} from '../../src/commands/known.js';

import {type JsonSchema, jsonSchema} from '../../src/config/json-schema.js';
import {parse, refusal} from './given.js';

const known = await loadKnown();

const text = readFileSync('docs/configuration.md', 'utf8');

/** What stands in the blocks of this kind. */
const blocks = (wanted: string) =>
	[...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, kind, block]) =>
		kind === wanted ? [block ?? ''] : [],
	);

/** A row for each key, those inside it behind it but for samplers and commands, of which there are many. */
function rowsOf({properties = {}}: JsonSchema, above = ''): readonly string[] {
	return Object.entries(properties).flatMap(([key, part]) => {
		const path = `${above}${key}`;
		const {description} = part as JsonSchema;
		const inside = ['sampling', 'screen.keys', 'checks'].includes(path) ? [] : rowsOf(part as JsonSchema, `${path}.`);
		return key === '$schema' ? [] : [`| \`${path}\` | ${description} |`, ...inside];
	});
}

const commands = known.keys.map(({command, help, keys}) => [
	`\`${command}\``,
	help,
	keys.map(key => `\`${key}\``).join(' '),
]);

test('the tables of keys and commands are those of the code; `npx vitest run test/config/docs.test.ts -u` writes it', async () => {
	const tables = {
		keys: ['| key | meaning |', '| --- | --- |', ...rowsOf(jsonSchema(known))].join('\n'),
		commands: [
			'| command | does | keys |',
			'| --- | --- | --- |',
			...commands.map(row => `| ${row.join(' | ')} |`),
		].join('\n'),
	};
	const written = Object.entries(tables).reduce(
		(all, [name, table]) =>
			all.replace(
				new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
				(_, open: string, close: string) => `${open}${table}\n${close}`,
			),
		text,
	);
	expect(written).toContain(tables.keys);
	expect(written).toContain(tables.commands);
	await expect(written).toMatchFileSnapshot('../../docs/configuration.md');
});

test('the example is a good one', async () => {
	const examples = blocks('jsonc');
	expect(examples).toHaveLength(1);

	for (const example of examples) {
		expect((await parse(example, {known})).config.history.series).toEqual(['network.received:eth0', 'disk.free']);
	}
});

test('the mistakes are told as they stand there', async () => {
	const mistakes = '{\n"every": "2m",\n"interface": {},\n"log": {},\n"log": {}\n}';
	expect(blocks('')).toEqual([`healthtop: ${await refusal(() => parse(mistakes, {known}))}\n`]);
});
