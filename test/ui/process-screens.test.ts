import {setImmediate} from 'node:timers/promises';
import {describe, test} from 'vitest';
import {safe, safeText} from '../../src/core/safe.js';
import type {Process, Snapshot} from '../../src/core/snapshot.js';
import type {ProcessActs} from '../../src/ui/process-control.js';
import {expectGolden} from '../helpers/golden.js';
import {someFacts} from '../helpers/process-facts.js';
import {everydaySnapshot} from '../helpers/scene.js';
import {openScreen} from '../helpers/screen.js';

/** The everyday machine with its second process changed. */
function withProcess(changes: Partial<Process>): Snapshot {
	const {processes, ...rest} = everydaySnapshot();
	return {...rest, processes: processes.map((row, index) => (index === 1 ? {...row, ...changes} : row))};
}

const ask = async () => someFacts;
const later = (snapshot: Snapshot, seconds: number): Snapshot => ({
	...snapshot,
	at: snapshot.at + seconds * 1000,
	sequence: snapshot.sequence + seconds,
});
const long = safeText(
	`/usr/bin/java ${Array.from({length: 40}, (_, n) => `-Doption.${n}=value`).join(' ')} -jar shop.jar`,
);

type Row = {
	columns: number;
	rows: number;
	keys: string[];
	snapshot?: Snapshot;
	next?: Snapshot;
	acts?: Partial<ProcessActs>;
	isAscii?: true;
};

const second = ['down', 'down'];
const withoutSecond = (snapshot: Snapshot): Snapshot => ({
	...snapshot,
	processes: snapshot.processes.filter((_, index) => index !== 1),
});
const frames: Record<string, Row> = {
	'process-details-80x24': {columns: 80, rows: 24, keys: [...second, 'd'], acts: {ask}},
	'process-details-120x36': {columns: 120, rows: 36, keys: [...second, 'd'], acts: {ask}},
	'process-details-40x12': {columns: 40, rows: 12, keys: [...second, 'd', 'end'], acts: {ask}},
	'process-details-long-command-80x24': {
		columns: 80,
		rows: 24,
		keys: [...second, 'd', 'down', 'down'],
		snapshot: withProcess({command: long}),
		acts: {ask},
	},
	'process-details-not-asked-80x24': {
		columns: 80,
		rows: 24,
		keys: [...second, 'd'],
		snapshot: withProcess({state: 'D', disk: 'denied', command: undefined}),
		acts: {ask},
	},
	'process-details-denied-80x24': {
		columns: 80,
		rows: 24,
		keys: [...second, 'd'],
		acts: {
			ask: async () => ({
				...someFacts,
				openFiles: 'denied',
				disk: 'denied',
				directory: 'denied',
				executable: 'denied',
				controlGroup: undefined,
			}),
		},
	},
	'process-details-ended-80x24': {
		columns: 80,
		rows: 24,
		keys: [...second, 'd'],
		acts: {ask},
		next: withoutSecond(later(everydaySnapshot(), 2)),
	},
	'process-signals-80x24': {columns: 80, rows: 24, keys: [...second, 'K', 'down']},
	'process-signals-120x36': {columns: 120, rows: 36, keys: [...second, 'e', 'K', 'end']},
	'process-signals-40x12': {columns: 40, rows: 12, keys: [...second, 'K', 'end']},
	'process-signal-question-80x24': {columns: 80, rows: 24, keys: [...second, 'K', 'enter']},
	'process-signal-question-40x12': {columns: 40, rows: 12, keys: [...second, 'K', 'enter']},
	'process-signal-question-init-80x24': {
		columns: 80,
		rows: 24,
		keys: [...second, 'K', 'down', 'enter'],
		snapshot: withProcess({pid: 1, command: safe`/sbin/init`, user: safe`root`}),
		acts: {ownPid: 1},
	},
	'process-signal-question-ended-ascii-80x24': {
		columns: 80,
		rows: 24,
		keys: [...second, 'K', 'enter'],
		next: withoutSecond(later(everydaySnapshot(), 1)),
		isAscii: true,
	},
	'process-read-only-help-80x24': {columns: 80, rows: 24, keys: ['?'], acts: {forbidden: safe`read-only`}},
};

describe('a whole screen', () => {
	test.each(Object.entries(frames))('%s', async (name, {keys, snapshot = everydaySnapshot(), next, ...options}) => {
		const screen = await openScreen({...options, snapshot});
		screen.keys(...keys);
		await setImmediate();

		if (next) {
			screen.store.publish(next, 0);
		}

		const frame = await screen.rows();
		screen.view.stop(() => {});
		await expectGolden(name, frame);
	});
});
