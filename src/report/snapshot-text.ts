import {checkReason, checkState, checkStateWords, worstChecksFirst} from '../core/check-state.js';
import {attemptText, responseTime, shortType, uptimeText} from '../core/check-words.js';
import {
	bytes,
	bytesPerSecond,
	calendarDate,
	hundredths,
	percent,
	percentTenths,
	percentUp,
	span,
	tenths,
	timeOfDay,
} from '../core/format.js';
import {levelOf} from '../core/levels.js';
import {joinSafe, padSafe, type Safe, safe} from '../core/safe.js';
import {sumOf} from '../core/series.js';
import type {FilesystemUsage, Snapshot} from '../core/snapshot.js';
import {cut, widthOf} from '../core/width.js';

/** Processes printed. */
const most = 10;

/** A snapshot in plain lines for a pipe, a mail or a log: no colour, no escape, at most about 100 columns. */
export function snapshotText(snapshot: Snapshot): string {
	const lines = [
		headOf(snapshot),
		...machineOf(snapshot),
		...disksOf(snapshot),
		...networkOf(snapshot),
		...servicesOf(snapshot),
		...processesOf(snapshot),
		...problemsOf(snapshot),
	];
	return `${lines.join('\n')}\n`;
}

function headOf({host, at, series, cores}: Snapshot): Safe {
	const uptime = series.get('uptime');
	const up = uptime === undefined ? safe`` : safe`  up ${span(uptime)}`;
	return safe`${host}  ${calendarDate(at)} ${timeOfDay(at)}  ${cores} ${cores === 1 ? safe`core` : safe`cores`}${up}`;
}

function machineOf({series}: Snapshot): readonly Safe[] {
	const share = (name: string) => percentTenths(series.get(name));
	// With what is beside them: they add up to what is used.
	const both = (name: string, other: string) => percentTenths(sumOf(series, name, other));
	const load = joinSafe(
		['load.1', 'load.5', 'load.15'].map(name => hundredths(series.get(name))),
		safe` `,
	);
	const swap = series.get('swap.used');
	return [
		safe`cpu     ${share('cpu.used')} used  ${both('cpu.user', 'cpu.nice')} user  ${both('cpu.system', 'cpu.irq')} system  ${share('cpu.iowait')} wait  ${share('cpu.steal')} steal  load ${load}`,
		safe`memory  ${share('memory.used')} used of ${bytes(series.get('memory.total'))}  ${bytes(series.get('memory.available'))} available  ${bytes(series.get('memory.cached'))} cache`,
		swap === undefined
			? safe`swap    ${series.get('swap.total') === 0 ? safe`none` : safe`-`}`
			: safe`swap    ${share('swap.used')} used of ${bytes(series.get('swap.total'))}`,
	];
}

function disksOf({filesystems, devices}: Snapshot): readonly Safe[] {
	const width = Math.min(40, Math.max(0, ...filesystems.map(({name}) => widthOf(name))));
	const rows = filesystems.map(({name, usage, problem, isReadOnly}) => {
		const what = usage
			? safe`${percentUp(usage.usedPercent)} used of ${bytes(usage.totalBytes)}  ${bytes(usage.freeBytes)} free${inodesOf(usage)}`
			: (problem ?? safe`no answer yet`);
		return safe`disk    ${padded(name, width)}  ${what}${isReadOnly ? safe`  read-only` : safe``}`;
	});
	const io = devices.map(
		({name, readBytesPerSecond, writtenBytesPerSecond, busyPercent}) =>
			safe`device  ${padded(name, 10)}  r ${bytesPerSecond(readBytesPerSecond)}  w ${bytesPerSecond(writtenBytesPerSecond)}  busy ${percent(busyPercent)}`,
	);
	return [...rows, ...io];
}

/** Told when they run out. */
function inodesOf({inodes}: FilesystemUsage): Safe {
	const isOk = levelOf('disk.inodes_used', inodes?.usedPercent) === 'ok';
	return isOk ? safe`` : safe`  inodes ${percentUp(inodes?.usedPercent)}`;
}

function networkOf({interfaces}: Snapshot): readonly Safe[] {
	return interfaces.map(
		({name, receivedBytesPerSecond, sentBytesPerSecond}) =>
			safe`network ${padded(name, 10)}  in ${bytesPerSecond(receivedBytesPerSecond)}  out ${bytesPerSecond(sentBytesPerSecond)}`,
	);
}

/** Worst first: `service CRIT orders-db  mysql  for 2m14s   refused on 127.0.0.1:3306`. */
function servicesOf({checks, at, past}: Snapshot): readonly Safe[] {
	const width = Math.min(24, Math.max(0, ...checks.map(({name}) => widthOf(name))));
	return worstChecksFirst(checks).map(check => {
		const {name, status, since, result, blockedBy} = check;
		const isBad = status === 'critical' || status === 'warning' || status === 'unknown';
		const time = isBad && !past ? safe`for ${span((at - since) / 1000)}` : uptimeText(check);
		const held = blockedBy === undefined ? safe`` : safe`blocked by ${blockedBy}  `;
		const reason = checkReason(check);
		const ms = result?.ms === undefined || reason !== undefined ? safe`` : safe`  ${responseTime(result.ms)}`;
		const attempt = check.attempt ? safe`  ${attemptText(check)}` : safe``;
		const what = safe`${cut(safe`${held}${reason ?? result?.text ?? safe`no result yet`}`, 50)}${ms}${attempt}`;
		const state = checkStateWords[checkState(check)];
		return safe`service ${padded(state, 4)} ${padded(name, width)}  ${padded(shortType(check), 5)}  ${padSafe(time, 11, 'start')}  ${what}`;
	});
}

function processesOf({processes}: Snapshot): readonly Safe[] {
	const busiest = processes.toSorted(
		(a, b) => (b.cpuPercent ?? 0) - (a.cpuPercent ?? 0) || b.memoryBytes - a.memoryBytes,
	);
	const head = safe`    PID USER       CPU%      MEM COMMAND (${Math.min(most, busiest.length)} of ${busiest.length})`;
	const rows = busiest
		.slice(0, most)
		.map(
			({pid, user, cpuPercent, memoryBytes, command, name}) =>
				safe`${padSafe(safe`${pid}`, 7, 'start')} ${padded(user ?? safe`-`, 9)} ${tenths(cpuPercent)} ${bytes(memoryBytes)} ${cut(command ?? name, 64)}`,
		);
	return [head, ...rows];
}

function problemsOf({problems, impaired}: Snapshot): readonly Safe[] {
	return [
		...(impaired === undefined ? [] : [safe`problem monitor impaired: ${impaired}`]),
		...problems.map(({source, reason, isNote}) => safe`${isNote ? safe`note   ` : safe`problem`} ${source}: ${reason}`),
	];
}

function padded(text: Safe, width: number): Safe {
	const short = cut(text, width);
	return safe`${short}${padSafe(safe``, width - widthOf(short), 'end')}`;
}
