import {codeOf, messageOf} from '../core/errors.js';
import type {Host} from '../core/host.js';
import type {Log} from '../core/log.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {SendSignal, Sent, SignalName, SignalTarget} from '../core/signal.js';
import {readIdentity, readProcessFacts} from '../samplers/process-facts.js';
import type {ProcessActs} from '../ui/process-control.js';
import {hostOf, isOurs} from './host-of.js';
import type {GlobalOptions, Io} from './io.js';

/** What the screen may do about the processes of the machine that the options name. */
export function processActs(options: GlobalOptions, log: Log, io: Pick<Io, 'pid' | 'kill'>): ProcessActs {
	const host = hostOf(options);
	const send = signalSender(host, io);
	return {
		// Of another root nobody is us.
		ownPid: isOurs(options.root) ? io.pid : 0,
		forbidden: forbiddenBy(options),
		ask: id => readProcessFacts(host, id),
		send(target, signal) {
			const sent = send(target, signal);
			const {pid, name} = target;
			log.info('signal', {signal, target: pid, name, result: sent.isSent ? 'sent' : sent.reason});
			return sent;
		},
	};
}

function forbiddenBy({readOnly, root}: GlobalOptions): Safe | undefined {
	if (readOnly) {
		return safe`read-only`;
	}

	return isOurs(root) ? undefined : safe`with --root the numbers of processes are not those of this machine`;
}

/**
 * Sends to the process that was meant and to no other: who has the number now is read again, and the signal goes in the same
 * breath, in which nothing of ours runs. Between the two system calls, some microseconds, the kernel could still give the number
 * away, but only after having used all others meanwhile; what would close that gap (pidfd_send_signal(2)) Node has not.
 */
export function signalSender(host: Host, {kill}: Pick<Io, 'kill'>): SendSignal {
	return (target, signal) => {
		const reason = refusal(host, target);
		return reason === undefined ? sentBy(kill, target.pid, signal) : {isSent: false, reason};
	};
}

/** Why nothing can be sent, judged by what the process is at this moment. */
function refusal(host: Host, {pid, startTicks}: SignalTarget): Safe | undefined {
	// 0 and less are whole groups of processes (kill(2)).
	if (!Number.isInteger(pid) || pid < 1) {
		return safe`that is no single process`;
	}

	const now = identity(host, pid);

	if (typeof now === 'string') {
		return safe`it cannot be looked at: ${now}`;
	}

	if (!now) {
		return safe`it has ended`;
	}

	if (now.startTicks !== startTicks) {
		return safe`it has ended, and another process has its number`;
	}

	return now.state === 'Z' ? safe`it has ended, and waits for its parent to collect it` : undefined;
}

/** Who has the number now; the code of what keeps us from knowing. */
function identity(host: Host, pid: number): ReturnType<typeof readIdentity> | Safe {
	try {
		return readIdentity(host, pid);
	} catch (error) {
		const code = codeOf(error);

		if (code === undefined) {
			throw error;
		}

		return safeText(code);
	}
}

function sentBy(kill: Io['kill'], pid: number, signal: SignalName): Sent {
	try {
		kill(pid, `SIG${signal}`);
		return {isSent: true};
	} catch (error) {
		switch (codeOf(error)) {
			case 'EPERM':
				return {isSent: false, reason: safe`not permitted: run as that user or root`};
			case 'ESRCH':
				return {isSent: false, reason: safe`it has ended`};
			default:
				return {isSent: false, reason: safeText(messageOf(error))};
		}
	}
}
