import {accountOf} from '../core/accounts.js';
import {orAbort} from '../core/or-abort.js';
import {safe, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';

/** More than any passwd(5) has, bytes. */
const longest = 1 << 20;

/**
 * What stands before a program that another user is to run, with that user's groups: spawn(2) of Node knows a user and one group, and leaves
 * no others. Nothing where that user is who we are.
 * @throws {Failed} where we may not, or there is no such user.
 */
export async function asUser(user: string | number, attempt: Attempt): Promise<readonly string[]> {
	const {host, signal} = attempt.context;
	const own = process.getuid?.();
	attempt.waiting = safe`/etc/passwd does not answer`;
	const account = accountOf(await orAbort(host.readAside('/etc/passwd', longest), signal), user);
	const id = account?.id ?? user;
	const shown = safeText(String(user));

	if (id === own) {
		return [];
	}

	if (own !== 0) {
		throw new Failed({status: 'unknown', reason: safe`only root can run it as ${shown}`});
	}

	if (account) {
		return setpriv(account.id, account.group, '--init-groups');
	}

	if (typeof user === 'number') {
		return setpriv(user, user, '--clear-groups');
	}

	throw new Failed({status: 'unknown', reason: safe`no user ${shown} in /etc/passwd: write the number`});
}

/** setpriv(1) keeps the rights of root until it executes something; what may be executed shall be decided without them. */
function setpriv(user: number, group: number, groups: string): readonly string[] {
	return ['setpriv', `--reuid=${user}`, `--regid=${group}`, groups, '--', '/usr/bin/env', '--'];
}
