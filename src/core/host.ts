/**
 * A machine, read through its files. The real one and a recorded tree are the same to a sampler.
 * Paths are absolute as seen on that machine, one character a byte (latin1), because a mount point may hold any bytes.
 * Every method throws the system's error with its `code`.
 */
export type Host = {
	/** `/proc/self` on the machine we run on; of another root, the directory whose `mountinfo` and `net` are that machine's. */
	readonly ownProcess: string;

	/** The file's bytes up to its end. Valid until the next call of any `read`. Synchronous: only for what cannot block. */
	read(path: string): Uint8Array;

	/**
	 * What one read(2) of at most 4 KiB gives: the whole of a file that the kernel builds in one piece (`/proc/PID/stat`),
	 * one system call cheaper than `read`. The path is ASCII. Valid until the next call of any `read`.
	 */
	readOnce(path: string): Uint8Array;

	/** As `read`, as a string of one character a byte (latin1). */
	readText(path: string): string;

	/** Names in a directory, without `.` and `..`, one character a byte. */
	list(path: string): readonly string[];

	/**
	 * At most `atMost` bytes (64 KiB without it) from the start of a file, one character a byte, read on the thread pool: for what asks the
	 * hardware (sensors, link speed) and may take long. It cannot be given up: whoever awaits it has one in flight.
	 */
	readAside(path: string, atMost?: number): Promise<string>;

	/**
	 * A file from its start in pieces, read on the thread pool: for tables of megabytes that need not be held. A piece is valid until the
	 * next one is asked for; whoever has enough leaves the loop.
	 */
	piecesAside(path: string): AsyncIterable<Uint8Array>;

	/** Addresses of the interfaces that are up. None of another root, whose addresses would be those of the machine we run on. */
	addresses(): readonly InterfaceAddress[];

	/**
	 * What a program of the machine prints, without its errors, at most 1 MiB: in a session of its own, killed with `signal`. The arguments
	 * are never made from what comes from outside. Rejects with `ENOENT` where there is no such program or the machine is not ours. `env` is
	 * all that it has in its environment besides a PATH and the language.
	 */
	run(command: readonly string[], signal: AbortSignal, env?: Readonly<Record<string, string>>): Promise<string>;

	readlink(path: string): string;

	/**
	 * stat(2) of a path wherever it is, symbolic links followed. Where the way to it leads over what is not plainly local, a helper process
	 * that can be killed is asked. Rejects with `ABORT_ERR` as soon as `signal` aborts, with `EBUSY` while an earlier question has no answer,
	 * and with `EAGAIN` when its turn has not come, for helpers are few.
	 */
	stat(path: string, signal: AbortSignal): Promise<FileStat>;

	/**
	 * At most `atMost` bytes (1 MiB) from the end of what `stat` says is a regular file, one character a byte, asked as `stat` is. What has
	 * become something else since then is not read: `EINVAL`.
	 */
	readEnd(path: string, atMost: number, signal: AbortSignal): Promise<string>;

	/** statfs(2) of a mount point. Rejects with `ABORT_ERR` as soon as `signal` aborts, even when the kernel never answers. */
	statfs(path: string, options: StatfsOptions): Promise<Statfs>;
};

export type StatfsOptions = {
	/** Ask in a helper process that can be killed: for whatever is not plainly local, where statfs(2) may never return. */
	readonly aside: boolean;
	readonly signal: AbortSignal;
};

/** What stat(2) says of a file. */
export type FileStat = {
	readonly type: FileType;
	readonly sizeBytes: number;
	/** ms since 1970; of what is asked in a helper in whole seconds. */
	readonly modifiedAt: number;
	/** The twelve bits of chmod(2). */
	readonly mode: number;
	readonly owner: number;
	readonly group: number;
	/** Device and inode: another file under the same name has another one. */
	readonly identity: string;
};

export type FileType = 'file' | 'directory' | 'socket' | 'pipe' | 'device';

/** One address of one interface. */
export type InterfaceAddress = {
	/** One character a byte; of an address with a label the label, `eth0:1`. */
	readonly interface: string;
	/** With the length of its prefix: `192.0.2.2/24`, `fe80::1/64`. */
	readonly address: string;
};

/** The fields of statfs(2), in its units: `blockBytes` is f_frsize, the unit of all block counts. */
export type Statfs = {
	readonly blockBytes: number;
	readonly blocks: number;
	readonly blocksFree: number;
	/** Free to those who are not root. */
	readonly blocksAvailable: number;
	readonly inodes: number;
	readonly inodesFree: number;
};
