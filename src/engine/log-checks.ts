import type {LogFields, LogLevel} from '../core/log.js';
import type {Check, HardStatus} from '../core/snapshot.js';

/** What should be said of a check. */
export type CheckLine = {
	readonly level: Extract<LogLevel, 'info' | 'warn'>;
	readonly message: string;
	readonly fields: LogFields;
};

/** Says each change of a hard state once. That all is well at the start is nothing to say. */
export class CheckLog {
	#told: ReadonlyMap<string, HardStatus> = new Map();

	/** The lines for how the checks stand now. */
	next(checks: readonly Check[]): readonly CheckLine[] {
		const before = this.#told;
		this.#told = new Map(checks.map(({check, status}) => [check, status]));
		return checks.flatMap(row => {
			const last = before.get(row.check) ?? 'waiting';
			const isNews = row.status !== last && !(last === 'waiting' && row.status === 'ok') && row.status !== 'waiting';
			return isNews ? [lineOf(row, last)] : [];
		});
	}
}

function lineOf({name, type, status, changes}: Check, before: HardStatus): CheckLine {
	const reason = changes[0]?.reason;
	return {
		level: status === 'ok' ? 'info' : 'warn',
		message: `check is ${status}`,
		fields: {check: name, type, before, ...(reason !== undefined && {reason})},
	};
}
