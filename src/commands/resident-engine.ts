import type {Loaded} from '../config/config.js';
import {codeOf, UserError} from '../core/errors.js';
import type {Safe} from '../core/safe.js';
import type {Engine} from '../engine/engine.js';
import type {KeptLog} from '../engine/log.js';
import {reasonOf} from '../engine/state-directory.js';
import {controlHandlers} from './control-handlers.js';
import {rootName} from './find-engine.js';
import {type FollowedConfig, type FollowOptions, followConfig} from './follow-config.js';
import type {GlobalOptions, Io} from './io.js';
import {settingsOf} from './open-engine.js';
import type {Residence} from './residence.js';
import {Resident} from './resident.js';

export type ResidentEngineParts = {
	readonly loaded: Loaded;
	readonly engine: Engine;
	readonly residence: Residence;
	readonly log: KeptLog;
	readonly options: GlobalOptions;
	readonly io: Io;
	/** What reads the configuration again when somebody asks for it. */
	readonly config: FollowedConfig;
	/** Ends the program: somebody asked for it on the control socket. */
	readonly stop: (by: Safe) => void;
	/** Ends the program: another engine may have the directory. */
	readonly onLost: () => void;
};

/** An engine that stays. */
export type ResidentEngine = {
	/** Ends it in order. @returns false where the disk gives no answer, so that only a signal can end the program. */
	close(): Promise<boolean>;
};

/**
 * Gives an engine its journal and its sockets.
 * @throws {UserError} when what is in the journal's place can be neither read nor set aside; the lock is free again then.
 */
export async function openResident(parts: ResidentEngineParts): Promise<ResidentEngine> {
	const {engine, residence, log, options, io, config, stop, onLost} = parts;
	const root = rootName(options);
	const {directory} = residence;
	const handlers = controlHandlers({engine, log, io, root, directory, config, stop});
	const resident = await opened(() => Resident.open({engine, residence, root, log, io, onLost}, handlers), residence);
	return {
		async close() {
			engine.stop();
			return resident.close();
		},
	};
}

/** An engine that may only watch: another one checks the services. */
type FollowedEngine = Pick<ResidentEngineParts, 'loaded' | 'engine' | 'log' | 'options' | 'io'> & {
	readonly isWatchOnly?: boolean;
};

/** Follows the configuration of an engine, which has it first. */
export function followEngineConfig(
	{loaded, engine, log, options, io, isWatchOnly = false}: FollowedEngine,
	onConfig: FollowOptions['onConfig'] = () => {},
): FollowedConfig {
	return followConfig({
		loaded,
		log,
		options,
		io,
		notice: problem => engine.notice('configuration', problem),
		onConfig: next => {
			engine.configure(settingsOf(next, io.secrets, options, isWatchOnly));
			onConfig(next);
		},
	});
}

async function opened(open: () => Promise<Resident>, {directory, lock}: Residence): Promise<Resident> {
	try {
		return await open();
	} catch (error) {
		if (codeOf(error) === undefined) {
			throw error;
		}

		await lock.release();
		throw new UserError(
			`the journal in '${directory}' cannot be opened: ${reasonOf(error)}; mend that, or name another directory with --state-dir`,
		);
	}
}
