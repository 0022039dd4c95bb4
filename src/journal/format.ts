import {crc32} from '../core/crc32.js';
import {JournalError} from './journal-error.js';

/** Of a record as JSON. A record that is longer is a mistake of whoever made it. */
export const mostRecordBytes = 1 << 20;

const newline = 0x0a;

/** Longer than any header. */
const headerReach = 64;

/** Longer than a length and a checksum. */
const frameReach = 20;

/** What is in a journal's bytes. */
export type Replay = {
	/** JSON values whose length and checksum are right, in the order in which they were appended. */
	readonly records: readonly unknown[];
	/** What the header says; undefined when it is missing or damaged. */
	readonly version: number | undefined;
	/** How many bytes are neither header nor record. */
	readonly badBytes: number;
	/** False when anything is bad, and when the last record has no end: nothing may be appended behind it. */
	readonly isWhole: boolean;
};

/** `healthtop-journal VERSION CRC32`, and the end of the line; the checksum is that of the words before it. */
export function headerOf(version: number): Buffer {
	const words = `healthtop-journal ${version}`;
	return Buffer.from(`${words} ${checksum(Buffer.from(words))}\n`);
}

/**
 * `LENGTH CRC32 JSON` and the end of the line; length and checksum are those of the JSON in UTF-8.
 * @throws {TypeError} for what JSON does not know.
 * @throws {JournalError} `TOO_LONG`.
 */
export function recordLine(record: unknown): Buffer {
	const json: string | undefined = JSON.stringify(record);

	if (json === undefined) {
		throw new TypeError('a record of the journal must be JSON');
	}

	const payload = Buffer.from(json);

	if (payload.length > mostRecordBytes) {
		throw new JournalError('TOO_LONG', `a record of ${payload.length} bytes, the journal takes ${mostRecordBytes}`);
	}

	return Buffer.concat([Buffer.from(`${payload.length} ${checksum(payload)} `), payload, Buffer.of(newline)]);
}

/** A file of that version with these records and nothing else. @throws as `recordLine` does. */
export function fileOf(version: number, records: readonly unknown[]): Buffer {
	return Buffer.concat([headerOf(version), ...records.map(recordLine)]);
}

/** Finds every record that is whole. What is damaged costs itself: after it, the next line is looked at. */
export function replay(bytes: Buffer): Replay {
	const header = headerIn(bytes);
	const records: unknown[] = [];
	let badBytes = 0;
	let position = header?.end ?? 0;

	while (position < bytes.length) {
		const found = recordAt(bytes, position);

		if (found) {
			records.push(found.record);
			position = found.end;
			// The end of a line that is something else is one bad byte, and the next record begins behind it.
			badBytes += position < bytes.length && bytes[position] !== newline ? 1 : 0;
			position += 1;
		} else {
			const end = lineEnd(bytes, position);
			badBytes += Math.min(end + 1, bytes.length) - position;
			position = end + 1;
		}
	}

	const isWhole = header !== undefined && badBytes === 0 && position === bytes.length;
	return {records, version: header?.version, badBytes, isWhole};
}

function headerIn(bytes: Buffer): {readonly version: number; readonly end: number} | undefined {
	const text = bytes.toString('latin1', 0, headerReach);
	const [, digits] = /^healthtop-journal ([1-9]\d{0,8}) /.exec(text) ?? [];

	if (digits === undefined) {
		return undefined;
	}

	const version = Number(digits);
	const header = headerOf(version);
	return bytes.subarray(0, header.length).equals(header) ? {version, end: header.length} : undefined;
}

/** The record that begins there; `end` is behind its JSON. */
function recordAt(bytes: Buffer, start: number): {readonly record: unknown; readonly end: number} | undefined {
	const text = bytes.toString('latin1', start, start + frameReach);
	const [frame, length, sum] = /^(0|[1-9]\d{0,6}) ([\da-f]{8}) /.exec(text) ?? [];

	if (frame === undefined) {
		return undefined;
	}

	const end = start + frame.length + Number(length);
	const payload = bytes.subarray(start + frame.length, end);

	// JSON has no line end in it: looked for first, so that garbage is read once and not once a line.
	if (end > bytes.length || payload.includes(newline) || checksum(payload) !== sum) {
		return undefined;
	}

	return parsed(payload, end);
}

function parsed(payload: Buffer, end: number): {readonly record: unknown; readonly end: number} | undefined {
	try {
		return {record: JSON.parse(payload.toString('utf8')), end};
	} catch {
		return undefined;
	}
}

/** Where the line that begins there has its end: a line end, or the end of all. */
function lineEnd(bytes: Buffer, start: number): number {
	const end = bytes.indexOf(newline, start);
	return end < 0 ? bytes.length : end;
}

function checksum(bytes: Uint8Array): string {
	return crc32(bytes).toString(16).padStart(8, '0');
}
