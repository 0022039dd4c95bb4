import {bytesPerSecond, bytesShort, percentTenths, span, startTime, timeOfDay, unknown} from '../../core/format.js';
import type {Guarded, ProcessFacts, ProcessLimit} from '../../core/process-facts.js';
import {type Safe, safe, safeText, trimSafe} from '../../core/safe.js';
import type {Process} from '../../core/snapshot.js';
import type {WatchedProcess} from '../process-watch.js';
import type {Scene} from '../scene.js';
import type {Look} from '../theme.js';

/** A label and its value. */
export type DetailFact = {readonly label: Safe; readonly value: Safe; readonly style: number};

const noPermission = safe`no permission: only its owner and root may see it`;
const noPermissionShort = safe`no permission`;

/** proc_pid_stat(5), in words. */
const states: Readonly<Record<string, Safe>> = {
	R: safe`running or runnable`,
	S: safe`sleeping`,
	D: safe`waiting for a disk (D)`,
	Z: safe`zombie: ended, not yet collected`,
	T: safe`stopped by a signal`,
	t: safe`stopped by a debugger`,
	I: safe`idle kernel thread`,
	X: safe`dead`,
};

/** Whom it is about, and that it has ended. */
export function headingOf(
	{look, symbols}: Scene,
	{process, endedAt}: WatchedProcess,
): Pick<DetailFact, 'style'> & {text: Safe} {
	const {pid, name} = process;
	return endedAt === undefined
		? {text: safe`${pid} ${name}`, style: look.strong}
		: {
				text: safe`${pid} ${name} ${symbols.dot} ended at ${timeOfDay(endedAt)}; as it was seen last:`,
				style: look.strongLevel.warning,
			};
}

/** What fits into half a line, in reading order. */
export function shortFacts(scene: Scene, {process, endedAt, facts}: WatchedProcess): readonly DetailFact[] {
	const {look, snapshot} = scene;
	const style = look.text;
	const {state, user, threads, cpuPercent, memoryBytes} = process;
	const total = snapshot.series.get('memory.total');
	const share = total ? safe` ${trimSafe(percentTenths((memoryBytes * 100) / total))}` : safe``;
	const isStuck = state === 'D' || state === 'Z';
	return [
		{
			label: safe`state`,
			value: endedAt === undefined ? (states[state] ?? safeText(state)) : safe`ended`,
			style: isStuck ? look.level.warning : style,
		},
		{label: safe`parent`, value: parentOf(process, scene), style},
		{label: safe`user`, value: user ?? unknown, style},
		{label: safe`started`, value: startedOf(process, endedAt ?? snapshot.at), style},
		{label: safe`CPU`, value: safe`${trimSafe(percentTenths(cpuPercent))} of one core`, style},
		{label: safe`memory`, value: safe`${bytesShort(memoryBytes)}${share}`, style},
		{label: safe`threads`, value: safe`${threads}`, style},
		{label: safe`virtual`, value: bytesShort(facts?.virtualBytes), style},
		{label: safe`nice`, value: facts?.nice === undefined ? unknown : safe`${facts.nice}`, style},
		{label: safe`swapped`, value: bytesShort(facts?.swapBytes), style},
		{label: safe`disk now`, value: diskNow(process), style},
		{label: safe`disk total`, value: diskTotal(facts?.disk), style},
		{label: safe`open files`, value: filesOf(facts), style},
	];
}

/** What may need a line of its own, or several. */
export function longFacts({process: {state}, facts}: WatchedProcess, look: Look): readonly DetailFact[] {
	const notAsked = state === 'D' ? safe`not asked while it waits for a disk` : unknown;
	const told = (value: Guarded<Safe>) => (facts ? (value === 'denied' ? noPermission : (value ?? unknown)) : notAsked);
	const fact = (label: Safe, value: Guarded<Safe>) => ({
		label,
		value: told(value),
		style: value === 'denied' || !facts ? look.dim : look.text,
	});
	return [
		fact(safe`program`, facts?.executable),
		fact(safe`directory`, facts?.directory),
		fact(safe`cgroup`, facts?.controlGroup),
	];
}

/** The whole command line, as far as it is kept. */
export function commandOf({command, state}: Process): Safe {
	if (command || state === 'Z') {
		return command ?? safe`none: it has ended`;
	}

	return state === 'D' ? safe`not read while it waits for a disk` : safe`none: a thread of the kernel, or not read yet`;
}

/** The limits that people run into. */
const limitNames: readonly (readonly [kernel: string, ours: Safe])[] = [
	['open files', safe`open files`],
	['processes', safe`processes`],
	['stack size', safe`stack`],
	['core file size', safe`core`],
	['locked memory', safe`locked`],
	['address space', safe`virtual`],
];

/** Each limit as it is now, and where that is another number, how high it may be raised. */
export function limitsOf(facts: ProcessFacts | undefined): readonly {readonly name: Safe; readonly value: Safe}[] {
	return limitNames.flatMap(([kernel, name]) => {
		const limit = facts?.limits.find(one => one.name === kernel);
		return limit ? [{name, value: limitText(limit)}] : [];
	});
}

function limitText({soft, hard, isBytes}: ProcessLimit): Safe {
	const text = (value: number) =>
		value === Number.POSITIVE_INFINITY ? safe`unlimited` : isBytes ? bytesShort(value) : safe`${value}`;
	return soft === hard ? text(soft) : safe`${text(soft)}, hard ${text(hard)}`;
}

function parentOf({parent}: Process, {snapshot}: Scene): Safe {
	const found = snapshot.processes.find(({pid}) => pid === parent);
	return parent === 0 ? safe`none` : found ? safe`${parent} ${found.name}` : safe`${parent}`;
}

function startedOf({startedAt}: Process, now: number): Safe {
	return Number.isNaN(startedAt)
		? unknown
		: safe`${trimSafe(startTime(startedAt, now))}, ${span((now - startedAt) / 1000)} ago`;
}

function diskNow({disk}: Process): Safe {
	if (disk === 'denied') {
		return noPermissionShort;
	}

	return disk ? safe`r ${trimSafe(bytesPerSecond(disk.read))}  w ${trimSafe(bytesPerSecond(disk.written))}` : unknown;
}

function diskTotal(disk: ProcessFacts['disk']): Safe {
	if (disk === 'denied') {
		return noPermissionShort;
	}

	return disk ? safe`r ${bytesShort(disk.read)}  w ${bytesShort(disk.written)}` : unknown;
}

function filesOf(facts: ProcessFacts | undefined): Safe {
	const limit = facts?.limits.find(({name}) => name === 'open files');
	const count = facts?.openFiles;

	if (count === 'denied' || count === undefined) {
		return count ? noPermissionShort : unknown;
	}

	return limit ? safe`${count} of ${limitText({...limit, hard: limit.soft})}` : safe`${count}`;
}
