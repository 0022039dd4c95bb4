import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import os from 'node:os';
import {join} from 'node:path';

/**
 * @typedef {{
 *   readonly id: string,
 *   readonly key: string,
 *   readonly check?: string,
 *   readonly state: {readonly phase: string},
 *   readonly notify: readonly string[],
 * }} Incident
 * @typedef {{
 *   readonly id: string,
 *   readonly notifier: string,
 *   readonly recipient: string,
 *   readonly state: 'waiting' | 'trying' | 'undecided' | 'accepted' | 'refused' | 'expired' | 'dropped',
 *   readonly tries: number,
 *   readonly items: readonly {readonly incident: string, readonly tells: string}[],
 * }} Outgoing
 * @typedef {{
 *   readonly pid: number,
 *   readonly startedAt: number,
 *   readonly instance: string,
 *   readonly incidents: ReadonlyMap<string, Incident>,
 *   readonly outgoing: ReadonlyMap<string, Outgoing>,
 * }} Kept of the last engine that began, its pid, and when that was (wall clock, ms)
 */

/**
 * What the journal of a state directory says of alerts, read by other code than that which wrote it.
 *
 * @param {string} directory
 * @returns {Kept}
 */
export function readAlerts(directory) {
	const file = join(directory, 'journal');
	const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(1) : [];
	const incidents = new Map();
	const outgoing = new Map();
	let [pid, startedAt, instance] = [0, 0, ''];

	for (const record of lines.flatMap(recordOf)) {
		if (record.kind === 'started') {
			[pid, startedAt] = [record.pid, record.at];
		} else if (record.kind === 'alerts') {
			instance = record.instance ?? instance;
			setEach(incidents, record.incidents);
			setEach(outgoing, record.outgoing);
		}
	}

	return {pid, startedAt, instance, incidents, outgoing};
}

/**
 * One record, or none where it is torn.
 *
 * @param {string} line
 */
function recordOf(line) {
	const [frame, length] = /^(\d+) [\da-f]{8} /.exec(line) ?? [''];
	const json = line.slice(frame.length);
	return frame !== '' && Buffer.byteLength(json) === Number(length) ? [JSON.parse(json)] : [];
}

/**
 * @param {Map<string, object>} map
 * @param {readonly {readonly id: string}[] | undefined} list
 */
function setEach(map, list) {
	for (const one of list ?? []) {
		map.set(one.id, one);
	}
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The Message-ID that a message must have, whenever and however often it is tried.
 *
 * @param {string} instance
 * @param {string} id
 */
export function messageIdOf(instance, id) {
	const bits = Array.from(createHash('sha256').update(`${instance}|${id}`).digest(), byte =>
		byte.toString(2).padStart(8, '0'),
	).join('');
	const letters = (bits.match(/.{5}/g) ?? []).map(five => alphabet[Number.parseInt(five, 2)]);
	return `<${letters.join('').slice(0, 32)}@${os.hostname().toLowerCase()}>`;
}
