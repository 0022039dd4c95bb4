import type {Log, LogFields, LogLevel} from '../core/log.js';
import {askEngine} from '../engine/control-client.js';
import type {ConfigLog} from './follow-config.js';
import type {Io} from './io.js';

/** An engine takes what it is told within this, ms; what it does not take is lost. */
const tellWithin = 2000;

/**
 * The log of a screen whose engine is another process: it has one log, and what a screen did (a signal that was sent, a panel that
 * failed) is told to it where this user may. Details for whoever looks for a bug are not.
 */
export function attachedLog(control: string, io: Io): Log {
	const tell =
		(level: LogLevel) =>
		(message: string, fields: LogFields = {}) => {
			askEngine(control, {do: 'log', level, message, fields}, io, tellWithin).catch(() => {});
		};
	return {debug: () => {}, info: tell('info'), warn: tell('warn'), error: tell('error')};
}

/** Of the configuration a screen says nothing to any log: the engine does, which has the same one or another. */
export const silentLog: ConfigLog = {info: () => {}, warn: () => {}, setLevel: () => {}, setSecrets: () => {}};
