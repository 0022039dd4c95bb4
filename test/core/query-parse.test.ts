import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {Query} from '../../src/core/query.js';
import {parseQuery} from '../../src/core/query-parse.js';
import {and, compile, is, not, number, or, text, word} from './query-built.js';

const MiB = 2 ** 20;

const good: Record<string, Query> = {
	'': and(),
	' \t': and(),
	nginx: word('nginx'),
	'nginx worker': and(word('nginx'), word('worker')),
	'Nginx\u00a0WORKER': and(word('nginx'), word('worker')),
	'"Two  words"': word('two  words'),
	'""': word(''),
	'"a \\"b\\" \\\\ \\x1b"': word('a "b" \\ \\x1b'),
	'a"b"c': and(word('a'), word('b'), word('c')),
	'kworker/0:1 [x] -c 5% a*b yes!': and(...['kworker/0:1', '[x]', '-c', '5%', 'a*b', 'yes!'].map(word)),
	'cpu mem': and(word('cpu'), word('mem')),
	android: word('android'),
	'"and"': word('and'),
	'\u202e \x1b': and(word('\ufffd'), word('\\x1b')),
	'a&b &x': and(word('a&b'), word('&x')),

	'a and b': and(word('a'), word('b')),
	'a AND b Or NOT c': or(and(word('a'), word('b')), not(word('c'))),
	'a or b c': or(word('a'), and(word('b'), word('c'))),
	'a b or c d or e': or(and(word('a'), word('b')), and(word('c'), word('d')), word('e')),
	'not a b': and(not(word('a')), word('b')),
	'not not a': not(not(word('a'))),
	'not(a or b)c': and(not(or(word('a'), word('b'))), word('c')),
	'(a b) c': and(and(word('a'), word('b')), word('c')),
	'a(b)': and(word('a'), word('b')),
	'((a))': word('a'),
	'a not b': and(word('a'), not(word('b'))),

	'pid=1': number('pid', '=', 1),
	'ppid!=2': number('ppid', '!=', 2),
	'threads>=10': number('threads', '>=', 10),
	'files<100': number('files', '<', 100),
	'cpu<=.5': number('cpu', '<=', 0.5),
	'CPU > 5.25%': number('cpu', '>', 5.25),
	'cpu>"5"': number('cpu', '>', 5),
	'mem>100MiB': number('mem', '>', 100 * MiB),
	'mem>1.5gib': number('mem', '>', 1536 * MiB),
	'mem>200M': number('mem', '>', 200 * MiB),
	'mem>2MB': number('mem', '>', 2e6),
	'mem>3k': number('mem', '>', 3072),
	'mem>1t': number('mem', '>', 2 ** 40),
	'mem>512B': number('mem', '>', 512),
	'mem>5%': number('mem%', '>', 5),
	'mem>0': number('mem', '>', 0),
	'read>1MB': number('read', '>', 1e6),
	'read>1MB/s': number('read', '>', 1e6),
	'write>500kB': number('write', '>', 5e5),
	'write>1M': number('write', '>', 1e6),
	'write>1MiB': number('write', '>', MiB),
	'read>0': number('read', '>', 0),
	'age<30s': number('age', '<', 30_000),
	'age<10m': number('age', '<', 600_000),
	'age<2h': number('age', '<', 7_200_000),
	'age>=1.5D': number('age', '>=', 129_600_000),

	'user=Root': text('user', '=', is('root')),
	'user!=root': text('user', '!=', is('root')),
	'name = ng*x*': text('name', '=', is('ng', 'x', '')),
	'cmd="/usr/bin/* -c"': text('command', '=', is('/usr/bin/', ' -c')),
	'command~a*B': text('command', '~', {kind: 'contains', text: 'a*b'}),
	'state!~x': text('state', '!~', {kind: 'contains', text: 'x'}),
	'user=""': text('user', '=', is('')),
	'user="and" or x': or(text('user', '=', is('and')), word('x')),
	'user=root(a)': and(text('user', '=', is('root')), word('a')),

	'/ng.*x/': {kind: 'pattern', pattern: /ng.*x/i},
	'/a\\/b\\d\\\\/ x': and({kind: 'pattern', pattern: /a\/b\d\\/i}, word('x')),
	'(/a b/)': {kind: 'pattern', pattern: /a b/i},
	'name=/^a/': text('name', '=', {kind: 'pattern', pattern: /^a/i}),
	'name!=/^a/': text('name', '!=', {kind: 'pattern', pattern: /^a/i}),
	'name ~ /^a/': text('name', '~', {kind: 'pattern', pattern: /^a/i}),
	'name!~/^a/': text('name', '!~', {kind: 'pattern', pattern: /^a/i}),
};

describe('what is understood', () => {
	test.each(Object.entries(good))('%j', (typed, query) => {
		expect(parseQuery(typed, compile)).toEqual({ok: true, query});
	});
});

const needsNumber = (term: string) => `needs a number, such as ${term}`;
const needsSomething = 'needs a word or a term, such as nginx or cpu>5';
const needsField = 'needs a field before it, such as cpu>5, or quotes around it';
const needsQuote = 'needs a quote at its end, such as "two words"';
const needsSlash = 'needs a slash at its end, such as /ng.*x/; write a path in quotes';
const all = 'cpu mem read write user name command state threads files age pid ppid';

const bad: Record<string, [at: number, problem: string]> = {
	'cpu>': [4, needsNumber('cpu>5')],
	'cpu <= ': [7, needsNumber('cpu<=5')],
	'cpu>x': [4, needsNumber('cpu>5')],
	'cpu>-1': [4, needsNumber('cpu>5')],
	'cpu>5.': [4, needsNumber('cpu>5')],
	'cpu>1e9': [4, needsNumber('cpu>5')],
	'cpu>5user=root': [4, needsNumber('cpu>5')],
	'cpu>%': [4, needsNumber('cpu>5')],
	'cpu==5': [4, needsNumber('cpu=5')],
	'a (cpu>)': [7, needsNumber('cpu>5')],
	'cpu>and': [4, needsNumber('cpu>5')],
	'cpu>/5/': [4, needsNumber('cpu>5')],
	'pid=': [4, needsNumber('pid=1234')],
	'pid=5%': [4, needsNumber('pid=1234')],
	'ppid=': [5, needsNumber('ppid=1')],
	'threads>': [8, needsNumber('threads>10')],
	'files>': [6, needsNumber('files>100')],
	'mem>': [4, 'needs a size, such as mem>100MiB or mem>5%'],
	'mem>5': [4, 'needs a size, such as mem>100MiB or mem>5%'],
	'mem>5 MiB': [4, 'needs a size, such as mem>100MiB or mem>5%'],
	'mem>5constructor': [4, 'needs a size, such as mem>100MiB or mem>5%'],
	'mem>5MB/s': [4, 'needs a size, such as mem>100MiB or mem>5%'],
	'read<': [5, 'needs a rate, such as read<1MB'],
	'write>5': [6, 'needs a rate, such as write>1MB'],
	'age>': [4, 'needs a time, such as age>10m'],
	'age>1h30m': [4, 'needs a time, such as age>10m'],

	'user=': [5, 'needs a text, such as user=root'],
	'user!~ or x': [7, 'needs a text, such as user!~root'],
	'name~)': [5, 'needs a text, such as name~nginx'],
	'cmd=': [4, 'needs a text, such as command="nginx: worker"'],
	'state=': [6, 'needs a letter, such as state=D'],
	'user>5': [4, 'user is text, compared with = != ~ or !~'],
	'cpu~5': [3, 'cpu is a number, compared with = != > >= < or <='],
	'a mem !~ 5': [6, 'mem is a number, compared with = != > >= < or <='],

	'cpuu>5': [0, 'cpuu is no field, did you mean cpu?'],
	'a usr=x': [2, 'usr is no field, did you mean user?'],
	'weight>5': [0, `no field weight: ${all}`],
	'toString=5': [0, `no field toString: ${all}`],
	'--config=/etc/x': [0, '--config is no field; as text it needs quotes: "--config=..."'],
	'"a b"=5': [5, needsField],
	'"cpu">5': [5, needsField],
	'/a/=5': [3, needsField],
	'\x1b[31m=x': [0, '\\x1b[31m is no field; as text it needs quotes: "\\x1b[31m=..."'],
	[`${'-'.repeat(99)}=x`]: [0, `${'-'.repeat(20)}... is no field; as text it needs quotes: "${'-'.repeat(20)}...=..."`],
	'>5': [0, needsField],
	'1<cpu<5': [0, '1 is no field; as text it needs quotes: "1<..."'],
	'cpu>5>3': [5, needsField],
	'~bin': [0, needsField],

	'a and': [5, needsSomething],
	'a or ': [5, needsSomething],
	not: [3, needsSomething],
	'or a': [0, needsSomething],
	'a and and b': [6, needsSomething],
	'and=5': [0, needsSomething],
	'()': [1, needsSomething],
	'(': [1, needsSomething],
	'(a': [2, 'needs a )'],
	'(a (b)': [6, 'needs a )'],
	'a) b': [1, 'needs a ( before it, or quotes around it'],
	'a || b': [2, 'is written as a word: or; or needs quotes around it'],
	'a && b': [2, 'is written as a word: and; or needs quotes around it'],
	'a & b': [2, 'is written as a word: and; or needs quotes around it'],
	'!a': [0, 'is written as a word: not; or needs quotes around it'],

	'"two wor': [0, needsQuote],
	'a"': [1, needsQuote],
	'"a\\"': [0, needsQuote],
	'/ng': [0, needsSlash],
	'name=/ng\\/': [5, needsSlash],
	'//': [0, 'needs a pattern between its slashes, such as /ng.*x/'],
	'a /usr/bin/x': [2, 'write a path in quotes: "/usr/bin/x"; a slash in a pattern as \\/'],
	'/a/c': [0, 'write a path in quotes: "/a/c"; a slash in a pattern as \\/'],
	'name=/(/': [5, 'is no pattern: nobody understands ('],
	'/\x1b(/': [0, 'is no pattern: nobody understands \\x1b('],

	['a'.repeat(1001)]: [1000, 'is longer than 1000 characters'],
	[`${'('.repeat(50)}not a`]: [50, 'is inside more than 50 brackets or nots'],
	['not '.repeat(51)]: [200, 'is inside more than 50 brackets or nots'],
};

describe('what is not, where and why', () => {
	test.each(Object.entries(bad))('%j', (typed, [at, problem]) => {
		expect(parseQuery(typed, compile)).toEqual({ok: false, at, problem});
	});
});

test('as much as there may be', () => {
	for (const typed of [
		'a'.repeat(1000),
		`${'('.repeat(50)}a${')'.repeat(50)}`,
		'(a) '.repeat(60),
		'not a '.repeat(60),
	]) {
		expect(parseQuery(typed, compile)).toMatchObject({ok: true});
	}
});

test('what is wrong with a pattern is told even when it is no error', () => {
	const refuse = () => {
		throw 'no\x07';
	};
	expect(parseQuery('/a/', refuse)).toEqual({ok: false, at: 0, problem: 'is no pattern: no\\x07'});
});

describe('docs/filter.md', () => {
	const documented = readFileSync('docs/filter.md', 'utf8');

	test.each([...documented.matchAll(/^\| `(.*?)` \|/gm)].map(([, typed = '']) => typed))(
		'%s is understood or a field',
		typed => {
			expect(parseQuery(/^[a-z]+$/.test(typed) ? `${typed}=0` : typed, compile)).toMatchObject({ok: true});
		},
	);

	test('has all fields in it', () => {
		const missing = all.split(' ').filter(field => !documented.includes(`\`${field}\``));
		expect(missing).toEqual([]);
	});
});
