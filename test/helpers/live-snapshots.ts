import {safe} from '../../src/core/safe.js';
import type {Check, Process, Snapshot} from '../../src/core/snapshot.js';
import {aSnapshot} from './scene.js';
import {someChecks} from './scene-checks.js';

const first = aSnapshot({sequence: 1, checks: someChecks});

/** A machine that lives: from one snapshot to the next some things change and others stay the same objects, as in an engine. */
export function nextOf(before: Snapshot | undefined, random: () => number): Snapshot {
	if (!before) {
		return first;
	}

	const at = before.at + 1000;
	const sequence = before.sequence + 1;
	const isMinute = sequence % 7 === 0;
	const processes = random() < 0.1 ? before.processes : nextProcesses(before.processes, at, random);
	const listeners = random() < 0.1 ? first.listeners : before.listeners;
	const {timeEvent: _timeEvent, impaired: _impaired, minute: oldMinute, ...rest} = before;
	const minute = isMinute ? {from: at - 60_000, to: at, processes: processes.slice(0, 20)} : oldMinute;
	return {
		...rest,
		at,
		sequence,
		series: nextSeries(before.series, sequence, random),
		problems: random() < 0.2 ? first.problems : [],
		devices: before.devices.map(device => ({...device})),
		filesystems: sequence % 10 === 0 ? before.filesystems.map(one => ({...one})) : before.filesystems,
		processes,
		checks: nextChecks(before.checks, sequence, random),
		...(random() < 0.1 && {impaired: safe`3 of 3 other hosts cannot be reached from here`}),
		...(minute && {minute}),
		...(listeners && {listeners}),
		...(random() < 0.05 && {timeEvent: {kind: 'clock-set', ms: 5000} as const}),
	};
}

/** Some of them were asked, now and then; with another configuration there are fewer, and then all of them again. */
function nextChecks(before: readonly Check[], sequence: number, random: () => number): readonly Check[] {
	if (sequence % 11 === 0) {
		return before.length < first.checks.length ? first.checks : before.slice(1);
	}

	return random() < 0.5
		? before
		: before.map(check =>
				random() < 0.3 ? {...check, recent: `${check.recent}o`.slice(-60), dueAt: sequence} : check,
			);
}

function nextSeries(before: Snapshot['series'], sequence: number, random: () => number): Snapshot['series'] {
	const known = first.series;
	const entries = [...before].map(
		([name, value]) => [name, (known.get(name) ?? value) * (0.9 + random() / 10)] as const,
	);
	const others = entries.filter(([name]) => known.has(name));
	return new Map(sequence % 9 === 0 ? [...others, [`network.sent:veth${sequence}`, sequence]] : entries);
}

function nextProcesses(before: readonly Process[], at: number, random: () => number): readonly Process[] {
	const stayed = before
		.filter(() => random() > 0.005)
		.map(process => (random() < 0.1 ? {...process, memoryBytes: process.memoryBytes + 4096} : process));
	const born = before[0] && random() < 0.3 ? [{...before[0], pid: 50_000 + (at % 900), startTicks: at}] : [];
	return [...stayed, ...born.filter(({pid}) => stayed.every(one => one.pid !== pid))].sort((a, b) => a.pid - b.pid);
}
