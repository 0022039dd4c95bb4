import {spawn} from 'node:child_process';
import {atEnd} from '../ending.mjs';
import {isInstalled} from '../tools.mjs';

/**
 * The system's own tools: how they are called and how their output is read.
 *
 * @typedef {Readonly<Record<string, number>>} Row by the heading of the column
 * @typedef {ReadonlyMap<string, Row>} Table by what the row is about
 * @typedef {{readonly name: string, readonly args: readonly string[], readonly parse: (text: string) => Table}} Outside
 */

/** @param {string} line */
const words = line => line.trim().split(/\s+/);

/**
 * Rows under headings; each heading begins a table of its own, and what comes before the first one is left out. A row's
 * numbers are put to what an earlier table had of the same thing.
 *
 * @param {readonly string[]} lines
 * @param {string} key heading of the column that says what the row is about
 * @returns {Table}
 */
function tableOf(lines, key) {
	/** @type {Map<string, Row>} */
	const table = new Map();
	/** @type {readonly string[]} */
	let heads = [];

	for (const row of lines.map(words)) {
		if (row.includes(key)) {
			heads = row;
		} else if (heads.length > 0 && row.length >= heads.length) {
			const name = row[heads.indexOf(key)] ?? '';
			const numbers = heads.map((head, index) => [head, Number(row[index])]);
			table.set(name, {...table.get(name), ...Object.fromEntries(numbers)});
		}
	}

	return table;
}

/**
 * sysstat says the same twice when it was asked for one report; the averages are without a time, which has a form a locale.
 *
 * @param {string} key
 * @returns {(text: string) => Table}
 */
const averages = key => text =>
	tableOf(
		text.split('\n').filter(line => line.startsWith('Average:')),
		key,
	);

/** The second of two rows: the first is since boot. @param {string} text */
function parseVmstat(text) {
	const [, heads = '', , row = ''] = text.trim().split('\n');
	return tableOf([`what ${heads}`, `all ${row}`], 'what');
}

/** Rows `Mem:` and `Swap:`; the latter has fewer columns. @param {string} text */
function parseFree(text) {
	const [heads = '', ...rows] = text.trim().split('\n');
	return tableOf([`what ${heads}`, ...rows.map(row => `${row} 0 0 0 0 0`)], 'what');
}

/** Rows `123 K total memory`. @param {string} text */
function parseSums(text) {
	const rows = text.trim().split('\n').map(words);
	const entries = rows.map(([value, ...name]) => [name.join(' '), Number(value)]);
	return new Map([['all', Object.fromEntries(entries)]]);
}

/** The kernel's CurrEstab has those in CLOSE-WAIT, too (RFC 4022; Linux since 2024). @param {string} text */
function parseSockets(text) {
	const states = text
		.split('\n')
		.slice(1)
		.map(line => words(line)[0]);
	const count = (/** @type {string} */ wanted) => states.filter(state => state === wanted).length;
	return new Map([['all', {established: count('ESTAB') + count('CLOSE-WAIT'), listening: count('LISTEN')}]]);
}

/**
 * Those that look on for so many seconds.
 *
 * @param {number} seconds
 * @param {readonly number[]} pids
 * @returns {readonly Outside[]}
 */
export function watchers(seconds, pids) {
	const once = [String(seconds), '1'];
	return [
		{name: 'mpstat', args: ['-P', 'ALL', ...once], parse: averages('CPU')},
		{name: 'vmstat', args: ['-w', String(seconds), '2'], parse: parseVmstat},
		{name: 'iostat', args: ['-dxky', ...once], parse: text => tableOf(text.split('\n'), 'Device')},
		{name: 'pidstat', args: ['-u', '-r', '-p', pids.join(','), ...once], parse: averages('PID')},
		{name: 'sar', args: ['-n', 'DEV', ...once], parse: averages('IFACE')},
	];
}

/** Those that look once. @type {readonly Outside[]} */
export const lookers = [
	{name: 'free', args: ['-b', '-w'], parse: parseFree},
	{
		name: 'df',
		args: ['-B1', '--output=size,used,avail,itotal,iused,iavail,target'],
		// Headings of two words, one of which would be taken for a column.
		parse: text =>
			tableOf(
				text
					.replace(/Mounted on/, 'mount')
					.replace('1B-blocks', 'size')
					.split('\n'),
				'mount',
			),
	},
	{name: 'vmstat', args: ['-s'], parse: parseSums},
	{name: 'ss', args: ['-tan'], parse: parseSockets},
];

/** Of all of them, those that this machine does not have. */
export function missingTools() {
	const names = new Set([...watchers(1, []), ...lookers].map(({name}) => name));
	return [...names].filter(name => !isInstalled(name));
}

/**
 * Runs some at the same time. The answer has what each one said, by its name; one that failed or is missing said nothing.
 *
 * @param {readonly Outside[]} tools
 * @param {Readonly<Record<string, string>>} env
 * @returns {Promise<ReadonlyMap<string, Table>>}
 */
export async function runAll(tools, env) {
	const installed = tools.filter(({name}) => isInstalled(name));
	const outputs = await Promise.all(installed.map(({name, args}) => outputOf(name, args, env)));
	return new Map(installed.map(({name, parse}, index) => [name, parse(outputs[index]?.text ?? '')]));
}

/**
 * What a program writes, and when it ended (wall clock, ms). It is ended when we are.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} env
 * @param {(pid: number) => void} started
 * @returns {Promise<{text: string, code: number | null}>}
 */
export function outputOf(file, args, env, started = () => {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, {env, stdio: ['ignore', 'pipe', 'inherit']});
		const forget = atEnd(() => child.kill('SIGKILL'));
		let text = '';
		child.stdout.setEncoding('utf8').on('data', chunk => {
			text += chunk;
		});
		child.on('error', reject);
		child.on('close', code => {
			forget();
			resolve({text, code});
		});

		if (child.pid !== undefined) {
			started(child.pid);
		}
	});
}
