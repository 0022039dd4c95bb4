import {describe, expect, test} from 'vitest';
import {matches, type QueryContext} from '../../src/core/query-match.js';
import {parseQuery} from '../../src/core/query-parse.js';
import type {Process} from '../../src/core/snapshot.js';
import {compile, context, processOf} from './query-built.js';

function isFound(typed: string, row: Process, moment: QueryContext = context): boolean {
	const parsed = parseQuery(typed, compile);

	if (!parsed.ok) {
		throw new Error(`${typed}: ${parsed.problem}`);
	}

	return matches(parsed.query, row, moment);
}

const worker = processOf();

describe('a worker of nginx, pid 1234 of www-data', () => {
	test.each([
		'',
		'nginx',
		'NGINX worKER',
		'"nginx: worker"',
		'www',
		'234',
		'/^NGINX$/',
		'/process$/',
		'/^www/ /^1234$/',
		'/nginx.*worker/',
		'nginx and not apache',
		'apache or worker',
		'not (apache or tomcat)',
		'apache nginx or worker',
		'not apache worker',
		'""',

		'user=www-data',
		'user=WWW-Data',
		'user!=root',
		'user!=www',
		'user=www*',
		'user=*data',
		'user=*w*d*t*',
		'user=*',
		'user=w*w*a',
		'user=**www-data',
		'user~w-d',
		'user!~root',
		'user=/^www/',
		'user~/DATA$/',
		'user!=/^data/',
		'user!~/^data/',
		'name=nginx',
		'name!=nginx:',
		'name~ngi',
		'name!~worker',
		'command="nginx: worker process"',
		'command="NGINX: *"',
		'cmd~worker',
		'cmd!=nginx',
		'cmd!~master',
		'state=s',
		'state!=R',
		'state~S',
		'state!~/[RD]/',

		'pid=1234',
		'pid!=123',
		'ppid=77',
		'threads>=4 threads<=4 threads>3 threads<5 threads=4 threads!=5',
		'cpu=12.5',
		'cpu>12.4%',
		'mem=512MiB',
		'mem>500MB',
		'mem=0.5G',
		'mem>=6.25% mem<=6.25% mem<6.3%',
		'files=30',
		'read=1MB read<1MiB',
		'write=2000kB',
		'age=2h age<1d age>119m age>=7200s',
	])('is found by %j', typed => {
		expect(isFound(typed, worker)).toBe(true);
	});

	test.each([
		'apache',
		'nginx apache',
		'"worker nginx"',
		'"nginx www-data"',
		'nginx\\x0anginx',
		'/^worker/',
		'/nginx.nginx/',
		'not nginx',
		'not (apache or nginx)',
		'not nginx worker',
		'not not not nginx',
		'12.5',

		'user=www',
		'user=data',
		'user!=WWW-data',
		'user=*www',
		'user=data*',
		'user=www-*-data',
		'user=w*w*w*w*',
		'user=www-data*a',
		'user=*t*d*',
		'user=w*ata*a',
		'nginxnginx',
		'user=""',
		'user~wwx',
		'user~w*d',
		'user!~data',
		'user=/^data/',
		'user!=/www/',
		'user!~/www/',
		'name=ngin',
		'name~worker',
		'command=nginx',
		'command!~worker',
		'state=R',
		'state!=s',

		'pid=123',
		'pid!=1234',
		'ppid=1234',
		'threads>4',
		'threads<4',
		'threads>=5',
		'threads<=3',
		'threads=5',
		'threads!=4',
		'cpu>12.5',
		'mem>512MiB',
		'mem<512MiB',
		'mem>6.25%',
		'files>30',
		'read>1MB',
		'write<2MB',
		'age>2h',
		'age<2h',
	])('is not found by %j', typed => {
		expect(isFound(typed, worker)).toBe(false);
	});
});

const unknown: Record<string, [row: Process, term: (operator: string) => string]> = {
	'cpu in the first second': [processOf({cpuPercent: undefined}), operator => `cpu${operator}0`],
	'the command line of a kernel thread': [processOf({command: null}), operator => `command${operator}""`],
	'a user that was not read': [processOf({user: null}), operator => `user${operator}""`],
	'reads of others': [processOf({disk: 'denied'}), operator => `read${operator}0`],
	'writes of what is not on the screen': [processOf({disk: undefined}), operator => `write${operator}0`],
	'open files of others': [processOf({openFiles: 'denied'}), operator => `files${operator}0`],
	'open files of what is not on the screen': [processOf({openFiles: undefined}), operator => `files${operator}0`],
	'when it started': [processOf({startedAt: Number.NaN}), operator => `age${operator}0`],
};

describe('what is not known matches no comparison', () => {
	test.each(Object.entries(unknown))('%s', (_, [row, term]) => {
		const ofText = /""$/.test(term('='));
		const operators = ofText ? ['=', '!=', '~', '!~'] : ['=', '!=', '>', '>=', '<', '<='];
		expect(operators.filter(operator => isFound(term(operator), row))).toEqual([]);
		expect(operators.filter(operator => !isFound(`not ${term(operator)}`, row))).toEqual([]);
		expect(operators.filter(operator => isFound(term(operator), worker))).not.toEqual([]);
	});

	test.each([undefined, 0])('percent of a machine with memory %s', memoryTotalBytes => {
		const moment = {...context, memoryTotalBytes};
		expect(['=', '!=', '>', '>=', '<', '<='].filter(one => isFound(`mem${one}0%`, worker, moment))).toEqual([]);
	});
});

test('words do not stumble over what is not known', () => {
	const thread = processOf({name: 'kworker/0:1', command: null, user: null});
	expect(isFound('kworker/0', thread)).toBe(true);
	expect(isFound('/^kworker/', thread)).toBe(true);
	expect(isFound('undefined', thread)).toBe(false);
	expect(isFound('/undefined/', thread)).toBe(false);
});

test('a name that hides something is found as it is shown, and as it was typed', () => {
	const hostile = processOf({name: '\x1b]0;\u202eÖl'});
	expect(isFound('\\x1b]0;', hostile)).toBe(true);
	expect(isFound('name="\x1b]0;\u202eöL"', hostile)).toBe(true);
});

test('a star stands for itself where a part is looked for', () => {
	expect(isFound('name~a*b', processOf({name: 'xa*bx'}))).toBe(true);
	expect(isFound('name~a*b', processOf({name: 'xaXbx'}))).toBe(false);
});

test('a process that will start has an age below zero', () => {
	expect(isFound('age<1s', processOf({startedAt: context.now + 5000}))).toBe(true);
});
