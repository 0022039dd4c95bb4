import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, writeFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {build} from 'esbuild';
import {describe, expect, onTestFinished, test} from 'vitest';
import {askEngine, askToEnd} from '../../src/engine/control-client.js';
import {longestSocketPath} from '../../src/engine/socket-places.js';
import {folder} from '../helpers/folder.js';
import {handClock} from '../helpers/hand-clock.js';
import {testAsRoot} from '../helpers/outside.js';
import {until} from '../helpers/until.js';
import {asker, controlled, greeting, refusal} from './controlled.js';

/** Something else that listens, and says this. */
async function impostor(words: string, onConnection = (_: Socket) => {}): Promise<string> {
	const path = join(folder(), 'control.sock');
	const sockets: Socket[] = [];
	const server = createServer(socket => {
		sockets.push(socket.on('error', () => {}));
		socket.write(words);
		onConnection(socket);
	}).listen(path);
	onTestFinished(() => {
		for (const socket of sockets) {
			socket.destroy();
		}

		server.close();
	});
	await once(server, 'listening');
	return path;
}

const greetingLine = `${JSON.stringify(greeting)}\n`;

describe('an engine that does not answer:', () => {
	test('there is none', async () => {
		const directory = folder();
		expect(await refusal(askEngine(join(directory, 'control.sock'), {do: 'x'}, asker, 1))).toEqual({kind: 'none'});
		writeFileSync(join(directory, 'file'), '');
		expect(await refusal(askEngine(join(directory, 'file', 'control.sock'), {do: 'x'}, asker, 1))).toEqual({
			kind: 'none',
		});
		expect(await refusal(askEngine(join(directory, 'file'), {do: 'x'}, asker, 1))).toEqual({kind: 'none'});
	});

	test('its path would be cut to that of another', async () => {
		const directory = folder();
		// Node cuts after sun_path's last byte, which is for a NUL elsewhere.
		const path = join(directory, 'x'.repeat(longestSocketPath - directory.length));
		const server = createServer(socket => socket.destroy()).listen(path);
		onTestFinished(() => void server.close());
		await once(server, 'listening');
		expect(await refusal(askEngine(`${path}x`, {do: 'x'}, asker, 1))).toEqual({kind: 'none'});
	});

	test('it was killed', async () => {
		const path = join(folder(), 'control.sock');
		const child = spawn(process.execPath, [
			'-e',
			'net.createServer().listen(process.argv[1], () => console.log(1))',
			path,
		]);
		await once(child.stdout, 'data');
		child.kill('SIGKILL');
		await once(child, 'close');
		expect(await refusal(askEngine(path, {do: 'x'}, asker, 1))).toEqual({kind: 'none'});
	});

	test.each<[name: string, words: string, why: object]>([
		['it says nothing', '', {kind: 'silent'}],
		['it greets, and nothing else', greetingLine, {kind: 'silent', pid: 77}],
	])('%s', async (_, words, why) => {
		let served: Socket | undefined;
		const path = await impostor(words, socket => {
			served = socket.resume();
		});
		const clock = handClock();
		const asked = refusal(askEngine(path, {do: 'x'}, {...asker, clock}, 5000));
		await until('it has said what it says', () => served !== undefined && (words === '' || served.bytesRead > 0));
		await clock.advance(5000);
		expect(await asked).toEqual(why);
		expect(clock.due).toEqual([]);
	});

	test('it is stopped', async () => {
		const path = join(folder(), 'control.sock');
		const child = spawn(process.execPath, [
			'-e',
			'net.createServer().listen(process.argv[1], () => console.log(1))',
			path,
		]);
		onTestFinished(() => void child.kill('SIGKILL'));
		await once(child.stdout, 'data');
		child.kill('SIGSTOP');
		const clock = handClock();
		const asked = refusal(askEngine(path, {do: 'x'}, {...asker, clock}, 5000));
		await clock.advance(5000);
		expect(await asked).toEqual({kind: 'silent'});
	});

	test.each<[name: string, words: string, why: object]>([
		[
			'speaks a newer protocol',
			greetingLine.replace('"protocol":1', '"protocol":2'),
			{kind: 'other-protocol', ours: '1.2.4', theirs: '1.2.3'},
		],
		['is something else', 'SSH-2.0-OpenSSH\r\n', {kind: 'broken'}],
		['is something else that speaks JSON', '{"healthtop":"view"}\n', {kind: 'broken'}],
		['has no room', '{"type":"bye","reason":"too-many"}\n', {kind: 'refused', code: 'too-many'}],
		['answers garbage', `${greetingLine}\u001b[2J\n`, {kind: 'broken'}],
		['answers another shape', `${greetingLine}{"ok":1}\n`, {kind: 'broken'}],
		[
			'says goodbye',
			`${greetingLine}{"type":"bye","reason":"line-too-long"}\n`,
			{kind: 'refused', code: 'line-too-long'},
		],
		[
			'refuses, in words that would do something',
			`${greetingLine}{"id":1,"ok":false,"code":"\\u001b","reason":"a\\u0007\\n  b"}\n`,
			{kind: 'refused', code: '\\x1b', reason: 'a\\x07\n  b'},
		],
		['never ends its line', 'x'.repeat(17 << 20), {kind: 'broken', reason: 'it said more than an engine does'}],
	])('it %s', async (_, words, why) => {
		expect(await refusal(askEngine(await impostor(words), {do: 'x'}, asker, 1))).toMatchObject(why);
	});

	test.each<[name: string, words: string]>([
		['before it greets', ''],
		['while it is asked', greetingLine],
		['in the middle of its answer', `${greetingLine}{"id":1,"ok":true,`],
	])('it ends %s', async (_, words) => {
		const path = await impostor(words, socket => socket.end());
		expect(await refusal(askEngine(path, {do: 'x'}, asker, 1))).toMatchObject({kind: 'broken'});
	});

	testAsRoot()('it is not for this user', async () => {
		const {path} = await controlled({ping: async () => 'pong'});
		chmodSync(join(path, '..'), 0o755);
		const {outputFiles} = await build({
			stdin: {contents: asNobody, resolveDir: process.cwd(), loader: 'ts'},
			bundle: true,
			write: false,
			platform: 'node',
			format: 'esm',
		});
		const code = outputFiles[0]?.text ?? '';
		const said = async (uid: number) => {
			const child = spawn(process.execPath, ['--input-type=module', '-e', code, '-', path], {uid, gid: uid});
			return (await text(child.stdout)).trim();
		};
		expect([await said(65_534), await said(0)]).toEqual(['forbidden', 'pong']);
	});
});

const asNobody = `
import {askEngine, NoEngine} from './src/engine/control-client.js';
const asker = {clock: {wake: () => () => {}}, version: '1', pid: process.pid, env: {}};
askEngine(process.argv[2] ?? '', {do: 'ping'}, asker, 1).then(console.log, error => console.log(error.why.kind));
`;

describe('what makes an engine end', () => {
	test('is waited for until it has ended', async () => {
		const running = await controlled({
			stop: async () => {
				setImmediate(() => running.listener.close());
				return {};
			},
		});
		expect(await askToEnd(running.path, {do: 'stop'}, asker, {within: 1, endsWithin: 1})).toBe(true);
	});

	test('is not waited for for ever', async () => {
		const {path} = await controlled({stop: async () => ({})});
		const clock = handClock();
		const asked = askToEnd(path, {do: 'stop'}, {...asker, clock}, {within: 1000, endsWithin: 5000});
		await until('it has answered', () => clock.due[0] === 5000);
		await clock.advance(5000);
		expect(await asked).toBe(false);
	});
});
