import {type BigIntStats, type FSWatcher, realpathSync, statSync, watch} from 'node:fs';
import {dirname} from 'node:path';
import {messageOf} from '../core/errors.js';

/** How long changes are collected, ms: an editor writes in several steps. */
const collectMs = 300;

/** Directories that come and go faster than they can be watched are given up until the next event. */
const mostAttempts = 10;

export type WatchOptions = {
	readonly file: string;
	/** Calls `run` once, `delay` ms from now; the result calls it off. */
	wake(delay: number, run: () => void): () => void;
	/** The file is not what it was: other content or other permissions, another file in its place, or gone. */
	onChange(): void;
	/** Changes are not noticed any more, or not all of them (no inotify watches left). */
	onProblem?(reason: string): void;
};

/** Tells when a file changes, and keeps no process alive for that. The result ends it. */
export function watchConfig(options: WatchOptions): {close(): void} {
	return new ConfigWatch(options);
}

/**
 * Directories are watched, not the file: an editor renames a new one over it, and Kubernetes switches a link. Both that of the
 * name and that of the file a link leads to; one that is not there is waited for in the nearest directory above.
 */
class ConfigWatch {
	readonly #options: WatchOptions;
	readonly #watchers = new Map<string, FSWatcher>();
	#state: string;
	#callOff: (() => void) | undefined;
	/** The last one that was told. */
	#problem: string | undefined;

	constructor(options: WatchOptions) {
		this.#options = options;
		this.#watch();
		this.#state = stateOf(options.file);
	}

	close(): void {
		this.#callOff?.();
		this.#callOff = undefined;
		this.#close(() => true);
	}

	/** What else happens in the directory puts nothing off: the first event starts the wait. */
	readonly #happened = (): void => {
		this.#callOff ??= this.#options.wake(collectMs, () => {
			this.#callOff = undefined;
			this.#look();
		});
	};

	/** Watched first and looked at then: what happens in between is noticed twice rather than never. */
	#look(): void {
		this.#watch();
		const state = stateOf(this.#options.file);

		if (state !== this.#state) {
			this.#state = state;
			this.#options.onChange();
		}
	}

	/** Again after each attempt: what is waited for may have come, and what was there may have gone, just before. */
	#watch(): void {
		let problem: string | undefined;

		for (let attempt = 0; attempt < mostAttempts; attempt++) {
			const wanted = directoriesOf(this.#options.file);
			this.#close(key => !wanted.has(key));
			const missing = [...wanted].filter(([key]) => !this.#watchers.has(key));

			if (missing.length === 0) {
				problem = undefined;
				break;
			}

			problem = missing.map(([key, directory]) => this.#add(key, directory)).find(reason => reason !== undefined);
		}

		if (problem !== undefined && problem !== this.#problem) {
			this.#options.onProblem?.(problem);
		}

		this.#problem = problem;
	}

	#close(isOver: (key: string) => boolean): void {
		for (const [key, watcher] of this.#watchers) {
			if (isOver(key)) {
				this.#watchers.delete(key);
				watcher.close();
			}
		}
	}

	/** Why the directory cannot be watched; undefined when it is. */
	#add(key: string, directory: string): string | undefined {
		try {
			const watcher = watch(directory, {persistent: false}, this.#happened);
			watcher.on('error', this.#happened);
			this.#watchers.set(key, watcher);
			return undefined;
		} catch (error) {
			return `changes in ${directory} are not noticed: ${messageOf(error)}`;
		}
	}
}

/** What is looked at to see that a file has changed. The time of the last change covers content, owner and mode. */
function stateOf(file: string): string {
	const status = statusOf(file);
	return status ? [status.dev, status.ino, status.size, status.mtimeNs, status.ctimeNs].join(' ') : 'gone';
}

/** The directories to watch, each by what tells it from another one that was made in its place. */
function directoriesOf(file: string): ReadonlyMap<string, string> {
	const entries = [nearest(dirname(file)), ...linkedDirectory(file)].map(directory => {
		const status = statusOf(directory);
		return [[status?.dev, status?.ino, status?.birthtimeNs].join(' '), directory] as const;
	});
	return new Map(entries);
}

/** The directory, or the nearest one above it that is there. */
function nearest(directory: string): string {
	const above = dirname(directory);
	return above === directory || statusOf(directory)?.isDirectory() ? directory : nearest(above);
}

function linkedDirectory(file: string): readonly string[] {
	try {
		return [dirname(realpathSync(file))];
	} catch {
		return [];
	}
}

/** Undefined for what is not there, and for what may not be asked. */
function statusOf(path: string): BigIntStats | undefined {
	try {
		return statSync(path, {bigint: true, throwIfNoEntry: false});
	} catch {
		return undefined;
	}
}
