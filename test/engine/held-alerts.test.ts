import {describe, expect, test} from 'vitest';
import type {Answer} from '../../src/core/check.js';
import {alertingEngine} from '../helpers/alerting-engine.js';
import {bad, planned, well} from '../helpers/fake-checks.js';

describe('a check that depends on another one', () => {
	/** Both fail; then the other one is well again, and this one as `after` says. */
	const both = async (after: Answer) => {
		const now = {router: bad, web: bad};
		const router = planned('router', async () => now.router, {failAfter: 1, recoverAfter: 1});
		const web = planned('web', async () => now.web, {failAfter: 1, recoverAfter: 3, dependsOn: ['router']});
		const one = alertingEngine({rules: [], checks: [router, web]});
		await one.engine.start();
		await one.run(120);
		expect(one.told()).toEqual(['router firing']);
		Object.assign(now, {router: well, web: after});
		await one.run(120);
		return one.told().slice(1);
	};

	test('and is well again after it tells nothing', async () => {
		expect(await both(well)).toEqual(['router resolved']);
	});

	test('and fails without it, too, tells that', async () => {
		expect(await both(bad)).toEqual(['router resolved', 'web firing']);
	});

	test('tells nothing either when the program begins again meanwhile', async () => {
		// The one that it depends on is asked after it, and is not known to fail for half a minute.
		const router = planned('router', async () => bad);
		const web = planned('web', async () => bad, {dependsOn: ['router'], failAfter: 2});
		const checks = [web, router];
		const first = alertingEngine({rules: [], checks});
		await first.engine.start();
		await first.run(120);
		expect(first.told()).toEqual(['router firing']);
		first.engine.stop();
		await first.engine.alerts.close();
		const second = alertingEngine({rules: [], checks, after: {book: first.book, now: 200_000}});
		await second.engine.start();
		await second.run(300);
		expect(second.sent).toEqual([]);
		expect(second.rows().find(({title}) => title === 'web')).toMatchObject({phase: 'firing', mute: 'held'});
	});
});
