/** The fields of /proc/PID/stat that are used (proc_pid_stat(5)). One object is reused for every process of a pass. */
export type ProcessStat = {
	/** Where `comm` starts and ends in the bytes. */
	commStart: number;
	commEnd: number;
	/** Code of the state's letter. */
	state: number;
	parent: number;
	/** utime + stime, clock ticks. */
	ticks: number;
	threads: number;
	/** Clock ticks since boot. */
	startTicks: number;
	residentPages: number;
};

export function emptyStat(): ProcessStat {
	return {commStart: 0, commEnd: 0, state: 0, parent: 0, ticks: 0, threads: 0, startTicks: 0, residentPages: 0};
}

const [space, minus, zero, open, close] = [32, 45, 48, 40, 41];

/**
 * Parses into `into` without making a string: this runs for every process, every second.
 * `comm` may hold spaces, parentheses, newlines and escapes, so that it ends at the last `)`. False when the bytes are no stat.
 */
export function parseProcessStat(bytes: Uint8Array, into: ProcessStat): boolean {
	const start = bytes.indexOf(open);
	const end = bytes.lastIndexOf(close);

	if (start < 0 || end < start || end + 3 >= bytes.length) {
		return false;
	}

	into.commStart = start + 1;
	into.commEnd = end;
	into.state = bytes[end + 2] ?? 0;
	// Fields are counted as in proc_pid_stat(5): the state is number 3.
	let field = 4;
	let number = 0;
	let sign = 1;

	for (let i = end + 4; i < bytes.length && field <= 24; i++) {
		const byte = bytes[i] ?? 0;

		if (byte === minus) {
			sign = -1;
		} else if (byte >= zero) {
			number = number * 10 + (byte - zero);
		} else {
			assign(into, field, number * sign);
			field += 1;
			number = 0;
			sign = 1;

			if (byte !== space) {
				break;
			}
		}
	}

	return field > 24;
}

function assign(into: ProcessStat, field: number, value: number): void {
	switch (field) {
		case 4:
			into.parent = value;
			break;
		case 14:
			into.ticks = value;
			break;
		case 15:
			into.ticks += value;
			break;
		case 20:
			into.threads = value;
			break;
		case 22:
			into.startTicks = value;
			break;
		case 24:
			into.residentPages = value;
			break;
	}
}
