import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished} from 'vitest';
import {type LogOptions, openLog} from '../../src/engine/log.js';
import {handClock} from '../helpers/hand-clock.js';

/** A log in a directory, on a clock that the test moves. */
export function opened(path: string, changes: Partial<LogOptions> = {}) {
	const clock = handClock();
	const log = openLog({to: {path}, level: 'info', secrets: [], pid: 4711, clock, ...changes});
	// On real time there is none to wait for.
	const close = () => log.close(20_000);
	onTestFinished(close);
	return {log, clock, close, file: join(path, 'healthtop.log')};
}

/** Every line of a file; each must be JSON, and each must have an end. */
export function linesOf(file: string): readonly Record<string, unknown>[] {
	const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
	expect(text === '' || text.endsWith('\n')).toBe(true);
	return text
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line));
}

export const messagesOf = (file: string) => linesOf(file).map(({message}) => message);
