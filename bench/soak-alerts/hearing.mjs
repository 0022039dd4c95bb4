import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createReadStream, createWriteStream} from 'node:fs';
import {createInterface} from 'node:readline';
import {Writable} from 'node:stream';
import {atEnd, send} from '../ending.mjs';

/**
 * @import {Readable} from 'node:stream'
 * @import {Fault, Message, Span} from './judge.mjs'
 * @typedef {{
 *   readonly at: number, readonly heapUsed: number, readonly external: number, readonly journalBytes: number,
 *   readonly timers: number, readonly rows: number, readonly series: number, readonly incidents: number,
 *   readonly outgoing: number,
 * }} Sample
 * @typedef {{
 *   readonly ticks: number, readonly asked: number, readonly lost: number, readonly unkept: number,
 *   readonly compactions: number, readonly compactedBytes: number,
 * }} End
 * @typedef {Awaited<ReturnType<typeof hear>> & {readonly days: number}} Heard
 */

/**
 * What an engine says in its days.
 *
 * @param {Readable} lines
 * @param {(line: string) => void} onLine
 */
export async function hear(lines, onLine = () => {}) {
	const heard = {
		faults: /** @type {Fault[]} */ ([]),
		outages: /** @type {Span[]} */ ([]),
		restarts: /** @type {(Span & {readonly isKill: boolean})[]} */ ([]),
		chances: /** @type {(Span & {readonly title: string})[]} */ ([]),
		messages: /** @type {Message[]} */ ([]),
		samples: /** @type {Sample[]} */ ([]),
		failures: /** @type {string[]} */ ([]),
		end: /** @type {End} */ ({ticks: 0, asked: 0, lost: 0, unkept: 0, compactions: 0, compactedBytes: 0}),
	};
	/** @type {Readonly<Record<string, (what: any) => unknown>>} */
	const takers = {
		fault: ({fault}) => heard.faults.push(fault),
		outage: outage => heard.outages.push(outage),
		restart: restart => heard.restarts.push(restart),
		chance: chance => heard.chances.push(chance),
		message: message => heard.messages.push(message),
		sample: sample => heard.samples.push(sample),
		failure: ({reason}) => heard.failures.push(reason),
		end: end => {
			heard.end = end;
		},
	};

	for await (const line of createInterface({input: lines})) {
		const {kind, ...what} = JSON.parse(line);
		takers[kind]?.(what);
		onLine(line);
	}

	return heard;
}

/** @param {string} file of a run before */
export function saidBefore(file) {
	return createReadStream(file);
}

/**
 * Runs an engine; what it says is also kept in a file where that is wanted.
 *
 * @param {readonly string[]} args of Node
 * @param {string | undefined} keep
 * @param {(line: string) => void} onLine
 */
export async function runAndHear(args, keep, onLine) {
	const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'inherit']});
	const file = keep === undefined ? new Writable({write: (_, __, done) => done()}) : createWriteStream(keep);
	atEnd(() => send(child.pid ?? 0, 'SIGKILL'));
	const closed = once(child, 'close');
	const heard = await hear(child.stdout, line => {
		file.write(`${line}\n`);
		onLine(line);
	});
	const [code] = await closed;
	file.end();
	return {...heard, failures: [...heard.failures, ...(code === 0 ? [] : [`the engine ended with ${code}`])]};
}
