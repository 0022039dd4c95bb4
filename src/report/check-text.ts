import type {Answer, CheckStatus, MeasureUnit} from '../core/check.js';
import {joinSafe, type Safe, safe, safeText} from '../core/safe.js';
import type {AskedCheck, CheckReport} from './check-report.js';

const words: Readonly<Record<CheckStatus, Safe>> = {
	ok: safe`OK`,
	warning: safe`WARNING`,
	critical: safe`CRITICAL`,
	unknown: safe`UNKNOWN`,
};

/** What is told in a line. */
type Told = {readonly status: CheckStatus; readonly text: Safe};

/** Units of performance data; what has none there is a bare number. */
const units: Readonly<Record<MeasureUnit, Safe>> = {
	percent: safe`%`,
	bytes: safe`B`,
	seconds: safe`s`,
	ms: safe`ms`,
	count: safe``,
	'per second': safe``,
	'bytes/s': safe``,
};

/**
 * As a Nagios plug-in prints it (https://nagios-plugins.org/doc/guidelines.html): the worst and performance data in the first line, then a
 * line for each, worst first.
 */
export function checkText(report: CheckReport): string {
	const {status, checks, levels, problem} = report;
	const all: readonly Told[] = [...levels, ...checks.map(toldOf)];
	const rank: readonly CheckStatus[] = ['critical', 'warning', 'unknown', 'ok'];
	const told = rank.flatMap(one => all.filter(line => line.status === one));
	const sorted = told.map(line => safe`${words[line.status]} - ${line.text}`);
	const perfdata = checks.flatMap(check => perfdataOf(check));
	const data = perfdata.length > 0 ? ` | ${perfdata.join(' ')}` : '';
	const [first] = sorted;

	if (sorted.length === 1 && first !== undefined && !problem) {
		return `${first}${data}\n`;
	}

	const [summary = safe``, ...more] = problem?.lines ?? [summaryOf(checks, levels.length, told[0]?.text)];
	return `${[`${words[status]} - ${oneLine(summary)}${data}`, ...more, ...sorted].join('\n')}\n`;
}

/** `orders-db: refused on 127.0.0.1:3306 (1 critical, 6 ok)` */
function summaryOf(checks: readonly AskedCheck[], levels: number, worst: Safe = safe``): Safe {
	const count = (status: CheckStatus) => checks.filter(({judgement}) => judgement.status === status).length;
	const counts = (['critical', 'warning', 'unknown', 'ok'] as const).flatMap(status => {
		const number = count(status);
		return number > 0 ? [safe`${number} ${safeText(status)}`] : [];
	});
	const passed = levels > 0 ? [safe`${levels} of the machine`] : [];
	const all = joinSafe([...counts, ...passed], safe`, `);
	const isWell = checks.every(({judgement}) => judgement.status === 'ok') && levels === 0;
	return isWell ? safe`${checks.length} checks are well` : safe`${worst} (${all})`;
}

function toldOf({name, answer, judgement, hide}: AskedCheck): Told {
	const {status, reason} = judgement;
	const time = answer.ms === undefined || answer.failure ? safe`` : safe` in ${Math.round(answer.ms)} ms`;
	const text = status === 'ok' ? safe`${answer.text}${time}` : (reason ?? answer.text);
	return {status, text: safe`${name}: ${oneLine(hide(text))}`};
}

/** A bar would begin performance data. */
function oneLine(text: Safe): Safe {
	return safeText(text.replaceAll('|', '/'));
}

function perfdataOf({name, type, answer, hide}: AskedCheck): readonly Safe[] {
	const {ms, failure, measures = {}, perfdata = []} = answer;
	return [
		...(ms === undefined || failure ? [] : [datum(name, safe`time`, round(ms), units.ms)]),
		...daysOf(answer).map(days => datum(name, safe`certificate days`, days, units.count)),
		...Object.entries(measures).map(([measure, value]) =>
			datum(name, safeText(measure), round(value), units[type.measures[measure]?.unit ?? 'count']),
		),
		...perfdata.map(({label, value, unit}) => datum(name, hide(label), value, unit)),
	];
}

/** Whole days, unless the check measures them itself. */
function daysOf({values, measures}: Answer): readonly number[] {
	const ms = values.CERTIFICATE_EXPIRATION;
	return ms === undefined || measures?.['days'] !== undefined ? [] : [Math.trunc(ms / 86_400_000)];
}

/** Names with quotes or an equals sign in them would be read as something else. */
function datum(name: Safe, measure: Safe, value: number, unit: Safe): Safe {
	const label = safeText(`${name} ${measure}`.replaceAll(/['=|]/g, '_'));
	return safe`'${label}'=${value}${unit}`;
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
