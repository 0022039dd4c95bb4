import {expect, test} from 'vitest';
import {safe, safeText} from '../../src/core/safe.js';
import type {Check, HardStatus} from '../../src/core/snapshot.js';
import {CheckLog} from '../../src/engine/log-checks.js';

function check(name: string, status: HardStatus): Check {
	const reason = status === 'ok' ? {} : {reason: safe`refused`};
	return {
		check: name,
		name: safeText(name),
		type: safe`tcp`,
		status,
		since: 0,
		dueAt: 0,
		recent: '',
		changes: [{at: 0, status, ...reason}],
	};
}

test('each change of a hard state is said once', () => {
	const log = new CheckLog();
	const said = (...checks: readonly Check[]) =>
		log.next(checks).map(({level, message, fields}) => [level, fields['check'], message, fields['reason']].join(' '));

	expect(said(check('db', 'waiting'), check('shop', 'waiting'))).toEqual([]);
	expect(said(check('db', 'ok'), check('shop', 'critical'))).toEqual(['warn shop check is critical refused']);
	expect(said(check('db', 'ok'), check('shop', 'critical'))).toEqual([]);
	expect(said(check('db', 'unknown'), check('shop', 'warning'))).toEqual([
		'warn db check is unknown refused',
		'warn shop check is warning refused',
	]);
	expect(said(check('db', 'ok'), check('shop', 'ok'))).toEqual(['info db check is ok ', 'info shop check is ok ']);
	expect(said(check('new', 'ok'))).toEqual([]);
});
