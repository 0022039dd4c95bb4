import {userInfo} from 'node:os';
import {describe, expect, test} from 'vitest';
import {askEngine} from '../../src/engine/control-client.js';
import {type Requester, requester, requesterHere, requesterText} from '../../src/engine/requester.js';
import {asker, controlled} from './controlled.js';

describe('who asks', () => {
	test('is who we are, and the engine can tell', async () => {
		let heard: Requester | undefined;
		const {path} = await controlled({
			who: async (args, by) => {
				heard = by;
				return args;
			},
		});
		// Nothing of the client's own words comes as an argument.
		expect(await askEngine(path, {do: 'who', a: 1}, asker, 1)).toEqual({a: 1});
		const {username: user, uid} = userInfo();
		expect(heard).toMatchObject({user, uid, pid: process.pid, from: '10.0.0.7', isVouched: true});
	});

	const uid = process.getuid?.() ?? 0;

	test.each<[name: string, claim: object, text: string]>([
		['as it is', {user: 'deploy', uid, pid: process.pid}, `deploy (uid ${uid}), pid ${process.pid}`],
		[
			'with everything',
			{user: 'deploy', uid, pid: process.pid, terminal: 'pts/3', from: '10.0.0.7'},
			`deploy (uid ${uid}) on pts/3, pid ${process.pid}, from 10.0.0.7`,
		],
		[
			'with the uid of the process, not what was said',
			{user: 'deploy', uid: 4242, pid: process.pid},
			`deploy (uid ${uid}), pid ${process.pid}, by its own account`,
		],
		['without such a process', {user: 'x', uid: 7, pid: 2 ** 40}, `x (uid 7), pid ${2 ** 40}, by its own account`],
		[
			'of an own making of isVouched',
			{user: 'x', uid: 7, pid: 2 ** 40, isVouched: true},
			`x (uid 7), pid ${2 ** 40}, by its own account`,
		],
		[
			'with text that would do something',
			{user: '\u001b[2J\u202ex', uid, pid: process.pid, terminal: '\n', from: '\u0007'},
			`\\x1b[2J\ufffdx (uid ${uid}) on \\x0a, pid ${process.pid}, from \\x07`,
		],
		[
			'of a long name',
			{user: 'x'.repeat(1e4), uid, pid: process.pid},
			`${'x'.repeat(100)} (uid ${uid}), pid ${process.pid}`,
		],
	])('is told %s', (_, claim, text) => {
		expect(requesterText(requester(claim, 'by'))).toBe(text);
	});

	test('over no SSH has no address', () => {
		expect(requesterHere({pid: 1, env: {}})).not.toHaveProperty('from');
		expect(requesterHere({pid: 1, env: {SSH_CONNECTION: ''}})).not.toHaveProperty('from');
	});
});
