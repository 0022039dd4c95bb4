import {expect, onTestFinished, test} from 'vitest';
import type {Answer, Ask} from '../../src/core/check.js';
import {redactor} from '../../src/core/redact.js';
import {safe, safeText} from '../../src/core/safe.js';
import {CheckRunner} from '../../src/engine/check-runner.js';
import type {PlannedCheck} from '../../src/engine/planned-check.js';
import {Scheduler} from '../../src/engine/scheduler.js';
import {Turns} from '../../src/engine/turns.js';
import {planned, refused, well} from '../helpers/fake-checks.js';
import {fakeHost} from '../helpers/fake-host.js';
import {handClock} from '../helpers/hand-clock.js';

const redact = redactor(['hunter22']);

function runnerOf(ask: Ask, more: Partial<PlannedCheck> = {}, clock = handClock()): CheckRunner {
	const around = {
		host: fakeHost({}),
		clock,
		scheduler: new Scheduler(clock),
		turns: new Turns({sockets: 1, commands: 1}),
	};
	const check = planned('shop', ask, more);
	const criteria = {...check.criteria, hide: redact};
	return new CheckRunner({...check, criteria, hide: text => safeText(redact(text))}, around);
}

test('a secret is in no label, in no certificate and in no name of a series', async () => {
	const answer: Answer = {
		...well,
		perfdata: [{label: safe`hunter22`, value: 7, unit: safe``}],
		facts: [{label: safe`of hunter22`, value: safe`is hunter22`}],
		certificate: {subject: safe`CN hunter22`, issuer: safe`CA hunter22`, validFrom: 0, validTo: 0},
	};
	const runner = runnerOf(async () => answer);
	await runner.runOnce();
	expect(runner.row.result).toMatchObject({
		certificate: {subject: 'CN [secret]', issuer: 'CA [secret]', validFrom: 0},
		facts: [{label: 'of [secret]', value: 'is [secret]'}],
	});
	expect(Object.fromEntries(runner.series)).toMatchObject({'check.perfdata:shop/[secret]': 7});
});

test('a check can take secrets out of what it cuts', async () => {
	const runner = runnerOf(async ({hide}) => ({...well, text: safeText(hide('a hunter22').slice(0, 5))}));
	await runner.runOnce();
	expect(runner.row.result?.text).toBe('a [se');
});

test('the name of a series is one character a byte', async () => {
	const runner = runnerOf(async () => ({...well, perfdata: [{label: safeText('größe'), value: 7, unit: safe``}]}));
	await runner.runOnce();
	expect(runner.series.map(([name]) => Buffer.from(name, 'latin1').toString())).toContain('check.perfdata:shop/größe');
});

test('a check that may take as long as its interval, and does, is not asked half as often', async () => {
	const clock = handClock();
	const asked: number[] = [];
	// No real one ends at the very moment at which its time is up.
	const ask: Ask = ({signal}) => {
		asked.push(clock.now());
		return new Promise(resolve => signal.addEventListener('abort', () => clock.wake(4, () => resolve(refused))));
	};
	const runner = runnerOf(ask, {timeout: 1000, every: 1000}, clock);
	onTestFinished(() => runner.stop());
	runner.start(0, 0);
	await clock.advance(4500);
	expect(asked).toEqual([0, 1004, 2008, 3012, 4016]);
});
