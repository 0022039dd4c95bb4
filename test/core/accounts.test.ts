import {expect, test} from 'vitest';
import {accountOf, idOf, nameOf} from '../../src/core/accounts.js';

const passwd = `root:x:0:0:root:/root:/bin/bash
# a comment
nagios:x:110:118::/var/lib/nagios:/usr/sbin/nologin
again:x:110:119::/:/bin/sh
broken:x::1::/:/bin/sh
:x:5:5::/:
nagios:x:999:999::/:
`;

test.each([
	['root', {name: 'root', id: 0, group: 0}],
	[0, {name: 'root', id: 0, group: 0}],
	['nagios', {name: 'nagios', id: 110, group: 118}],
	[110, {name: 'nagios', id: 110, group: 118}],
	['broken', undefined],
	['', undefined],
	['110', undefined],
	[4711, undefined],
])('the user %j is %j', (nameOrId, account) => {
	expect(accountOf(passwd, nameOrId)).toEqual(account);
});

test('names and numbers are found in both tables', () => {
	expect(idOf(passwd, 'nagios')).toBe(110);
	expect(idOf('adm:x:4:syslog,me\n', 'adm')).toBe(4);
	expect(idOf(passwd, 'nobody')).toBeUndefined();
	expect(nameOf(passwd, 110)).toBe('nagios');
	expect(nameOf(passwd, 5)).toBeUndefined();
});
