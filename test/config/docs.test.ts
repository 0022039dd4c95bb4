import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {type JsonSchema, jsonSchema} from '../../src/config/json-schema.js';
import {samplers as real} from '../../src/samplers/index.js';
import {parse, refusal} from './given.js';

const samplers = real.map(({name}) => name);
const text = readFileSync('docs/configuration.md', 'utf8');

/** What stands in the blocks of this kind. */
const blocks = (wanted: string) =>
	[...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, kind, block]) =>
		kind === wanted ? [block ?? ''] : [],
	);

/** A row for each key, those inside it behind it; of samplers only what they have in common. */
function rowsOf({properties = {}}: JsonSchema, above = ''): readonly string[] {
	return Object.entries(properties).flatMap(([key, part]) => {
		const path = `${above}${key}`;
		const {description} = part as JsonSchema;
		const inside = path === 'sampling' ? [] : rowsOf(part as JsonSchema, `${path}.`);
		return key === '$schema' ? [] : [`| \`${path}\` | ${description} |`, ...inside];
	});
}

test('the table of keys is that of the code; `npx vitest run test/config/docs.test.ts -u` writes it', async () => {
	const table = ['| key | meaning |', '| --- | --- |', ...rowsOf(jsonSchema(samplers))].join('\n');
	const written = text.replace(/(<!-- keys -->\n)[\s\S]*?(<!-- \/keys -->)/, `$1${table}\n$2`);
	expect(written).toContain(table);
	await expect(written).toMatchFileSnapshot('../../docs/configuration.md');
});

test('the example is a good one', () => {
	const examples = blocks('jsonc');
	expect(examples).toHaveLength(1);

	for (const example of examples) {
		expect(parse(example, {samplers}).config.history.series).toEqual(['network.received:eth0', 'disk.free']);
	}
});

test('the mistakes are told as they stand there', async () => {
	const mistakes = '{\n"every": "2m",\n"interface": {},\n"log": {},\n"log": {}\n}';
	expect(blocks('')).toEqual([`healthtop: ${await refusal(() => parse(mistakes, {samplers}))}\n`]);
});
