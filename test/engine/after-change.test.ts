import {expect, test} from 'vitest';
import {noFlaps} from '../../src/core/alerts/flap.js';
import type {Incident} from '../../src/core/alerts/incident.js';
import type {Look, Timing} from '../../src/core/alerts/step.js';
import {safe} from '../../src/core/safe.js';
import {afterChange} from '../../src/engine/after-change.js';
import {TrackedAlert} from '../../src/engine/tracked-alert.js';

const timing: Timing = {for: {warning: 10}, keepFiringFor: 0, downgradeAfter: 0, longestGap: 1000};
const bad: Look = {kind: 'seen', holds: ['warning']};
const well: Look = {kind: 'seen', holds: []};

const at = (t: number) => ({t, wall: t, evidence: () => ({at: t, byCpu: [], byMemory: []})});

/** An alert after a look each 10 ms, and its incident. */
function after(looks: readonly Look[]) {
	const subject = {key: 'rule/a', title: safe`A`, of: safe`a`, notify: [], text: () => safe`text`};
	const alert = new TrackedAlert(subject, 'k3f9', safe``);
	let incident: Incident | undefined;

	for (const [index, look] of looks.entries()) {
		for (const change of alert.look(look, timing, index * 10, () => 'k3f9')) {
			incident = afterChange(incident, change, at(index * 10)) ?? incident;
		}
	}

	return {alert, incident};
}

const stories: readonly [name: string, looks: readonly Look[]][] = [
	['while it fires', [bad, bad]],
	['when it is over', [bad, bad, well]],
	['while it is pending again', [bad, bad, well, bad]],
	['when nothing came of that', [bad, bad, well, bad, well]],
];

test.each(stories)('that it does not flap any more is remembered %s', (_, looks) => {
	const {alert, incident} = after(looks);
	const flapping = incident && {...incident, flaps: {...noFlaps, isFlapping: true}};
	const steady = afterChange(flapping, {alert, event: 'steady'}, at(100));
	expect(steady).toMatchObject({flaps: {isFlapping: false}, newsT: expect.arrayContaining([100])});
	expect(steady?.state.severity).toBe('warning');
});

test('an alert that has not fired has no incident', () => {
	expect(after([bad]).incident).toBeUndefined();
});
