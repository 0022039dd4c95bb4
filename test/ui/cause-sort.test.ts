import {describe, expect, test} from 'vitest';
import {causeOf, withCauseSort} from '../../src/ui/cause-sort.js';
import {initialView, type Sort, type ViewState} from '../../src/ui/view-state.js';
import {anAlert} from '../helpers/scene-alerts.js';

test.each<[series: string | undefined, sort: Sort | undefined]>([
	['cpu.used', 'cpu'],
	['core.used:3', 'cpu'],
	['cpu.steal', 'cpu'],
	['load.per_core', 'cpu'],
	['pressure.cpu', 'cpu'],
	['container.cpu_used', 'cpu'],
	['memory.used', 'memory'],
	['swap.out', 'memory'],
	['pressure.memory_full', 'memory'],
	['container.memory_used', 'memory'],
	['io.busy:vda', 'io'],
	['disk.used:/data: odd', 'io'],
	['pressure.io', 'io'],
	['cpu.iowait', 'io'],
	['temperature:cpu.used', undefined],
	['process.count', undefined],
	['network.errors:eth0', undefined],
	[undefined, undefined],
])('%s is about %s', (series, sort) => {
	expect(causeOf(series)).toBe(sort);
});

const alerts = [
	anAlert('m', 'Memory', {series: 'memory.used'}),
	anAlert('c', 'CPU', {series: 'cpu.used'}),
	anAlert('s', 'shop', {check: 'shop'}),
];
const start: ViewState = {
	...initialView(['processes', 'alerts']),
	focused: 'alerts',
	sort: 'name',
	isReversed: true,
	offsets: {processes: 7},
};
const on = (view: ViewState, incident: string | undefined): ViewState =>
	withCauseSort({...view, bars: incident === undefined ? {} : {alerts: {id: incident, row: 0}}}, alerts);
const orderOf = ({sort, isReversed, offsets}: ViewState) => [sort, isReversed, offsets.processes];

describe('the order of processes', () => {
	test('is that of the cause while the bar is on its alert, and then what it was', () => {
		const memory = on(start, 'm');
		expect(orderOf(memory)).toEqual(['memory', false, 0]);
		const cpu = on(memory, 'c');
		expect(orderOf(cpu)).toEqual(['cpu', false, 0]);
		expect(orderOf(on(cpu, 's'))).toEqual(['name', true, 0]);
		expect(orderOf(on(cpu, undefined))).toEqual(['name', true, 0]);
		expect(on(cpu, undefined).lentSort).toBeUndefined();
	});

	test('comes back when another panel has the keys', () => {
		const memory = on(start, 'm');
		expect(orderOf(withCauseSort({...memory, focused: 'processes'}, alerts))).toEqual(['name', true, 0]);
	});

	test('comes back when the alert is gone', () => {
		expect(orderOf(withCauseSort(on(start, 'm'), []))).toEqual(['name', true, 0]);
	});

	test('stays as somebody has chosen it in between', () => {
		const chosen: ViewState = {...on(start, 'm'), sort: 'pid'};
		expect(withCauseSort(chosen, alerts)).toBe(chosen);
		expect(orderOf(on(chosen, undefined))).toEqual(['pid', false, 0]);
		const reversed: ViewState = {...on(start, 'm'), isReversed: true};
		expect(orderOf(on(reversed, 's'))).toEqual(['memory', true, 0]);
	});

	test('is left alone by alerts that have no such cause, and without any', () => {
		const view: ViewState = {...start, bars: {alerts: {id: 's', row: 0}}};
		expect(withCauseSort(view, alerts)).toBe(view);
		expect(withCauseSort(start, alerts)).toBe(start);
	});
});
