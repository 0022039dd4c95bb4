import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {certificate} from '../../src/checks/certificate.js';
import {command} from '../../src/checks/command.js';
import {dns} from '../../src/checks/dns.js';
import {file} from '../../src/checks/file.js';
import {http} from '../../src/checks/http.js';
import {mysql} from '../../src/checks/mysql.js';
import {tcp} from '../../src/checks/tcp.js';
import type {CheckType} from '../../src/core/check.js';
import {parseCondition} from '../../src/core/condition.js';
import {judgeCheck} from '../../src/core/judge-check.js';
import {redactor} from '../../src/core/redact.js';
import {answerOf} from '../helpers/ask.js';
import {datagrams, dnsAnswer, dnsRecord} from '../helpers/datagrams.js';
import {folder} from '../helpers/folder.js';
import {listening} from '../helpers/listening.js';
import {columns, end, error, fake, greeting, noStatus, ok, row} from '../helpers/mysql-packets.js';

const secrets = ['tr0ub4dor-and-3-horses', 'Geheim für alle Fälle'];

/** So much of a secret stands before the cut, characters. */
const before = 6;

/** Text that has a secret where it is cut, if it is cut after so many characters, `start` counted. */
type Placed = (cut: number, start?: string) => string;

type Asked = readonly [type: CheckType, options: object];

const rows: Record<string, (placed: Placed) => Promise<Asked>> = {
	'the first line of a plug-in': async placed => [command, shell(placed(300))],
	'its other lines': async placed => [command, shell(`OK\n${placed(300)}`)],
	'its errors': async placed => [command, shell(placed(300), '>&2')],
	'a greeting': async placed => [tcp, {port: await said(`${placed(80)}\r\n`), expect: '^OK'}],
	'a greeting before TLS': async placed => [certificate, starting('smtp', await said(`${placed(80)}\r\n`))],
	'a refusal before TLS': async placed => [certificate, starting('mysql', await said(refusal(placed(80))))],
	'a line of a file': async placed => [file, {path: written(`${placed(200)}\n`), matchesNot: '^x'}],
	'where a redirect leads': async placed => {
		const port = await said(port => {
			const start = `http://127.0.0.1:${port}/`;
			return `HTTP/1.1 302 Found\r\nLocation: ${encodeURI(placed(200, start))}\r\nContent-Length: 0\r\n\r\n`;
		});
		return [http, {url: `http://127.0.0.1:${port}/`, followRedirects: true}];
	},
	'a status of HTTP': async placed => [http, {url: await web(`HTTP/1.1 200 ${placed(4096)}\r\n\r\n`)}],
	'a type of HTTP': async placed => [
		http,
		{url: await web(`HTTP/1.1 200 OK\r\nContent-Type: ${placed(4096)}\r\n\r\n`)},
	],
	'what is no HTTP': async placed => [http, {url: await web(placed(60))}],
	'a body in a condition': async placed => [http, {url: await web(`HTTP/1.1 200 OK\r\n\r\n${placed(100)}`)}],
	'a header in a condition': async placed => [http, {url: await web(`HTTP/1.1 200 OK\r\nX: ${placed(100)}\r\n\r\n`)}],
	'an answer of a name server': async placed => [dns, await record(placed(80))],
	'a long answer of a name server': async placed => [dns, await record(placed(4096))],
	'a refusal of MySQL': async placed => [mysql, await server(() => [error(2, 9999, placed(160))])],
	'an error of MySQL': async placed => [
		mysql,
		{...(await server(() => [ok(2), error(1, 9999, placed(160)), ...noStatus])), query: 'x'},
	],
	'an error of replication': async placed => [
		mysql,
		await server(() => [
			...[ok(2), ok(1), error(1, 1, ''), error(1, 1, '')],
			Buffer.concat([columns(1, 'Last_SQL_Error'), row(4, placed(160)), end(5)]),
		]),
	],
};

describe.each(secrets)('half of %j is not in', secret => {
	const hide = redactor([secret]);
	const placed: Placed = (cut, start = '') => `${start.padEnd(cut - before, 'x')}${secret} and more`;
	const conditions = ['[BODY] == 1', '[HEADERS].x == 1'].map(text => parseCondition(text, ['BODY', 'HEADERS']));
	const criteria = {conditions, levels: new Map(), measures: {}, severity: 'critical' as const, hide};

	test.each(Object.entries(rows))('%s', async (_, asked) => {
		const [type, options] = await asked(placed);
		const answer = await answerOf(type, options, {hide});
		const {text, facts = [], failure, findings} = answer;
		const shown = JSON.stringify([text, facts, failure, findings, judgeCheck(answer, criteria, false)]);
		expect(shown.replaceAll(/(?:\\\\x[0-9a-f]{2})+/g, bytes)).not.toContain(secret.slice(0, before - 1));
		expect(shown).not.toContain(encodeURI(secret).slice(0, before - 1));
		// That it was asked as it was meant.
		expect(shown).toMatch(/xx|\[sec/);
	});
});

test('the other half of one is not in the end of a file', async () => {
	const secret = 'tr0ub4dor-and-3-horses';
	const path = written(`${secret}\n${'x'.repeat((64 << 10) - 12)}\n`);
	const {findings} = await answerOf(file, {path, matchesNot: 'horses'}, {hide: redactor([secret])});
	expect(findings).toEqual([{status: 'critical', reason: "'horses' is in it"}]);
});

/** `\\x47\\x65`, as what is no UTF-8 is shown. */
function bytes(shown: string): string {
	return Buffer.from(shown.replaceAll('\\\\x', ''), 'hex').toString('latin1');
}

function shell(text: string, where = ''): object {
	return {command: ['/bin/sh', '-c', `cat ${written(`${text}\n`)} ${where}; exit 2`]};
}

function written(text: string): string {
	const path = join(folder(), 'said');
	writeFileSync(path, text);
	return path;
}

/** The port of a server that says this. */
async function said(text: string | Buffer | ((port: number) => string)): Promise<number> {
	const {port} = await listening(socket => {
		socket.end(typeof text === 'function' ? text(socket.localPort ?? 0) : text);
	});
	return port;
}

async function web(answer: string): Promise<string> {
	return `http://127.0.0.1:${await said(answer)}/`;
}

function starting(startTls: string, port: number): object {
	return {host: '127.0.0.1', port, startTls};
}

function refusal(text: string): Buffer {
	return error(0, 1130, text);
}

async function record(text: string): Promise<object> {
	const parts =
		Buffer.from(text)
			.toString('latin1')
			.match(/.{1,255}/gs) ?? [];
	const data = parts.map(part => Buffer.concat([Buffer.of(part.length), Buffer.from(part, 'latin1')]));
	const {port} = await datagrams(question => [dnsAnswer(question, {records: [dnsRecord(16, Buffer.concat(data))]})]);
	return {domain: 'shop.test', record: 'TXT', server: `127.0.0.1:${port}`, expect: 'nothing'};
}

async function server(answers: () => readonly Buffer[]): Promise<object> {
	const {port} = await fake(greeting(), answers());
	return {host: '127.0.0.1', port, user: 'monitor'};
}
