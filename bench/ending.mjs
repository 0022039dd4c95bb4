/** @type {Set<() => void>} */
const undos = new Set();

/**
 * Has `undo` run when this process ends, whatever the reason (a crash, Ctrl-C), so that nothing we started outlives us.
 * It must be synchronous. The answer takes it back, for when the work was undone in the ordinary way.
 *
 * @param {() => void} undo
 */
export function atEnd(undo) {
	undos.add(undo);

	return () => {
		undos.delete(undo);
	};
}

process.on('exit', () => {
	// The last first: a folder goes when those who write into it have been ended.
	for (const undo of [...undos].reverse()) {
		undo();
	}
});

/** @type {readonly [NodeJS.Signals, number][]} */
const signals = [
	['SIGHUP', 129],
	['SIGINT', 130],
	['SIGTERM', 143],
];

for (const [signal, exitCode] of signals) {
	process.on(signal, () => process.exit(exitCode));
}

/**
 * Sends a signal to a process that we started (or, with a minus, to its group); one that is gone already is no problem.
 *
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function send(pid, signal) {
	try {
		process.kill(pid, signal);
	} catch (error) {
		if (codeOf(error) !== 'ESRCH') {
			throw error;
		}
	}
}

/**
 * The code of a system error, such as `ESRCH`.
 *
 * @param {unknown} error
 */
export function codeOf(error) {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
