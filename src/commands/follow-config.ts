import {basename} from 'node:path';
import type {Config, Loaded} from '../config/config.js';
import {reloadConfig} from '../config/reload-config.js';
import {watchConfig} from '../config/watch-config.js';
import {type Safe, safeText} from '../core/safe.js';
import type {Problem} from '../core/snapshot.js';
import type {KeptLog} from '../engine/log.js';
import {logWarnings} from './engine-log.js';
import type {GlobalOptions, Io} from './io.js';
import {loadKnown} from './known.js';

/** What is told of it, and what depends on it. */
export type ConfigLog = Pick<KeptLog, 'info' | 'warn' | 'setLevel' | 'setSecrets'>;

export type FollowOptions = {
	/** What is in force now. */
	readonly loaded: Loaded;
	readonly log: ConfigLog;
	readonly options: GlobalOptions;
	readonly io: Io;
	/** Why the one that was written is not in force; undefined when it is. */
	readonly notice: (problem: Omit<Problem, 'area'> | undefined) => void;
	/** Whoever has to know of another configuration. */
	readonly onConfig: (config: Config) => void;
};

/** What came of reading the configuration again. `problem` is whole, for people. */
export type Reload = {readonly file: string | undefined} | {readonly problem: string};

/** Follows the configuration until it is stopped. */
export type FollowedConfig = {
	/** The one in force; undefined without one. */
	readonly file: string | undefined;
	/** Reads it now, whatever the file system says. Without a file it is looked for as at the start. */
	reload(): Promise<Reload>;
	stop(): void;
};

/**
 * Takes over what is written into the configuration file while an engine or a screen runs. What cannot be used changes nothing and stands
 * among the problems until it can.
 */
export function followConfig(options: FollowOptions): FollowedConfig {
	const {log, io} = options;
	let current = options.loaded;
	let reading: Promise<Reload> = Promise.resolve({file: current.file});
	let unwatch = () => {};

	// One after another: the last one that was written counts.
	const reload = () => {
		reading = reading.then(async () => {
			const answer = await reloadConfig(current, {file: options.options.config, env: io.env}, loadKnown);

			if ('problem' in answer) {
				refused(options, current.file, answer.problem);
				return answer;
			}

			const isElsewhere = answer.loaded.file !== current.file;
			current = answer.loaded;
			accepted(options, current);

			if (isElsewhere) {
				watch();
			}

			return {file: current.file};
		});
		return reading;
	};

	const watch = () => {
		const {file} = current;
		unwatch();

		if (file !== undefined) {
			const watched = watchConfig({
				file,
				wake: io.clock.wake,
				onChange: reload,
				onProblem: reason => log.warn('configuration is not followed', {reason}),
			});
			unwatch = () => watched.close();
		}
	};

	watch();
	return {
		get file() {
			return current.file;
		},
		reload,
		stop: () => unwatch(),
	};
}

function refused({notice, log}: FollowOptions, file: string | undefined, problem: string): void {
	notice({source: sourceOf(file), reason: refusalOf(problem, file)});
	log.warn('configuration refused, the old one stays', {problem});
}

function accepted({notice, log, options, io, onConfig}: FollowOptions, loaded: Loaded): void {
	io.secrets = loaded.secrets;
	log.setSecrets(loaded.secrets);
	log.setLevel(options.logLevel ?? loaded.config.log.level);
	notice(undefined);
	onConfig(loaded.config);
	log.info('configuration loaded', {file: loaded.file ?? 'none'});
	logWarnings(log, loaded.warnings);
}

/** The file by its name: the first line has no room for the way to it, which the log has. */
export function sourceOf(file: string | undefined): Safe {
	return safeText(file === undefined ? 'configuration' : basename(file));
}

/** Why a configuration is not in force, for the first line. */
export function refusalOf(problem: string, file: string | undefined): Safe {
	return safeText(`${oneLine(file === undefined ? problem : problem.replaceAll(`${file}:`, ''))}; the old one stays`);
}

/** The first problem and how many more there are, without the file's name, which stands before it. */
function oneLine(message: string): string {
	const [first = '', ...problems] = message.split('\n').map(line => line.trim());
	const [problem = first] = problems;
	const more = problems.length > 1 ? ` (+${problems.length - 1})` : '';
	return `${problem
		.trim()
		.replace(/^(\d+):/, 'line $1:')
		.replace(', (top level)', '')}${more}`;
}
