import {markdownTable} from '../markdown.mjs';
import {loadTable} from './load-table.mjs';
import {exactly} from './reading.mjs';
import {boundText, number, verdictOn} from './verdict.mjs';

/**
 * @import {Load} from './load.mjs'
 * @import {Row, Snapshot} from './rows.mjs'
 * @import {Bound, Verdict} from './verdict.mjs'
 */

/** @param {number} value */
function signed(value) {
	const text = number(value);

	if (Number(text) === 0) {
		return '0';
	}

	return value > 0 ? `+${text}` : text;
}

/** @param {number | undefined} value */
const cellOf = value => (value === undefined || Number.isNaN(value) ? '-' : number(value));

/**
 * @param {Verdict | undefined} verdict
 * @param {number} right
 * @param {Bound} bound
 */
function differenceCell(verdict, right, {percent}) {
	if (!verdict || Number.isNaN(verdict.difference)) {
		return '-';
	}

	const {difference} = verdict;
	return percent !== undefined && right !== 0
		? `${signed((difference / Math.abs(right)) * 100)} %`
		: signed(difference);
}

/**
 * A row of the report and what it is judged to be.
 *
 * @param {Row} row
 */
export function judged({name, unit, value, kernel, bound, tools = []}) {
	const verdict = kernel === undefined || Number.isNaN(kernel.value) ? undefined : verdictOn(value, kernel, bound);
	const told = tools
		.filter(tool => tool.value !== undefined && !Number.isNaN(tool.value))
		.map(tool => ({
			...tool,
			verdict: verdictOn(value, exactly(tool.value ?? Number.NaN), tool.bound),
		}));
	return {name, unit, value, kernel, bound, verdict, tools: told};
}

/** @typedef {ReturnType<typeof judged>} Judged */

/**
 * Nothing to be seen: 0 or absent for all who were asked.
 *
 * @param {Judged} row
 */
export function isQuiet({value = 0, kernel, tools}) {
	return [value, kernel?.value ?? 0, ...tools.map(tool => tool.value ?? 0)].every(said => said === 0);
}

/** @param {readonly Judged[]} rows */
export function accuracyTable(rows) {
	const head = ['what', 'unit', 'healthtop', 'kernel', 'difference', 'bound', 'verdict'];
	return markdownTable([
		[...head, 'tool', 'says', 'difference', 'bound', 'verdict'],
		...rows.flatMap(({name, unit, value, kernel, bound, verdict, tools}) => {
			const own = [
				...[name, unit, cellOf(value), cellOf(kernel?.value), differenceCell(verdict, kernel?.value ?? 0, bound)],
				...[boundText(bound, unit), verdict?.words ?? '-'],
			];
			const others = tools.map(tool => [
				...[tool.name, cellOf(tool.value), differenceCell(tool.verdict, tool.value ?? 0, tool.bound)],
				...[boundText(tool.bound, unit), tool.verdict?.words ?? '-'],
			]);
			return (others.length > 0 ? others : [['', '', '', '', '']]).map((cells, index) => [
				...(index === 0 ? own : own.map(() => '')),
				...cells,
			]);
		}),
	]);
}

/**
 * What is out of its bound, a sentence each.
 *
 * @param {readonly Judged[]} rows
 */
export function brokenIn(rows) {
	return rows.flatMap(({name, verdict, tools}) => [
		...(verdict?.isKept === false ? [`${name}: ${verdict.words}, by the kernel's counters`] : []),
		...tools
			.filter(tool => tool.verdict?.isKept === false)
			.map(tool => `${name}: ${tool.verdict?.words}, by ${tool.name}`),
	]);
}

/** @param {string} name */
const baseOf = name => name.replace(/:.*/, '');

/**
 * `network.errors` of eth0 and lo in one.
 *
 * @param {readonly string[]} names
 */
function grouped(names) {
	const bases = [...new Set(names.map(baseOf))];
	return bases
		.map(base => {
			const instances = names.filter(name => name.startsWith(`${base}:`)).map(name => name.slice(base.length + 1));
			return instances.length === 0 ? `\`${base}\`` : `\`${base}\` of ${instances.join(' ')}`;
		})
		.join(', ');
}

/**
 * @typedef {{
 *   readonly rows: readonly Judged[],
 *   readonly load: Pick<Load, 'plan' | 'done'>,
 *   readonly device: string,
 *   readonly window: {readonly from: number, readonly to: number},
 *   readonly snapshot: Snapshot,
 * }} Result
 * @param {Result} result
 */
export function reportOn({rows, load, device, window, snapshot}) {
	const quiet = rows.filter(isQuiet).map(({name}) => name);
	const compared = new Set(rows.map(({name}) => baseOf(name)));
	const others = new Set(
		Object.keys(snapshot.series)
			.map(baseOf)
			.filter(base => !compared.has(base)),
	);
	const broken = brokenIn(rows);
	const list = (/** @type {readonly string[]} */ names) => names.map(name => `\`${name}\``).join(', ');
	const counted = rows.flatMap(({verdict, tools}) => [verdict, ...tools.map(tool => tool.verdict)]);

	return [
		loadTable(load, window, device, rows),
		accuracyTable(rows.filter(row => !isQuiet(row))),
		`0, or not there, for all who were asked: ${grouped(quiet)}.`,
		`Not compared: ${list([...others])}, and file systems that are on no disk.`,
		`${counted.filter(verdict => verdict !== undefined).length} comparisons, ${broken.length} out of bounds.`,
		...(broken.length > 0 ? [broken.map(line => `- ${line}`).join('\n')] : []),
	].join('\n\n');
}
