import type {CheckConfig, LevelConfig} from '../config/config.js';
import {bytesOf} from '../core/bytes-of.js';
import type {MeasureUnit} from '../core/check.js';
import {parseCondition} from '../core/condition.js';
import type {MeasureLevels} from '../core/judge-check.js';
import {parseRange} from '../core/range.js';
import {redactor} from '../core/redact.js';
import {safeText} from '../core/safe.js';
import type {PlannedCheck} from '../engine/planned-check.js';

/** Between two runs while it is being found out whether a check has failed, at most, ms. */
const retryWithin = 10_000;

/** Checks as the engine runs them. `secrets` are in nothing that they say. */
export function plannedChecks(checks: readonly CheckConfig[], secrets: readonly string[]): readonly PlannedCheck[] {
	const redact = redactor([...secrets, ...secrets.flatMap(tokenOf), ...checks.flatMap(credentialsOf)]);
	return checks.map(config => {
		const {name, type, options, every, severity, dependsOn, notify, retryEvery = Math.min(every, retryWithin)} = config;
		const conditions = config.conditions ?? type.conditions(options);
		return {
			check: bytesOf(name),
			name: safeText(name),
			type,
			options,
			every,
			timeout: config.timeout,
			failAfter: config.failAfter,
			recoverAfter: config.recoverAfter,
			retryEvery,
			criteria: {
				conditions: conditions.map(text => parseCondition(text, type.placeholders)),
				levels: levelsOf(config),
				measures: type.measures,
				severity,
				hide: redact,
			},
			dependsOn: dependsOn.map(bytesOf),
			notify: notify.map(bytesOf),
			hide: text => safeText(redact(text)),
			key: JSON.stringify({...config, type: type.type}),
		};
	});
}

/** What comes behind the scheme of a configured `Authorization`: who refuses it may name it alone. */
function tokenOf(secret: string): readonly string[] {
	const [, token] = /^(?:basic|bearer|token) +(\S+)$/i.exec(secret) ?? [];
	return token === undefined ? [] : [token];
}

/** A user with a password as HTTP sends them (RFC 7617), and as some write that: without padding. */
function credentialsOf({options}: CheckConfig): readonly string[] {
	const {user = '', password} = options;

	if (typeof password !== 'string' || password === '') {
		return [];
	}

	const credentials = Buffer.from(`${user}:${password}`).toString('base64');
	return [credentials, credentials.replace(/=+$/, '')];
}

function levelsOf({levels, type}: CheckConfig): ReadonlyMap<string, MeasureLevels> {
	return new Map(
		Object.entries(levels).flatMap(([measure, level]) =>
			level ? [[measure, rangesOf(level, type.measures[measure]?.unit ?? 'count')] as const] : [],
		),
	);
}

function rangesOf({warning, critical}: LevelConfig, unit: MeasureUnit): MeasureLevels {
	const range = (written: string | number | undefined) =>
		written === undefined ? undefined : parseRange(String(written), unit);
	return {warning: range(warning), critical: range(critical)};
}
