import {connect} from 'node:net';
import {createInterface} from 'node:readline';

/** @typedef {{readonly lag: number, readonly missed: number}} Beat `lag`: how late the engine began to read, ms; `missed`: beats before it without a reading. */

/** What a screen says first. */
const greeting = `${JSON.stringify({healthtop: 'viewer', protocol: 1, version: '0'})}\n`;

/** The engine's own word for it. */
const lagName = 'self.lag';

/**
 * Who asks for everything and never reads.
 *
 * @param {string} path
 */
export function deafClient(path) {
	const socket = connect(path);
	socket.on('error', () => {}).pause();
	socket.write(`${greeting}${JSON.stringify({type: 'watch', pids: 'every', details: []})}\n`);
	return {close: () => socket.destroy()};
}

/**
 * Who reads everything and keeps what the engine says of its own lateness.
 *
 * @param {string} path
 */
export function listener(path) {
	const socket = connect(path);
	/** @type {Beat[]} */
	const beats = [];
	/** @type {readonly string[]} */
	let names = [];
	const place = () => names.indexOf(lagName);
	socket.on('error', () => {}).write(greeting);
	createInterface({input: socket}).on('line', line => {
		// Pieces of the past are long, and nothing of them is wanted.
		if (!line.startsWith('{"type":"begin"') && !line.startsWith('{"type":"next"')) {
			return;
		}

		const {snapshot, changes} = JSON.parse(line);
		/** @type {readonly (readonly [string, number | null])[] | undefined} */
		const whole = snapshot?.series ?? changes?.series;
		names = whole?.map(([name]) => name) ?? names;
		const lag = whole?.[place()]?.[1] ?? changes?.values?.[place()];

		if (changes && typeof lag === 'number') {
			beats.push({lag, missed: changes.missed ?? 0});
		}
	});
	return {beats, close: () => socket.destroy()};
}
