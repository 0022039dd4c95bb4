import {describe, expect, test} from 'vitest';
import type {Facts} from '../../src/core/facts.js';
import {safe} from '../../src/core/safe.js';
import {expectGolden} from '../helpers/golden.js';
import {firstSnapshot} from '../helpers/scene.js';
import {openScreen} from '../helpers/screen.js';

type Row = {
	columns: number;
	rows: number;
	keys?: string[];
	isAscii?: true;
	isFirst?: true;
	facts?: Facts;
};

const facts: Facts = {
	model: safe`AMD EPYC 7B13 64-Core Processor`,
	os: safe`Debian GNU/Linux 13`,
	kernel: safe`Linux 6.12.57+deb13-amd64 x86_64`,
	virtualisation: safe`kvm`,
};

/** Each is a whole screen, as it stands in test/golden. */
const screens: Record<string, Row> = {
	'screen-80x24': {columns: 80, rows: 24},
	'screen-120x36': {columns: 120, rows: 36},
	'screen-200x50': {columns: 200, rows: 50},
	'screen-60x20': {columns: 60, rows: 20},
	'screen-40x12': {columns: 40, rows: 12},
	'screen-20x6': {columns: 20, rows: 6},
	'screen-ascii-80x24': {columns: 80, rows: 24, isAscii: true},
	'screen-frozen-80x24': {columns: 80, rows: 24, keys: ['f']},
	'screen-help-80x24': {columns: 80, rows: 24, keys: ['?']},
	'screen-help-40x12': {columns: 40, rows: 12, keys: ['?']},
	'screen-first-reading-80x24': {columns: 80, rows: 24, isFirst: true},
	'screen-zoomed-cpu-80x24': {columns: 80, rows: 24, keys: ['1', 'e']},
	'screen-zoomed-cpu-facts-80x24': {columns: 80, rows: 24, keys: ['1', 'e'], facts},
	'screen-zoomed-cpu-facts-200x50': {columns: 200, rows: 50, keys: ['1', 'e'], facts},
	'screen-zoomed-memory-80x24': {columns: 80, rows: 24, keys: ['2', 'e']},
	'screen-zoomed-disk-80x24': {columns: 80, rows: 24, keys: ['3', 'e']},
	'screen-zoomed-network-80x24': {columns: 80, rows: 24, keys: ['4', 'e']},
	'screen-zoomed-processes-120x36': {columns: 120, rows: 36, keys: ['6', 'e', 'm', 'r']},
	'screen-past-80x24': {columns: 80, rows: 24, keys: ['h', 'H']},
	'screen-past-120x36': {columns: 120, rows: 36, keys: ['+', 'h', 'H', 'H']},
	'screen-past-gap-80x24': {columns: 80, rows: 24, keys: ['h', 'H', 'H', 'h', 'h', 'h', 'h']},
	'screen-past-zoomed-cpu-80x24': {columns: 80, rows: 24, keys: ['1', 'e', '+', 'h', 'H', 'H']},
	'screen-past-zoomed-cpu-200x50': {columns: 200, rows: 50, keys: ['1', 'e', '+', 'h', 'H', 'H']},
	'screen-past-zoomed-memory-120x36': {columns: 120, rows: 36, keys: ['2', 'e', '+', '+', 'h', 'H', 'H']},
	'screen-past-ascii-80x24': {columns: 80, rows: 24, keys: ['+', '+', 'h', 'H'], isAscii: true},
	'screen-past-minute-120x36': {columns: 120, rows: 36, keys: ['+', 'h', 'H', 'H', 'i']},
	'screen-moment-80x24': {columns: 80, rows: 24, keys: ['@', ...'3:1']},
};

describe('a whole screen', () => {
	test.each(Object.entries(screens))(
		'%s',
		async (name, {columns, rows, keys = [], isAscii = false, isFirst, facts}) => {
			const snapshot = isFirst ? firstSnapshot() : undefined;
			const screen = await openScreen({columns, rows, isAscii, snapshot, ...(facts && {facts})});
			screen.keys(...keys);
			await new Promise(resume => setImmediate(resume));
			const frame = await screen.rows();
			screen.view.stop(() => {});
			expect(frame).toHaveLength(rows);
			await expectGolden(name, frame);
		},
	);
});
