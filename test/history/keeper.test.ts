import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Keeper} from '../../src/history/keeper.js';

const hour = 3_600_000;
const beatOf = (names: readonly string[]) => new Map(names.map(name => [name, 1] as const));
const mounts = (first: number, count: number) =>
	Array.from({length: count}, (_, index) => `disk.used:/m${first + index}`);

/** A beat of these series, `elapsed` ms after the one before. */
const kept = (keeper: Keeper, names: readonly string[], elapsed = 1000) => [...keeper.update(beatOf(names), elapsed)];

test('what is there is kept from its first beat on', () => {
	const keeper = new Keeper();
	expect(kept(keeper, ['cpu.used', 'core.used:0'])).toEqual(['cpu.used']);
	expect(kept(keeper, ['cpu.used', 'core.used:0', 'load.1'])).toEqual(['cpu.used', 'load.1']);
});

test('what the configuration names is kept', () => {
	expect(kept(new Keeper(['core.used']), ['cpu.used', 'core.used:0'])).toEqual(['core.used:0', 'cpu.used']);
});

test('a series that is not there keeps its place for 24 hours, and gives it up then', () => {
	const keeper = new Keeper([], 2);
	kept(keeper, ['disk.used:/a', 'disk.used:/b'], 0);
	expect(kept(keeper, ['disk.used:/b', 'disk.used:/c'], 24 * hour - 1)).toEqual(['disk.used:/a', 'disk.used:/b']);
	expect(kept(keeper, ['disk.used:/b'], 1)).toEqual(['disk.used:/b']);
	// It was passed over, and has its turn now.
	expect(kept(keeper, ['disk.used:/b', 'disk.used:/c'])).toEqual(['disk.used:/b', 'disk.used:/c']);
});

test('a series that comes back within 24 hours counts from then', () => {
	const keeper = new Keeper([], 1);
	kept(keeper, ['disk.used:/a']);
	kept(keeper, [], 20 * hour);
	kept(keeper, ['disk.used:/a'], 0);
	expect(kept(keeper, ['disk.used:/b'], 20 * hour)).toEqual(['disk.used:/a']);
	kept(keeper, ['disk.used:/b'], 4 * hour);
	expect(kept(keeper, ['disk.used:/b'])).toEqual(['disk.used:/b']);
});

test('what comes later in the first minute is not worth less', () => {
	const keeper = new Keeper();
	kept(keeper, mounts(0, 150), 0);
	const after = kept(keeper, ['network.sent:eth0', 'temperature:cpu', ...mounts(0, 150)], 59_999);
	expect(after).toEqual(['disk.used:/m0', 'network.sent:eth0', 'temperature:cpu', ...mounts(1, 97)]);
});

test('after the first minute, whoever has a place keeps it', () => {
	const keeper = new Keeper();
	kept(keeper, mounts(0, 150), 0);
	expect(kept(keeper, ['network.sent:eth0', ...mounts(0, 150)], 60_000)).toEqual(mounts(0, 100));
});

test('except for the numbers of the machine itself and what the configuration names', () => {
	const keeper = new Keeper(['network.sent']);
	kept(keeper, mounts(0, 150), 0);
	const after = kept(keeper, ['swap.used', 'network.sent:eth0', ...mounts(0, 150)], 24 * hour);
	expect(after).toEqual(['network.sent:eth0', 'swap.used', ...mounts(0, 98)]);
});

test('another configuration: what it names comes in, what nobody wants any more goes, and the others stay', () => {
	const keeper = new Keeper(['core.used:0'], 3);
	const names = ['core.used:0', 'core.used:1', ...mounts(0, 9)];
	kept(keeper, ['core.used:0', 'disk.used:/m5', 'disk.used:/m7'], 0);
	expect(kept(keeper, names, 60_000)).toEqual(['core.used:0', 'disk.used:/m5', 'disk.used:/m7']);
	keeper.configure(['core.used:1']);
	expect(kept(keeper, [])).toEqual(['disk.used:/m5', 'disk.used:/m7']);
	expect(kept(keeper, names)).toEqual(['core.used:1', 'disk.used:/m5', 'disk.used:/m7']);
});

test('the same configuration once more changes nothing, not even for what is not there now', () => {
	const keeper = new Keeper([], 2);
	kept(keeper, ['disk.used:/a', 'disk.used:/b'], 0);
	kept(keeper, ['disk.used:/b', 'disk.used:/c'], hour);
	keeper.configure([]);
	expect(kept(keeper, ['disk.used:/b', 'disk.used:/c'])).toEqual(['disk.used:/a', 'disk.used:/b']);
	expect(kept(keeper, ['disk.used:/b', 'disk.used:/c'], 23 * hour)).toEqual(['disk.used:/b']);
});

test('with 2,000 series a new one is found within ten beats', () => {
	const keeper = new Keeper();
	const many = Array.from({length: 1999}, (_, index) => `core.used:${index}`);
	kept(keeper, many);
	const names = Array.from({length: 10}, () => kept(keeper, [...many, 'cpu.used']));
	expect(names.at(-1)).toEqual(['cpu.used']);
});

test('with 200 series it is found at once', () => {
	const keeper = new Keeper();
	const many = Array.from({length: 199}, (_, index) => `core.used:${index}`);
	kept(keeper, many);
	expect(kept(keeper, [...many, 'cpu.used'])).toEqual(['cpu.used']);
});

test('ever new names leave a free place to those who were there before', () => {
	const keeper = new Keeper([], 1);
	kept(keeper, ['disk.used:/a'], 60_000);

	for (let round = 0; round < 100; round++) {
		kept(keeper, ['disk.used:/b', ...mounts(round * 100, 100)], hour / 10);
	}

	kept(keeper, ['disk.used:/b'], 24 * hour);
	expect(kept(keeper, ['disk.used:/b'])).toEqual(['disk.used:/b']);
});

test('whatever comes and goes: never over the limit, and none that was seen within 24 hours loses its place to its like', () => {
	const names = fc.uniqueArray(fc.nat(30), {maxLength: 12}).map(list => list.map(one => `disk.used:/${one}`));
	fc.assert(
		fc.property(
			fc.array(fc.tuple(names, fc.nat(20)), {maxLength: 40}),
			fc.integer({min: 1, max: 8}),
			(beats, limit) => {
				const keeper = new Keeper([], limit);
				kept(keeper, [], 60_000);
				const lastSeen = new Map<string, number>();
				let places: string[] = [];
				let now = 0;

				for (const [present, hours] of beats) {
					now += hours;
					present.forEach(name => void lastSeen.set(name, now));
					const next = kept(keeper, present, hours * hour);
					const firm = places.filter(name => now - (lastSeen.get(name) ?? 0) < 24);
					expect(next.length).toBeLessThanOrEqual(limit);
					expect(next).toEqual(expect.arrayContaining(firm));
					expect(next.every(name => now - (lastSeen.get(name) ?? -99) < 24)).toBe(true);
					places = next;
				}
			},
		),
	);
});
