import {idOf, nameOf} from '../core/accounts.js';
import type {Finding} from '../core/check.js';
import type {FileStat} from '../core/host.js';
import {orAbort} from '../core/or-abort.js';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';

/** The texts of passwd(5) and group(5), one character a byte. */
export type Tables = {readonly users: string; readonly groups: string};

/** More than either of them has, bytes. */
const longest = 1 << 20;

export async function readTables(attempt: Attempt): Promise<Tables> {
	const {host, signal} = attempt.context;
	const read = (path: string) => {
		attempt.waiting = safe`${safeText(path)} does not answer`;
		// Without it there are numbers.
		const text = host.readAside(path, longest).catch(() => '');
		return orAbort(text, signal);
	};
	return {users: await read('/etc/passwd'), groups: await read('/etc/group')};
}

/** By name, else by number. */
export function ownersOf(
	{owner, group}: FileStat,
	{users, groups}: Tables,
): {readonly owner: Safe; readonly group: Safe} {
	return {
		owner: safeBytes(nameOf(users, owner) ?? String(owner)),
		group: safeBytes(nameOf(groups, group) ?? String(group)),
	};
}

/** Where a file is not of whom it should be. */
export function ownerFindings(
	stat: FileStat,
	wanted: {readonly owner?: string | number | undefined; readonly group?: string | number | undefined},
	tables: Tables,
): readonly Finding[] {
	const {owner, group} = ownersOf(stat, tables);
	return [
		...compared({what: safe`owner`, id: stat.owner, shown: owner}, wanted.owner, tables.users),
		...compared({what: safe`group`, id: stat.group, shown: group}, wanted.group, tables.groups),
	];
}

type Held = {readonly what: Safe; readonly id: number; readonly shown: Safe};

function compared({what, id, shown}: Held, wanted: string | number | undefined, table: string): readonly Finding[] {
	const wantedId = typeof wanted === 'string' ? idOf(table, wanted) : wanted;

	if (wanted === undefined || wantedId === id) {
		return [];
	}

	const name = safeText(String(wanted));
	return wantedId === undefined
		? [{status: 'unknown', reason: safe`no ${what} ${name} is known on this machine: write the number`}]
		: [{status: 'critical', reason: safe`${what} ${shown}, wanted ${name}`}];
}
