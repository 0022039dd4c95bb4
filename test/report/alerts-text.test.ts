import {expect, test} from 'vitest';
import type {Alert} from '../../src/core/alerts/alert.js';
import {safe} from '../../src/core/safe.js';
import {alertText} from '../../src/report/alerts-text.js';

/** One of a check that said this, and failed for that reason. */
function alert(text: ReturnType<typeof safe>, reason?: ReturnType<typeof safe>): Alert {
	const check = {type: safe`http`, text, stages: [], conditions: [], ...(reason && {reason})};
	return {
		incident: 'k3f9',
		title: safe`shop`,
		of: safe`check`,
		phase: 'firing',
		severity: 'critical',
		isStale: false,
		isFlapping: false,
		since: 0,
		text: safe`failed`,
		told: {sent: 0, waiting: 0, refused: 0},
		timeline: [],
		evidence: {at: 0, byCpu: [], byMemory: [], check},
	};
}

const rows = [
	{
		name: 'an answer and why it is bad',
		of: alert(safe`500`, safe`[STATUS] (500) < 400`),
		line: '500 ([STATUS] (500) < 400)',
	},
	{name: 'an answer alone', of: alert(safe`200`), line: '200'},
	{
		name: 'no answer: why there is none',
		of: alert(safe``, safe`refused on 127.0.0.1:80`),
		line: 'refused on 127.0.0.1:80',
	},
];

for (const {name, of, line} of rows) {
	test(`the last answer of a check is told: ${name}`, () => {
		expect(alertText(of, 1000).split('\n')).toContain(`last answer: ${line}`);
	});
}
