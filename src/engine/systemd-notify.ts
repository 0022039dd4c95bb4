import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {codeOf, messageOf} from '../core/errors.js';
import {safeText} from '../core/safe.js';
import type {Clock} from './clock.js';

/** Where the system's own programs are; what stands in the user's PATH does not matter to a monitor. */
const path = '/usr/bin:/bin:/usr/sbin:/sbin:/run/current-system/sw/bin:/run/current-system/profile/bin';

/** A service manager that does not take a message is waited for so long, ms: the program itself gives up after as much. */
const longestCall = 5000;

const tooLate = `systemd did not take a message within ${longestCall / 1000} s`;

/** Given twice only once the first is through. */
const aliveMessage = ['WATCHDOG=1'];

/** What the service manager is told (sd_notify(3)). Each returns at once and never fails; messages arrive in the order of the calls. */
export type SystemdNotify = {
	/** It has begun, or has read its configuration again. Of the status one line is shown by `systemctl status`. */
	ready(status: string): void;
	/** It reads its configuration; `ready` must follow, whatever comes of it. */
	reloading(): void;
	stopping(): void;
	/** How often `alive` has to be called, ms: half of what the manager waits for. Undefined when it does not wait. */
	readonly watchdogEvery: number | undefined;
	/** Does nothing while an earlier one is not through. */
	alive(): void;
};

/** Brings one message to the manager; rejects when that is not known to have it. */
type Send = (assignments: readonly string[], signal: AbortSignal) => Promise<void>;

export type SystemdNotifyParts = {
	readonly clock: Pick<Clock, 'wake'>;
	/** Why a message may not have arrived; each reason once. */
	onProblem(reason: string): void;
	readonly send?: Send;
};

/**
 * Tells the service manager that started us how we are. Without NOTIFY_SOCKET in `env` nobody asked, and nothing is done; with it,
 * the unit needs `NotifyAccess=all`, for it is another program that tells.
 */
export function systemdNotify(
	env: Readonly<Record<string, string | undefined>>,
	pid: number,
	parts: SystemdNotifyParts,
): SystemdNotify {
	const socket = env['NOTIFY_SOCKET'];

	if (!socket) {
		const nothing = () => {};
		return {ready: nothing, reloading: nothing, stopping: nothing, alive: nothing, watchdogEvery: undefined};
	}

	const messages = new Messages({send: sendWith(socket), ...parts});
	return {
		// A line end in it would begin another assignment.
		ready: status => messages.add(['READY=1', `STATUS=${safeText(status)}`]),
		reloading: () => messages.add(['RELOADING=1']),
		stopping: () => messages.add(['STOPPING=1']),
		alive: () => messages.addOnce(aliveMessage),
		watchdogEvery: watchdogEveryOf(env, pid),
	};
}

/** sd_watchdog_enabled(3): microseconds, and for which process they are meant. */
function watchdogEveryOf(env: Readonly<Record<string, string | undefined>>, pid: number): number | undefined {
	const {WATCHDOG_USEC: period = '', WATCHDOG_PID: meant} = env;
	const isForUs = !meant || meant === String(pid);
	return isForUs && /^[1-9]\d*$/.test(period) ? Number(period) / 2000 : undefined;
}

/**
 * Node has no datagram sockets of AF_UNIX, so that systemd's own program sends. It ends once the manager has read the message, which
 * by then has seen that it comes from this unit.
 */
export function sendWith(socket: string, program = 'systemd-notify'): Send {
	return async (assignments, signal) => {
		const env = {PATH: path, NOTIFY_SOCKET: socket};
		const helper = spawn(program, assignments, {detached: true, stdio: 'ignore', env, signal, killSignal: 'SIGKILL'});
		// The end of us does not wait for it, and a second complaint of the same helper is nobody's.
		helper.unref();
		helper.on('error', () => {});
		const [code, killer] = await once(helper, 'exit');

		if (code !== 0) {
			throw new Error(`${program} ended with ${code ?? killer}`);
		}
	};
}

/** One after the other: two programs at once could arrive in the wrong order, and a unit would be reloading for ever. */
class Messages {
	readonly #parts: Required<SystemdNotifyParts>;
	/** The first one is on its way. */
	readonly #queue: (readonly string[])[] = [];
	readonly #told = new Set<string>();

	constructor(parts: Required<SystemdNotifyParts>) {
		this.#parts = parts;
	}

	add(message: readonly string[]): void {
		this.#queue.push(message);

		if (this.#queue.length === 1) {
			void this.#sendAll();
		}
	}

	addOnce(message: readonly string[]): void {
		if (!this.#queue.includes(message)) {
			this.add(message);
		}
	}

	async #sendAll(): Promise<void> {
		for (let message = this.#queue[0]; message; message = this.#queue[0]) {
			await this.#sendInTime(message);
			this.#queue.shift();
		}
	}

	async #sendInTime(message: readonly string[]): Promise<void> {
		const {clock, send} = this.#parts;
		const late = new AbortController();
		const callOff = clock.wake(longestCall, () => late.abort());

		try {
			await send(message, late.signal);
		} catch (error) {
			this.#complain(late.signal.aborted ? tooLate : reasonOf(error));
		} finally {
			callOff();
		}
	}

	#complain(reason: string): void {
		if (!this.#told.has(reason)) {
			this.#told.add(reason);
			this.#parts.onProblem(reason);
		}
	}
}

function reasonOf(error: unknown): string {
	return codeOf(error) === 'ENOENT' ? 'systemd-notify is not on this machine' : messageOf(error);
}
