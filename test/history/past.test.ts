import {expect, test} from 'vitest';
import type {ProcessMinute} from '../../src/core/snapshot.js';
import {Past} from '../../src/history/past.js';
import {type Beat, expectClose, gap, hour, minute, model, quarter, start} from './points-table.js';

const pushAt = (past: Past, second: number, values: Record<string, number>, intervalMs = 1000) =>
	past.push({at: start + second * 1000, series: new Map(Object.entries(values)), intervalMs});

test('one beat is in the recent past and in the points', () => {
	const past = new Past();
	pushAt(past, 0, {'cpu.used': 10});
	pushAt(past, 1, {'cpu.used': 20, 'core.used:0': 30});
	expect([...past.last('cpu.used', 3), ...past.last('core.used:0', 2)]).toEqual([gap, 10, 20, gap, 30]);
	expect([...past.points('cpu.used', 'minute', 2).avg, ...past.points('cpu.used', 'quarter', 2).avg]).toEqual([15, 15]);
	expect([...past.points('core.used:0', 'minute', 2).avg]).toEqual([gap]);
});

test('what the configuration names has points', () => {
	const past = new Past(['core.used']);
	pushAt(past, 0, {'core.used:0': 30});
	expect([...past.points('core.used:0', 'minute', 2).avg]).toEqual([30]);
});

test('another configuration counts from the next beat on, and what is known stays', () => {
	const past = new Past(['core.used']);
	pushAt(past, 0, {'cpu.used': 1, 'core.used:0': 1, 'core.used:1': 1});
	past.keep(['core.used:1']);
	pushAt(past, 60, {'cpu.used': 2, 'core.used:0': 2, 'core.used:1': 2});
	const averages = ['cpu.used', 'core.used:0', 'core.used:1'].map(name => [...past.points(name, 'minute', 2).avg]);
	expect(averages).toEqual([
		[1, 2],
		[1, gap],
		[1, 2],
	]);
});

test('the beats can be forgotten; the points stay', () => {
	const past = new Past();
	pushAt(past, 0, {'cpu.used': 1});
	past.forgetBeats();
	pushAt(past, 1, {'cpu.used': 3});
	expect([...past.last('cpu.used', 2), ...past.points('cpu.used', 'minute', 2).avg]).toEqual([gap, 3, 2]);
});

test('beats that were missed are gaps in the recent past, and what did not fit in is told', () => {
	const past = new Past();
	pushAt(past, 0, {'cpu.used': 1});
	const many = Array.from({length: 2005}, (_, index) => [`core.used:${index}`, 1] as const);
	past.push({at: start, series: new Map([...many, ['cpu.used', 2]]), intervalMs: 3000}, 2);
	expect([...past.last('cpu.used', 4)]).toEqual([1, gap, gap, 2]);
	expect(past.refused).toBe(6);
});

test('a copy stands still', () => {
	const past = new Past();
	pushAt(past, 0, {'cpu.used': 1});
	const copy = past.copy();
	pushAt(past, 1, {'cpu.used': 9});
	pushAt(past, 60, {'cpu.used': 9});
	expect([...copy.last('cpu.used', 2)]).toEqual([gap, 1]);
	expect([...copy.points('cpu.used', 'minute', 9).avg, ...copy.points('cpu.used', 'quarter', 9).avg]).toEqual([1, 1]);
});

test('at most 100 series have points', () => {
	const past = new Past();
	const names = Array.from({length: 150}, (_, index) => `disk.used:/m${index}`);
	pushAt(past, 0, Object.fromEntries(names.map(name => [name, 1])));
	expect(names.filter(name => past.points(name, 'minute', 1).count[0] === 1)).toEqual(names.slice(0, 100));
});

/** A server with containers: an interface comes every hour and goes after six, a disk is mounted every other six hours. */
function valuesAt(beat: number): Record<string, number> {
	const now = Math.floor((beat * minute) / hour);
	const values: Record<string, number> = {'cpu.used': 50 + 50 * Math.sin(beat / 97), 'disk.used:/': beat % 100};

	if (now % 12 < 6) {
		values['disk.used:/backup'] = beat % 7;
	}

	if (beat % 13 > 0) {
		values['io.latency:vda'] = 1 + (beat % 5);
	}

	for (let age = 0; age < 6 && age <= now; age++) {
		for (const measure of ['received', 'sent', 'errors', 'drops', 'received_total']) {
			values[`network.${measure}:veth${now - age}`] = beat;
		}
	}

	return values;
}

test('30 days, with interfaces that come and go, a night of sleep and a clock that is set back', () => {
	const past = new Past();
	const beats: Beat[] = [];
	let second = 0;

	for (let beat = 0; beat < 30 * 24 * 60; beat++) {
		const jump = beat === 14_400 ? 8 * hour : beat === 28_800 ? -hour : 0;
		second += minute + jump;
		const values = valuesAt(beat);
		beats.push([second, values]);
		pushAt(past, second, values, minute * 1000 + Math.max(0, jump));
	}

	for (const name of ['cpu.used', 'disk.used:/', 'disk.used:/backup', 'io.latency:vda']) {
		expectClose(past.points(name, 'minute', 2880), model(beats, minute, name).slice(-2880));
		expectClose(past.points(name, 'quarter', 9999), model(beats, quarter, name));
	}

	// 28 hours of such interfaces, four series each, are more than there is room for: some had a place, none of them at the cost of others.
	const recent = Array.from({length: 48}, (_, index) => `network.sent:veth${719 - index}`);
	const seen = recent.filter(name => past.points(name, 'minute', 2880).count.some(count => count > 0));
	expect(seen.length).toBeGreaterThan(10);
	expect(past.points('network.received_total:veth719', 'minute', 1).count[0]).toBe(0);
});

test('the busiest processes of a minute are kept from its first snapshot on, and a copy of them stands still', () => {
	const past = new Past();
	const minute = (from: number): ProcessMinute => ({from: start + from, to: start + from + 60_000, processes: []});
	const [first, second] = [minute(0), minute(60_000)];
	const push = (at: number, minute?: ProcessMinute) =>
		past.push({at: start + at, series: new Map(), intervalMs: 1000, ...(minute && {minute})});
	push(0);
	expect(past.busiestAt(start)).toBeUndefined();
	push(60_000, first);
	push(61_000, first);
	const copy = past.copy();
	push(120_000, second);
	past.forgetBeats();
	expect([past.busiestAt(start), past.busiestAt(start + 60_000)]).toEqual([first, second]);
	expect([copy.busiestAt(start + 60_000), copy.busiestAt(start + 60_001)]).toEqual([first, undefined]);
});
