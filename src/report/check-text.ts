import type {Answer, CheckStatus, MeasureUnit} from '../core/check.js';
import {joinSafe, type Safe, safe, safeText} from '../core/safe.js';
import type {AskedCheck, CheckReport} from './check-report.js';

const words: Readonly<Record<CheckStatus, Safe>> = {
	ok: safe`OK`,
	warning: safe`WARNING`,
	critical: safe`CRITICAL`,
	unknown: safe`UNKNOWN`,
};

/** Units of performance data; what has none there is a bare number. */
const units: Readonly<Record<MeasureUnit, string>> = {
	percent: '%',
	bytes: 'B',
	seconds: 's',
	ms: 'ms',
	count: '',
	'per second': '',
	'bytes/s': '',
};

/**
 * As a Nagios plug-in prints it (https://nagios-plugins.org/doc/guidelines.html): the worst and performance data in the first line, then a
 * line for each, worst first.
 */
export function checkText(report: CheckReport): string {
	const {status, checks, levels, problem} = report;
	const lines = [...levels.map(level => safe`${words[level.status]} - ${level.text}`), ...checks.map(lineOf)];
	const rank: readonly CheckStatus[] = ['critical', 'warning', 'unknown', 'ok'];
	const sorted = rank.flatMap(one => lines.filter(line => line.startsWith(words[one])));
	const perfdata = checks.flatMap(check => perfdataOf(check));
	const data = perfdata.length > 0 ? ` | ${perfdata.join(' ')}` : '';
	const [first] = sorted;

	if (sorted.length === 1 && first !== undefined && !problem) {
		return `${first}${data}\n`;
	}

	const summary = problem === undefined ? summaryOf(checks, levels.length, first) : problem;
	return `${[`${words[status]} - ${oneLine(summary)}${data}`, ...sorted].join('\n')}\n`;
}

/** `orders-db: refused on 127.0.0.1:3306 (1 critical, 6 ok)` */
function summaryOf(checks: readonly AskedCheck[], levels: number, worst: Safe | undefined): Safe {
	const count = (status: CheckStatus) => checks.filter(({judgement}) => judgement.status === status).length;
	const counts = (['critical', 'warning', 'unknown', 'ok'] as const).flatMap(status => {
		const number = count(status);
		return number > 0 ? [safe`${number} ${safeText(status)}`] : [];
	});
	const passed = levels > 0 ? [safe`${levels} of the machine`] : [];
	const all = joinSafe([...counts, ...passed], safe`, `);
	const isWell = checks.every(({judgement}) => judgement.status === 'ok') && levels === 0;
	const text = safeText(worst?.replace(/^[A-Z]+ - /, '') ?? '');
	return isWell ? safe`${checks.length} checks are well` : safe`${text} (${all})`;
}

function lineOf({name, answer, judgement, hide}: AskedCheck): Safe {
	const {status, reason} = judgement;
	const time = answer.ms === undefined || answer.failure ? safe`` : safe` in ${Math.round(answer.ms)} ms`;
	const text = status === 'ok' ? safe`${answer.text}${time}` : (reason ?? answer.text);
	return safe`${words[status]} - ${name}: ${oneLine(hide(text))}`;
}

/** A bar would begin performance data. */
function oneLine(text: Safe): Safe {
	return safeText(text.replaceAll('|', '/'));
}

function perfdataOf({name, type, answer}: AskedCheck): readonly string[] {
	const {ms, failure, measures = {}, perfdata = []} = answer;
	return [
		...(ms === undefined || failure ? [] : [datum(name, 'time', round(ms), 'ms')]),
		...daysOf(answer).map(days => datum(name, 'certificate days', days, '')),
		...Object.entries(measures).map(([measure, value]) =>
			datum(name, measure, round(value), units[type.measures[measure]?.unit ?? 'count']),
		),
		...perfdata.map(({label, value, unit}) => datum(name, label, value, unit)),
	];
}

function daysOf({values}: Answer): readonly number[] {
	const ms = values.CERTIFICATE_EXPIRATION;
	return ms === undefined ? [] : [Math.floor(ms / 86_400_000)];
}

/** Names with quotes or an equals sign in them would be read as something else. */
function datum(name: Safe, measure: string, value: number, unit: string): string {
	const label = `${name} ${safeText(measure)}`.replaceAll(/['=|]/g, '_');
	return `'${label}'=${value}${unit}`;
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
