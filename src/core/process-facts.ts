import type {Safe} from './safe.js';
import type {ProcessId} from './signal.js';

/** Something that only the owner of a process and root may see. Undefined: nobody tells. */
export type Guarded<T> = T | 'denied' | undefined;

/** A limit of getrlimit(2): as it is now, and how high the process may raise it. Infinity: there is none. */
export type ProcessLimit = {
	/** As the kernel names it: `open files`. */
	readonly name: Safe;
	readonly soft: number;
	readonly hard: number;
	readonly isBytes: boolean;
};

/** What is asked of one process only while somebody looks at it. */
export type ProcessFacts = {
	/** -20 (takes most) to 19. */
	readonly nice: number | undefined;
	/** Address space in use, bytes; absent for kernel threads. */
	readonly virtualBytes: number | undefined;
	readonly swapBytes: number | undefined;
	/** Bytes to and from disks since it started. */
	readonly disk: Guarded<{readonly read: number; readonly written: number}>;
	readonly openFiles: Guarded<number>;
	readonly directory: Guarded<Safe>;
	readonly executable: Guarded<Safe>;
	/** Its control group: the unified one, else the first that is named. */
	readonly controlGroup: Safe | undefined;
	/** In the order of the kernel; empty where it does not tell. */
	readonly limits: readonly ProcessLimit[];
};

/** Undefined when it is not that process any more, or waits for a disk: then nobody asks it anything. */
export type AskProcess = (id: ProcessId) => Promise<ProcessFacts | undefined>;
