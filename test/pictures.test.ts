import {readdirSync, readFileSync, statSync} from 'node:fs';
import {expect, test} from 'vitest';
import {workers} from '../bench/picture/processes.mjs';

/** What a picture may be made of: nothing that is run, fetched, or follows a link. */
const allowed = ['g', 'path', 'rect', 'svg', 'text', 'title'];

const largest = 150_000;

const recorded = 'test/fixtures/trees/web-01/before/proc';

type Element = {readonly name: string; readonly attributes: string; text: string};

/** The elements of a well-formed document; throws at the first thing that is not. Attributes and texts as they are written. */
function elementsOf(xml: string): readonly Element[] {
	const token = /<(\/?)([a-z]+)((?: [A-Za-z-]+="[^"<&]*")*)(\/?)>|((?:[^<>&]|&(?:amp|lt|gt|quot);)+)/y;
	const document: Element = {name: 'document', attributes: '', text: ''};
	const elements: Element[] = [];
	const open = [document];
	let roots = 0;

	while (token.lastIndex < xml.length) {
		const at = token.lastIndex;
		const [, isEnd, name, attributes = '', isEmpty, text] = token.exec(xml) ?? [];
		const inside = open.at(-1) ?? document;

		if (text !== undefined) {
			inside.text += text;
		} else if (isEnd && name === inside.name) {
			open.pop();
		} else if (!isEnd && name !== undefined) {
			const element = {name, attributes, text: ''};
			roots += inside === document ? 1 : 0;
			elements.push(element);
			open.push(...(isEmpty ? [] : [element]));
		} else {
			throw new Error(`not well-formed: '${xml.slice(at, at + 40)}'`);
		}
	}

	if (open.length !== 1 || roots !== 1 || document.text.trim() !== '') {
		throw new Error(`${roots} roots, '${open.at(-1)?.name}' without an end, '${document.text.trim()}' outside`);
	}

	return elements;
}

/** Pieces of text from left to right, by row. */
function rowsOf(elements: readonly Element[]) {
	const number = ({attributes}: Element, name: string) =>
		Number(new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1]);
	const pieces = elements
		.filter(({name}) => name === 'text')
		.map(element => ({x: number(element, 'x'), y: number(element, 'y'), text: element.text}))
		.sort((a, b) => a.y - b.y || a.x - b.x);
	return [...new Set(pieces.map(({y}) => y))].map(row => pieces.filter(({y}) => y === row));
}

/** Every command line of the machine that is made up. */
const commands = [
	...workers.map(({name, command}) => command || `[${name}]`),
	...readdirSync(recorded)
		.filter(name => /^\d+$/.test(name))
		.map(pid => readFileSync(`${recorded}/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim())
		.filter(command => command !== ''),
];

const files = [...readFileSync('README.md', 'utf8').matchAll(/!\[[^\]]+\]\((docs\/[^)]+)\)/g)].map(
	([, file]) => `${file}`,
);

test('README shows the pictures that `npm run picture` draws', () => {
	expect(files).toEqual(['docs/screen.svg', 'docs/screen-cpu.svg']);
});

test.each(files)('%s is a small, well-formed drawing and nothing else', file => {
	const elements = elementsOf(readFileSync(file, 'utf8'));
	expect(elements.filter(({name}) => !allowed.includes(name))).toEqual([]);
	expect(elements.filter(({attributes}) => /\b(on[a-z]+|href|src|style)=|url\(/.test(attributes))).toEqual([]);
	expect(elements.filter(({name}) => name === 'text').length).toBeGreaterThan(50);
	expect(statSync(file).size).toBeLessThan(largest);
});

test.each(files)('%s shows the machine that is made up, and nothing of another one', file => {
	const rows = rowsOf(elementsOf(readFileSync(file, 'utf8')));
	const head = rows.findIndex(row => row.some(({text}) => text.endsWith('COMMAND')));
	const shown = rows.slice(head + 1, -1).map(row => row.at(-1)?.text.replace(/…$/, '') ?? '');
	expect(rows[0]?.[0]?.text).toBe('web-01');
	expect(shown.length).toBeGreaterThan(3);
	expect(shown.filter(text => !commands.some(command => command.startsWith(text) || text.endsWith(command)))).toEqual(
		[],
	);
});

test.each([
	['an end without a beginning', '<svg></g></svg>'],
	['no end', '<svg><g></svg>'],
	['a bare ampersand', '<svg><text>a & b</text></svg>'],
	['two roots', '<svg></svg><svg></svg>'],
	['an attribute without quotes', '<svg width=1></svg>'],
])('%s is not well-formed', (_, xml) => {
	expect(() => elementsOf(xml)).toThrow();
});
