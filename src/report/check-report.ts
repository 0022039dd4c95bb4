import type {Answer, CheckStatus, CheckType} from '../core/check.js';
import type {Judgement} from '../core/judge-check.js';
import type {Safe} from '../core/safe.js';

/** One check that was asked once. */
export type AskedCheck = {
	readonly name: Safe;
	readonly type: CheckType;
	readonly answer: Answer;
	readonly judgement: Judgement;
	/** Takes secrets out of what a service said. */
	readonly hide: (text: Safe) => Safe;
};

/** A level of the machine itself that is passed. */
export type PassedLevel = {readonly status: Exclude<CheckStatus, 'ok' | 'unknown'>; readonly text: Safe};

export type CheckReport = {
	readonly status: CheckStatus;
	/** In the order in which they are told: worst first. */
	readonly checks: readonly AskedCheck[];
	readonly levels: readonly PassedLevel[];
	/** Why nothing was asked: the first line says it, others what there is to mend. */
	readonly problem: {readonly lines: readonly Safe[]} | undefined;
};

/** Exit codes of Nagios plug-ins (https://nagios-plugins.org/doc/guidelines.html#AEN78). */
export const exitCodes: Readonly<Record<CheckStatus, number>> = {ok: 0, warning: 1, critical: 2, unknown: 3};
