import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import * as z from 'zod';
import {email} from '../../src/notifiers/email.js';

type Schema = z.core.JSONSchema.JSONSchema;

function rowsOf({properties = {}}: Schema, above = ''): readonly string[] {
	return Object.entries(properties).flatMap(([key, part]) => {
		const {description, anyOf} = part as Schema;
		const inside = anyOf?.find(one => (one as Schema).type === 'object') as Schema | undefined;
		return [`| \`${above}${key}\` | ${description} |`, ...(inside ? rowsOf(inside, `${above}${key}.`) : [])];
	});
}

/** `npx vitest run test/notifiers/docs.test.ts -u` writes the table. */
test('the table of docs/notifiers.md is that of the code', async () => {
	const rows = ['| key | meaning |', '| --- | --- |', ...rowsOf(z.toJSONSchema(email.options, {io: 'input'}))];
	const text = readFileSync('docs/notifiers.md', 'utf8').replace(
		/(<!-- email -->\n)[\s\S]*?(<!-- \/email -->)/,
		(_, open: string, close: string) => `${open}${rows.join('\n')}\n${close}`,
	);
	expect(rows.length).toBeGreaterThan(10);
	await expect(text).toMatchFileSnapshot('../../docs/notifiers.md');
});
