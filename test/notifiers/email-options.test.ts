import {expect, test} from 'vitest';
import {type EmailOptions, email} from '../../src/notifiers/email.js';
import {mailServer} from '../../src/notifiers/mail-server.js';

const well = {smtp: {host: 'mail.example.com'}, from: 'healthtop@example.com', to: ['ops@example.com']};

function parse(more: object) {
	return email.options.strict().safeParse({...well, ...more});
}

test.each([
	'ops@example.com',
	'ops+alerts@example.com',
	"o'brien@example.com",
	'root@localhost',
	'a@xn--bcher-kva.example',
])('takes %s', address => {
	expect(parse({to: [address], from: address}).success).toBe(true);
});

test.each([
	['no @', 'ops'],
	['nothing', ''],
	['a name', 'Ops <ops@example.com>'],
	['two', 'ops@example.com,eve@example.org'],
	['a quoted part', '"ops@example.org x"@example.com'],
	['a space', 'ops @example.com'],
	['a new line', 'ops@example.com\nBcc: eve@example.org'],
	['a new line at the end', 'ops@example.com\n'],
	['a NUL', 'ops@example.com\0'],
	['two @', 'ops@a@example.com'],
	['a route', '@example.org:ops@example.com'],
	['a percent sign in its domain', 'ops@example.com%example.org'],
	['a dot at the end', 'ops.@example.com'],
	['a letter beyond ASCII', 'öps@example.com'],
	['too long a part', `${'o'.repeat(65)}@example.com`],
	['too long a whole', `ops@${'e.'.repeat(130)}com`],
])('refuses an address with %s', (_, address) => {
	expect(parse({to: [address]}).success).toBe(false);
	expect(parse({from: address}).success).toBe(false);
});

test.each<[what: string, more: object, problem: RegExp]>([
	['no recipient', {to: []}, /./],
	['no server', {smtp: []}, /./],
	['a password without a user', {smtp: {host: 'a', password: 'canary'}}, /needed together/],
	['a user without a password', {smtp: {host: 'a', user: 'bot'}}, /needed together/],
	['an unknown key of a server', {smtp: {hots: 'a', host: 'a'}}, /hots.*\["smtp"\]/],
	['an unknown key of a server in a list', {smtp: [{host: 'a', secure: true}]}, /secure.*\["smtp",0\]/],
	['no host', {smtp: {}}, /host: must be a string/],
	['a port that is none', {smtp: {host: 'a', port: 70_000}}, /65535/],
	['a port that is a text', {smtp: {host: 'a', port: '587'}}, /port: must be a/],
	['a mode of TLS that is none', {smtp: {host: 'a', tls: 'maybe'}}, /required/],
	['a host with a space', {smtp: {host: 'a b'}}, /name or an address/],
	['a name with a new line', {fromName: 'x\r\nBcc: eve@example.org'}, /name of at most 64/],
])('refuses %s, and says why', (_, more, problem) => {
	const result = parse(more);
	expect(JSON.stringify(result.error?.issues.map(({message, path}) => ({message, path})))).toMatch(problem);
	expect(JSON.stringify(result.error?.issues)).not.toContain('canary');
});

test.each<
	[server: {host: string; port?: number; tls?: 'none' | 'implicit'; user?: string; password?: string}, as: object]
>([
	[{host: 'mail.example.com'}, {port: 587, tls: 'required', isVerified: true}],
	[
		{host: 'mail.example.com', tls: 'implicit'},
		{port: 465, tls: 'implicit', isVerified: true},
	],
	[
		{host: 'mail.example.com', port: 465},
		{port: 465, tls: 'implicit', isVerified: true},
	],
	[
		{host: 'mail.example.com', port: 25},
		{port: 25, tls: 'required', isVerified: true},
	],
	[
		{host: 'mail.example.com', tls: 'none'},
		{port: 587, tls: 'none'},
	],
	[{host: '127.0.0.1'}, {port: 25, tls: 'opportunistic', isVerified: false}],
	[{host: 'localhost'}, {port: 25, tls: 'opportunistic', isVerified: false}],
	[{host: '::1'}, {port: 25, tls: 'opportunistic', isVerified: false}],
	[
		{host: 'localhost', user: 'a', password: 'b'},
		{port: 25, tls: 'opportunistic', isVerified: true},
	],
	[{host: 'localhost.example.com'}, {port: 587, tls: 'required'}],
])('%o is understood as it is meant', (server, expected) => {
	const {smtp} = email.options.parse({...well, smtp: server}) as EmailOptions;
	expect([smtp].flat().map(mailServer)).toMatchObject([expected]);
});

test('each recipient once, and more time for more servers', () => {
	expect(email.recipients({...well, to: ['a@b', 'c@d', 'a@b']})).toEqual(['a@b', 'c@d']);
	expect(email.timeout(well)).toBe(60_000);
	expect(email.timeout({...well, smtp: [{host: 'a'}, {host: 'b'}, {host: 'c'}]})).toBe(120_000);
});
