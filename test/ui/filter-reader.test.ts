import {expect, test} from 'vitest';
import {matches} from '../../src/core/query-match.js';
import type {Process} from '../../src/core/snapshot.js';
import {FilterReader} from '../../src/ui/filter-reader.js';
import {aSnapshot} from '../helpers/scene.js';

const {processes} = aSnapshot();
const [busy, idle] = [processes[0], processes[30]] as [Process, Process];
const context = {memoryTotalBytes: undefined, now: 0};

/** Which of a busy and an idle process are left once this much has been typed, letter by letter. */
function leaves(text: string, isTyped = true): readonly string[] {
	const reader = new FilterReader(
		() => new Promise(() => {}),
		() => {},
	);

	for (let length = 1; length <= text.length; length++) {
		reader.show({text: text.slice(0, length), before: isTyped ? '' : undefined});
	}

	const {query} = reader.current;
	const rows = {busy, idle};
	return Object.entries(rows).flatMap(([name, row]) => (!query || matches(query, row, context) ? [name] : []));
}

test.each([
	['cpu>5', ['busy']],
	['cpu>5 ', ['busy']],
	['cpu>5 a', ['busy']],
	['cpu>5 an', ['busy']],
	['cpu>5 and', ['busy']],
	['cpu>5 and ', ['busy']],
	['cpu>5 and n', ['busy']],
	['cpu>5 and not', ['busy']],
	['cpu>5 and not cpu>5', []],
	['cpu>5 o', ['busy']],
	['cpu>5 or ', ['busy']],
	['cpu>5 or cpu<5', ['busy', 'idle']],
	['cpu>', ['busy', 'idle']],
])('while %j is typed, %j are left', (text, left) => {
	expect(leaves(text)).toEqual(left);
});

test('once it is kept, a word is a word', () => {
	expect(leaves('cpu>5 an', false)).toEqual([]);
});
