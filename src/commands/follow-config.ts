import type {Config, Loaded} from '../config/config.js';
import {reloadConfig} from '../config/reload-config.js';
import {watchConfig} from '../config/watch-config.js';
import {safeText} from '../core/safe.js';
import type {Engine} from '../engine/engine.js';
import type {FileLog} from '../engine/log.js';
import type {GlobalOptions, Io} from './io.js';
import {known} from './known.js';
import {settingsOf} from './open-engine.js';
import {logWarnings} from './screen-log.js';

export type FollowOptions = {
	/** What is in force now. */
	readonly loaded: Loaded;
	readonly engine: Engine;
	readonly log: FileLog;
	readonly options: GlobalOptions;
	readonly io: Io;
	/** What else has to know of another configuration. */
	readonly onConfig: (config: Config) => void;
};

/**
 * Takes over what is written into the configuration file while a screen runs. What cannot be used changes nothing and stands
 * among the problems until it can. Without a file there is nothing to follow. The result ends it.
 */
export function followConfig({loaded, engine, log, options, io, onConfig}: FollowOptions): () => void {
	const {file} = loaded;

	if (file === undefined) {
		return () => {};
	}

	const source = safeText(file);
	let current = loaded;
	let reading = Promise.resolve();

	const read = async () => {
		const answer = await reloadConfig(current, {file: options.config, env: io.env}, known);

		if ('problem' in answer) {
			engine.notice('configuration', {source, reason: safeText(`${oneLine(answer.problem, file)}; the old one stays`)});
			log.warn('configuration refused, the old one stays', {problem: answer.problem});
			return;
		}

		current = answer.loaded;
		io.secrets = current.secrets;
		log.setSecrets(current.secrets);
		log.setLevel(options.logLevel ?? current.config.log.level);
		engine.notice('configuration', undefined);
		engine.configure(settingsOf(current.config));
		onConfig(current.config);
		log.info('configuration loaded', {file});
		logWarnings(log, current.warnings);
	};

	const watch = watchConfig({
		file,
		wake: io.clock.wake,
		// One after another: the last one that was written counts.
		onChange: () => {
			reading = reading.then(read);
		},
		onProblem: reason => log.warn('configuration is not followed', {reason}),
	});
	return () => watch.close();
}

/** The first problem and how many more there are, without the file's name, which stands before it. */
function oneLine(message: string, file: string): string {
	const [first = '', ...problems] = message.split('\n').map(line => line.trim());
	const [problem = first] = problems;
	const more = problems.length > 1 ? ` (+${problems.length - 1})` : '';
	return `${problem
		.replace(`${file}:`, '')
		.trim()
		.replace(/^(\d+):/, 'line $1:')}${more}`;
}
