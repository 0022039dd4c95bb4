import type {CertificateFacts, CheckFact, CheckStatus, Stage, StageName} from './check.js';
import {type Decode, list, moment, number, object, oneOf, optional, raw, shown} from './decode.js';
import type {Check, CheckChange, CheckResult, HardStatus, JudgedCondition} from './snapshot.js';

const status: Decode<CheckStatus> = oneOf('ok', 'warning', 'critical', 'unknown');
const hardStatus: Decode<HardStatus> = oneOf('ok', 'warning', 'critical', 'unknown', 'waiting');
const stageName: Decode<StageName> = oneOf('name', 'connect', 'tls', 'login', 'first byte', 'whole');

export const stage: Decode<Stage> = object<Stage>({name: stageName, ms: number});

export const judgedCondition: Decode<JudgedCondition> = object<JudgedCondition>({text: shown, status});

const result = object<CheckResult>({
	status,
	at: moment,
	text: shown,
	reason: optional(shown),
	ms: optional(number),
	stages: list(stage, 20),
	conditions: list(judgedCondition, 1000),
	certificate: optional(object<CertificateFacts>({subject: shown, issuer: shown, validFrom: moment, validTo: moment})),
	facts: list(object<CheckFact>({label: shown, value: shown}), 1000),
});

/** One check, as `JSON.stringify` wrote it. */
export const check: Decode<Check> = object<Check>({
	check: raw,
	name: shown,
	type: shown,
	status: hardStatus,
	since: moment,
	result: optional(result),
	attempt: optional(object<{count: number; of: number}>({count: number, of: number})),
	blockedBy: optional(shown),
	dueAt: moment,
	uptime: optional(object<{percent: number; ms: number}>({percent: number, ms: number})),
	recent: raw,
	changes: list(object<CheckChange>({at: moment, status: hardStatus, reason: optional(shown)}), 100),
});
