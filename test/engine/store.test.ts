import {expect, test} from 'vitest';
import {LiveStore} from '../../src/engine/store.js';
import {aSnapshot} from '../helpers/scene.js';

const of = (value: number) => aSnapshot({sequence: value, series: new Map([['cpu.used', value]])});

test('everybody who listens is told of every snapshot, until the end', () => {
	const store = new LiveStore();
	const heard: string[] = [];
	const end = store.subscribe(({sequence}) => heard.push(`a${sequence}`));
	store.subscribe(({sequence}) => heard.push(`b${sequence}`));
	store.publish(of(1), 0);
	end();
	end();
	store.publish(of(2), 0);
	expect(heard).toEqual(['a1', 'b1', 'b2']);
});

test('whoever is told finds the snapshot and its past in the store', () => {
	const store = new LiveStore();
	expect(store.snapshot).toBeUndefined();
	store.subscribe(snapshot => {
		expect(store.snapshot).toBe(snapshot);
		expect(store.history.last('cpu.used', 1)).toEqual(Float64Array.of(snapshot.sequence));
	});
	store.publish(of(1), 0);
	store.publish(of(2), 0);
	expect.assertions(5);
});

test('beats that were missed are gaps', () => {
	const store = new LiveStore();
	store.publish(of(1), 0);
	store.publish(of(2), 2);
	expect([...store.history.last('cpu.used', 4)]).toEqual([1, Number.NaN, Number.NaN, 2]);
});

test('a frozen past stays as it was', () => {
	const store = new LiveStore();
	store.publish(of(1), 0);
	const frozen = store.frozenHistory();
	store.publish(of(2), 0);
	expect([...frozen.last('cpu.used', 2)]).toEqual([Number.NaN, 1]);
});

test('what is on the screen can be told', () => {
	const store = new LiveStore();
	expect(store.visible.has(7)).toBe(false);
	store.setVisible(new Set([7]));
	expect(store.visible.has(7)).toBe(true);
	expect(store.wanted.has('listeners')).toBe(false);
	store.setWanted(new Set(['listeners']));
	expect(store.wanted.has('listeners')).toBe(true);
});
