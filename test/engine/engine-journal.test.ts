import {expect, onTestFinished, test} from 'vitest';
import {safe} from '../../src/core/safe.js';
import {EngineJournal} from '../../src/engine/engine-journal.js';
import {alertingEngine} from '../helpers/alerting-engine.js';
import {folder} from '../helpers/folder.js';
import {handClock} from '../helpers/hand-clock.js';

const hour = 3_600_000;

async function opened(directory: string) {
	const run = {pid: 1, version: safe`1`};
	const journal = await EngineJournal.open({directory, clock: handClock(), run, onError: () => {}});
	onTestFinished(() => journal.close());
	return journal;
}

test('what has been over for long is not written anew', async () => {
	const one = alertingEngine();
	one.set('memory.used', 99);
	await one.engine.start();
	await one.run(5);
	one.set('memory.used', 10);
	await one.run(5);
	const [incident] = one.book.incidents.values();
	const directory = folder();
	const first = await opened(directory);

	for (const entry of one.entries) {
		await first.add(entry);
	}

	await first.close();
	const second = await opened(directory);
	expect([...second.book.alerts.incidents.keys()]).toEqual([incident?.id]);
	await second.add({kind: 'alerts', t: one.book.t + 25 * hour, pending: []});
	await second.close();
	const third = await opened(directory);
	expect([...third.before.alerts.incidents.keys(), ...third.before.alerts.outgoing.keys()]).toEqual([]);
	expect(third.book.alerts.incidents.size).toBe(0);
});
