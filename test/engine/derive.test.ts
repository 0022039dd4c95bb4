import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {notFilling} from '../../src/core/fill-forecast.js';
import {type Safe, safe, safeBytes, safeText} from '../../src/core/safe.js';
import type {Filesystem} from '../../src/core/snapshot.js';
import {derivations} from '../../src/engine/derive.js';

const minute = 60_000;

/** A file system of which so many bytes are used and free; without the first there was no answer. */
function mounted(
	mount: string,
	usedBytes?: number,
	changes: Partial<Filesystem> & {total?: number; free?: number} = {},
): Filesystem {
	const {total = 1e12, free = 1e6, ...row} = changes;
	const name = safeBytes(mount);
	const usage = {totalBytes: total, usedBytes: usedBytes ?? 0, freeBytes: free, usedPercent: 0};
	const known = usedBytes === undefined ? {} : {usage};
	return {mount, name, device: name, type: name, options: [], isReadOnly: false, isImage: false, ...known, ...row};
}

/** What is derived, tick for tick. */
function running() {
	const derive = derivations();
	return (at: number, filesystems: Filesystem[], series: Record<string, number> = {}, cores = 4) =>
		Object.fromEntries(derive({at, series: new Map(Object.entries(series)), cores, filesystems}));
}

const loads: [load: Record<string, number>, cores: number, perCore: Record<string, number>][] = [
	[{'load.1': 9, 'load.5': 2, 'load.15': 1}, 4, {'load.per_core': 0.5}],
	[{'load.5': 0}, 4, {'load.per_core': 0}],
	[{'load.5': 300}, 128, {'load.per_core': 2.34375}],
	[{'load.1': 9}, 4, {}],
	[{'load.5': 2}, 0, {}],
];

test.each(loads)('load %j on %i cores is %j', (series, cores, perCore) => {
	expect(running()(0, [], series, cores)).toEqual(perCore);
});

describe('when a file system will be full', () => {
	test('is known after five points, a minute apart, however often it is looked at', () => {
		const tick = running();
		const known: (number | undefined)[] = [];

		for (let second = 0; second <= 300; second += 1) {
			known.push(tick(second * 1000, [mounted('/', second * 10)])['disk.full_in:/']);
		}

		// 10 bytes a second of a million free.
		expect(known.slice(0, 240)).toEqual(Array(240).fill(undefined));
		expect(known.slice(240)).toEqual(Array(61).fill(100_000));
	});

	test('is made of what is free then', () => {
		const tick = running();
		const at = (i: number, free: number) => tick(i * minute, [mounted('/', i * 600, {free})])['disk.full_in:/'];
		expect([0, 1, 2, 3, 4, 5].map(i => at(i, 1000 - i * 100))).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
			60,
			50,
		]);
	});

	test('is of the last hour only', () => {
		const tick = running();
		let last: Record<string, number> = {};

		// An hour of nothing, then one of a byte a second.
		for (let i = 0; i <= 121; i++) {
			last = tick(i * minute, [mounted('/', Math.max(0, i - 60) * 60)]);
		}

		expect(last['disk.full_in:/']).toBeCloseTo(1e6, 6);
	});

	test('starts over when another device is mounted there, and does not when it is elsewhere', () => {
		const tick = running();
		const forecast = (i: number, device: Safe) => {
			const names = tick(i * minute, [mounted('/a', i * 60, {device}), mounted('/b', i * 60)]);
			return [names['disk.full_in:/a'], names['disk.full_in:/b']];
		};

		for (let i = 0; i < 4; i++) {
			expect(forecast(i, safe`vda`)).toEqual([undefined, undefined]);
		}

		expect(forecast(4, safe`vda`)).toEqual([1e6, 1e6]);
		expect(forecast(5, safe`vdb`)).toEqual([undefined, 1e6]);
		expect([6, 7, 8].map(i => forecast(i, safe`vdb`)[0])).toEqual([undefined, undefined, undefined]);
		expect(forecast(9, safe`vdb`)).toEqual([1e6, 1e6]);
	});

	test('stays when no file system could be read at all, and when the size of it changes', () => {
		const tick = running();

		for (let i = 0; i < 5; i++) {
			tick(i * minute, [mounted('/', i * 60)]);
		}

		expect(tick(5 * minute, [])).toEqual({});
		expect(tick(6 * minute, [mounted('/', 6 * 60, {total: 2e12})])).toEqual({'disk.full_in:/': 1e6});
	});

	test('stays what it was while there is no answer, and goes with the mount', () => {
		const tick = running();

		for (let i = 0; i < 5; i++) {
			tick(i * minute, [mounted('/', i * 60)]);
		}

		expect(tick(5 * minute, [mounted('/')])).toEqual({'disk.full_in:/': 1e6});
		expect(tick(50 * minute, [mounted('/')])).toEqual({'disk.full_in:/': 1e6});
		expect(tick(51 * minute, [mounted('/', 51 * 60)])).toEqual({'disk.full_in:/': 1e6});
		expect(tick(52 * minute, [mounted('/other')])).toEqual({});
		expect(tick(53 * minute, [mounted('/', 53 * 60)])).toEqual({});
	});

	test('is not known again after an hour without an answer', () => {
		const tick = running();

		for (let i = 0; i < 5; i++) {
			tick(i * minute, [mounted('/', i * 60)]);
		}

		expect(tick(70 * minute, [mounted('/', 0)])).toEqual({});
	});

	test('is never asked of an image', () => {
		const tick = running();

		for (let i = 0; i < 10; i++) {
			expect(tick(i * minute, [mounted('/snap', i * 60, {isImage: true}), mounted('/mnt')])).toEqual({});
		}
	});

	test('is a year where nothing grows', () => {
		const tick = running();
		const all = [0, 1, 2, 3, 4].map(i => tick(i * minute, [mounted('/', 500), mounted('/b', 500 - i)]));
		expect(all.at(-1)).toEqual({'disk.full_in:/': notFilling, 'disk.full_in:/b': notFilling});
	});
});

describe('many mounts', () => {
	/** How many mounts have a forecast after each tick. */
	function counts(mounts: number, ticks: number, every: number): number[] {
		const tick = running();
		return Array.from({length: ticks}, (_, i) => {
			const filesystems = Array.from({length: mounts}, (_, m) => mounted(`/m${m}`, i * every));
			return Object.keys(tick(i * every, filesystems)).length;
		});
	}

	test('are spread: four a tick', () => {
		const known = counts(100, 300, 1000);
		const steps = known.map((count, i) => count - (known[i - 1] ?? 0));
		expect(Math.max(...steps)).toBe(4);
		expect(known.indexOf(4)).toBe(240);
		expect(known.indexOf(100)).toBe(264);
	});

	test('with few ticks nobody is left out', () => {
		expect(counts(12, 15, minute).at(-1)).toBe(12);
		expect(counts(40, 50, minute).at(-1)).toBe(40);
		expect(counts(400, 1000, 1000).at(-1)).toBe(400);
	});

	test('one whose device has just changed does not keep the others from their turn', () => {
		const tick = running();
		let last: Record<string, number> = {};

		for (let i = 0; i < 40; i++) {
			const changing = Array.from({length: 4}, (_, m) => mounted(`/a${m}`, i, {device: safeText(`vd${i}`)}));
			last = tick(i * minute, [...changing, mounted('/z', i * 60)]);
		}

		expect(last).toEqual({'disk.full_in:/z': 1e6});
	});
});

test('whatever comes, a forecast is between 0 and a year, and only for what is mounted', () => {
	const moment = fc.record({
		gap: fc.integer({min: 0, max: 5 * minute}),
		used: fc.array(fc.option(fc.nat(1e12), {nil: undefined}), {maxLength: 8}),
		total: fc.constantFrom(1e12, 2e12),
	});
	fc.assert(
		fc.property(fc.array(moment, {maxLength: 40}), moments => {
			const tick = running();
			let at = 0;

			for (const {gap, used, total} of moments) {
				at += gap;
				const found = tick(
					at,
					used.map((bytes, m) => mounted(`/${m}`, bytes, {total})),
				);

				for (const [name, seconds] of Object.entries(found)) {
					expect(Number(name.replace('disk.full_in:/', ''))).toBeLessThan(used.length);
					expect(seconds >= 0 && seconds <= notFilling).toBe(true);
				}
			}
		}),
	);
});
