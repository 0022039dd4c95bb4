import type {Evidence, EvidenceHour, EvidenceProcess} from '../core/alerts/incident.js';
import type {Rule} from '../core/alerts/rule.js';
import type {Severity} from '../core/alerts/severity.js';
import type {History} from '../core/history.js';
import {seriesName} from '../core/series.js';
import type {Check, Process} from '../core/snapshot.js';
import {unitOf} from '../core/unit-of.js';

/** Of each kind so many processes. */
const mostProcesses = 5;

/** The hour before in parts of a minute. */
const minutes = 60;

/** What there is to look at when an alert fires. */
export type Surroundings = {
	/** Wall clock, ms. */
	readonly at: number;
	readonly processes: readonly Process[];
	readonly history: History;
	/** Of a check's alert. */
	readonly check?: Check | undefined;
	/** Of a rule's alert. */
	readonly series?: string | undefined;
	readonly rule?: Rule | undefined;
};

/** What the machine looks like now. */
export function evidenceOf({at, processes, history, check, series, rule}: Surroundings): Evidence {
	const own = check ? seriesName('check.time', check.check) : series;
	const hour = own === undefined ? undefined : hourOf(history, own, rule);
	return {
		at,
		...(hour && {hour}),
		byCpu: busiest(processes, ({cpuPercent = 0}) => cpuPercent),
		byMemory: busiest(processes, ({memoryBytes}) => memoryBytes),
		...(check && {check: answerOf(check)}),
	};
}

function busiest(processes: readonly Process[], by: (process: Process) => number): readonly EvidenceProcess[] {
	return processes
		.filter(process => by(process) > 0)
		.toSorted((a, b) => by(b) - by(a))
		.slice(0, mostProcesses)
		.map(({pid, name, user, cpuPercent, memoryBytes}) => ({
			pid,
			name,
			...(user !== undefined && {user}),
			...(cpuPercent !== undefined && {cpuPercent}),
			memoryBytes,
		}));
}

/** Undefined where nothing is remembered of it. */
function hourOf(history: History, series: string, rule: Rule | undefined): EvidenceHour | undefined {
	const isBelow = Object.values(rule?.levels ?? {}).some(({kind}) => kind === 'below');
	const {at, min, max} = history.points(series, 'minute', minutes);
	// The worst of each minute: a mean would not show what fired.
	const values = [...(isBelow ? min : max)].map(value => (Number.isNaN(value) ? null : Number(value.toPrecision(6))));
	const [from, last] = [at[0], at.at(-1)];

	if (from === undefined || last === undefined || values.every(value => value === null)) {
		return undefined;
	}

	const level = (severity: Severity) => {
		const one = rule?.levels[severity];
		return one?.kind === 'above' || one?.kind === 'below' ? {[severity]: one.trigger} : {};
	};
	return {
		from,
		to: last + 60_000,
		unit: unitOf(series),
		values,
		...level('warning'),
		...level('critical'),
		...(isBelow && {isBelow}),
	};
}

function answerOf({type, result, changes}: Check): NonNullable<Evidence['check']> {
	const reason = result?.reason ?? changes[0]?.reason;
	return {
		type,
		text: result?.text ?? type,
		...(reason !== undefined && {reason}),
		...(result?.ms !== undefined && {ms: result.ms}),
		stages: result?.stages ?? [],
		conditions: result?.conditions ?? [],
	};
}
