import {expect, test} from 'vitest';
import {painterErrors} from '../../src/commands/engine-log.js';
import type {KeptLog} from '../../src/engine/log.js';

test('what a painter throws is logged once, and not for every picture', () => {
	const said: string[] = [];
	const log: Partial<KeptLog> = {
		error: (message, fields) => said.push(`${message}: ${String(fields?.['trace']).split('\n')[0]}`),
	};
	const say = painterErrors(log as KeptLog);
	const [one, other] = [new TypeError('x is undefined'), new Error('no luck')];
	say(one);
	say(one);
	say(other);
	say(one);
	say('not even an error');
	expect(said).toEqual([
		'a panel failed: TypeError: x is undefined',
		'a panel failed: Error: no luck',
		'a panel failed: TypeError: x is undefined',
		'a panel failed: not even an error',
	]);
});
