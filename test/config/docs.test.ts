import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {loadKnown} from '../../src/commands/known.js';

import {formatDuration} from '../../src/config/format-duration.js';
import {type JsonSchema, jsonSchema, plainSchema} from '../../src/config/json-schema.js';
import {builtInRules} from '../../src/core/alerts/built-in-rules.js';
import type {RuleLevel} from '../../src/core/alerts/rule.js';
import {messageJson} from '../../src/notifiers/command-message.js';
import {message} from '../notifiers/messages.js';
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
		const inside = ['sampling', 'screen.keys', 'checks', 'builtinRules'].includes(path)
			? []
			: rowsOf(part as JsonSchema, `${path}.`);
		return key === '$schema' ? [] : [`| \`${path}\` | ${description} |`, ...inside];
	});
}

const commands = known.keys.map(({command, help, keys}) => [
	`\`${command}\``,
	help,
	keys.map(key => `\`${key}\``).join(' '),
]);

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
	[head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');

const plain = plainSchema(known);

const partAt = (path: readonly (string | number)[]): JsonSchema =>
	path.reduce<JsonSchema>((part, key) => {
		const inside = (typeof key === 'number' ? part.items : part.properties?.[key]) as JsonSchema;
		return inside.$ref === undefined ? inside : (plain.$defs?.[inside.$ref.replace('#/$defs/', '')] ?? {});
	}, plain);

const keyRows = (part: JsonSchema, isMeant = (_: string) => true) =>
	Object.entries(part.properties ?? {})
		.filter(([key]) => isMeant(key))
		.map(([key, inside]) => [`\`${key}\``, String((inside as JsonSchema).description)]);

const time = (ms: number) => (ms === 0 ? 'at once' : formatDuration(ms));

/** A level in words: `above 90, clear at 87, for 5m`. */
function levelText(level: RuleLevel | undefined): string {
	switch (level?.kind) {
		case undefined:
			return '';
		case 'above':
		case 'below': {
			const {kind, trigger, clear, guard} = level;
			const back = clear === trigger ? '' : `, clear at ${clear}`;
			const also = guard ? `, while \`${guard.series}\` is ${guard.kind} ${guard.trigger}` : '';
			return `${kind} ${trigger}${back}, ${time(level.for)}${also}`;
		}
		case 'rises':
			return `rises by ${level.by} in ${formatDuration(level.within)}`;
		case 'absent':
			return `absent for ${formatDuration(level.for)}`;
	}
}

const kindsOf = (key: string) => (partAt([key, 0]).oneOf ?? [partAt([key, 0])]) as readonly JsonSchema[];

/** Keys that every notifier has are in the table of each. */
const notifierTable = known.notifierTypes
	.map(({type, tells}, index) =>
		[
			`\`${type}\` ${tells}:`,
			table(
				['key', 'meaning'],
				keyRows(kindsOf('notify')[index] ?? {}, key => key !== 'type'),
			),
		].join('\n\n'),
	)
	.join('\n\n');

test('the tables of keys and commands are those of the code; `npx vitest run test/config/docs.test.ts -u` writes it', async () => {
	const tables = {
		keys: ['| key | meaning |', '| --- | --- |', ...rowsOf(jsonSchema(known))].join('\n'),
		commands: [
			'| command | does | keys |',
			'| --- | --- | --- |',
			...commands.map(row => `| ${row.join(' | ')} |`),
		].join('\n'),
		rules: table(
			['key', 'meaning'],
			[
				...keyRows(partAt(['rules', 0])),
				...keyRows(partAt(['rules', 0, 'when'])).map(([key = '', text = '']) => [key.replace('`', '`when.'), text]),
			],
		),
		levels: table(['key', 'meaning'], keyRows(partAt(['rules', 0, 'warning']))),
		'built-in': table(
			['name', 'series', 'warning', 'critical', 'well for'],
			builtInRules.map(({name, series, levels: {info, warning, critical}, keepFiringFor}) => [
				name,
				`\`${series}\``,
				info ? `as information: ${levelText(info)}` : levelText(warning),
				levelText(critical),
				keepFiringFor === 0 ? '' : formatDuration(keepFiringFor),
			]),
		),
		notify: notifierTable,
		message: ['```json', JSON.stringify(JSON.parse(messageJson(message)), null, 2), '```'].join('\n'),
	};
	const written = Object.entries(tables).reduce(
		(all, [name, table]) =>
			all.replace(
				new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
				(_, open: string, close: string) => `${open}${table}\n${close}`,
			),
		text,
	);

	for (const part of Object.values(tables)) {
		expect(written).toContain(part);
		expect(part).not.toContain('undefined');
	}

	await expect(written).toMatchFileSnapshot('../../docs/configuration.md');
});

test('the examples are good ones', async () => {
	const [first = '', rules = '', ...others] = blocks('jsonc');
	expect(others).toEqual([]);
	expect((await parse(first, {known})).config.history.series).toEqual(['network.received:eth0', 'disk.free']);
	expect((await parse(rules, {known})).config.rules.map(({name}) => name)).toEqual([
		'Disk filling',
		'Files by the thousand',
		'Orders stand still',
		'Killed for memory',
	]);
});

test('the mistakes are told as they stand there', async () => {
	const mistakes = '{\n"every": "2m",\n"interface": {},\n"log": {},\n"log": {}\n}';
	expect(blocks('')).toEqual([`healthtop: ${await refusal(() => parse(mistakes, {known}))}\n`]);
});
