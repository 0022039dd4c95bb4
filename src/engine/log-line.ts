import {pino} from 'pino';
import type {LogEntry} from './log.js';

/** Makes the line of an entry, with its end: pino gives it to its destination before it returns. */
export function lineFormat(pid: number): (entry: LogEntry) => string {
	let at = 0;
	let line = '';
	const logger = pino(
		{
			level: 'debug',
			base: {pid},
			messageKey: 'message',
			// Of the entry, not of this moment: what was said early is written later.
			timestamp: () => `,"time":"${new Date(at).toISOString()}"`,
			formatters: {level: level => ({level})},
		},
		{
			write(text) {
				line = text;
			},
		},
	);

	return entry => {
		at = entry.at;
		logger[entry.level](entry.fields, entry.message);
		return line;
	};
}
