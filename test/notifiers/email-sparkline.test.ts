import {expect, test} from 'vitest';
import type {EvidenceHour} from '../../src/core/alerts/incident.js';
import type {Unit} from '../../src/core/series-table.js';
import {valueText} from '../../src/core/value-text.js';
import {sparklineOf, sparklineText} from '../../src/notifiers/email-sparkline.js';

function hour(values: readonly (number | null)[], more: Partial<EvidenceHour> = {}): EvidenceHour {
	return {from: 0, to: 3_600_000, unit: 'percent', values, ...more};
}

const text = (values: readonly (number | null)[], most = 60) => {
	const spark = sparklineOf(hour(values), most);
	return spark && sparklineText(spark);
};

test.each<[what: string, values: readonly (number | null)[], drawn: string | undefined]>([
	['a slope from zero', [0, 10, 20, 30, 40, 50, 60, 70], '▁▂▃▄▅▆▇█'],
	['what is not known', [0, null, 70], '▁ █'],
	['what stands still', [41, 41, 41], '▅▅▅'],
	['nothing at all', [0, 0], '▅▅'],
	['a slope near the top', [90, 93, 96], '▃▆█'],
	['noise near the top', [1000, 1000.1, 1000], '███'],
	['what is below zero', [-10, 0, 10], '▁▅█'],
	['no value', [null, null], undefined],
	['nothing', [], undefined],
])('draws %s', (_, values, drawn) => {
	expect(text(values)).toBe(drawn);
});

test('a peak of a minute is seen in a cell of two', () => {
	expect(text([0, 0, 0, 80, 0, 0, 0, 0], 4)).toBe('▁█▁▁');
});

test.each<[what: string, more: Partial<EvidenceHour>, levels: readonly (string | undefined)[]]>([
	['above', {warning: 50, critical: 80}, [undefined, 'warning', 'critical', 'critical']],
	['below', {warning: 50, critical: 20, isBelow: true}, ['critical', 'warning', undefined, undefined]],
	['above one level', {critical: 85}, [undefined, undefined, undefined, 'critical']],
	['below one level', {critical: 20, isBelow: true}, ['critical', undefined, undefined, undefined]],
	['no level', {}, [undefined, undefined, undefined, undefined]],
])('colours what is %s', (_, more, levels) => {
	const spark = sparklineOf(hour([10, 50, 80, 90], more), 60);
	expect(spark?.cells.map(cell => cell?.level)).toEqual(levels);
});

test.each<[value: number, unit: Unit, shown: string]>([
	[96.24, 'percent', '96.2%'],
	[100, 'percent', '100%'],
	[1.25 * 2 ** 30, 'bytes', '1.3 GiB'],
	[1.2e6, 'bytes/s', '1.2 MB/s'],
	[2.5e9, 'bits/s', '2.5 Gbit/s'],
	[0, 'bits/s', '0 bit/s'],
	[0.421, 'count', '0.42'],
	[1250.4, 'count', '1250'],
	[12, 'per second', '12/s'],
	[134, 'seconds', '2m14s'],
	[4.21, 'ms', '4.21 ms'],
	[41.3, 'days', '41.3 days'],
	[71, 'degrees C', '71 \u00b0C'],
	[3.5, 'cores', '3.5 cores'],
	[1, '0 or 1', 'yes'],
])('%d %s is %s', (value, unit, shown) => {
	expect(valueText(value, unit)).toBe(shown);
});
