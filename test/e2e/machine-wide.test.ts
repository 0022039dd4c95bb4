import {chmodSync, chownSync, cpSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect} from 'vitest';
import {healthtop} from '../helpers/built.js';
import {command, quit, start} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {testAsRoot} from '../helpers/outside.js';
import {Pty} from '../helpers/pty.js';
import {until} from '../helpers/until.js';

const asRoot = testAsRoot('unshare', 'nsenter', 'setpriv', 'mount', 'sh');

/** Who the engine is, and a stranger; nobody needs to have an account for it. */
const [engineId, strangerId] = [4711, 65_534];

const as = (id: number, groups = '--clear-groups') => ['setpriv', `--reuid=${id}`, `--regid=${id}`, groups];

/** A directory of a user, which all may enter. */
function homeOf(id: number): string {
	const path = folder();
	chmodSync(path, 0o755);
	chownSync(path, id, id);
	return path;
}

/** The program where every user may read it. */
function readable(): string {
	const [bundle] = healthtop();
	const path = homeOf(0);
	cpSync(dirname(bundle), path, {recursive: true});
	return join(path, 'main.js');
}

/** The engine of a machine whose /run is its own, as systemd starts one, and what runs programs on that machine. */
async function machine() {
	const program = readable();
	const state = homeOf(engineId);
	const prepare = `mount -t tmpfs -o mode=755 tmpfs /run && mkdir -m 750 /run/healthtop && chown ${engineId}:${engineId} /run/healthtop`;
	const words = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', `${prepare} && exec "$@"`, 'sh'];
	const run = [...as(engineId), process.execPath, program, 'run'];
	const engine = start([...words, ...run], {RUNTIME_DIRECTORY: '/run/healthtop', STATE_DIRECTORY: state});
	const place = `/proc/${engine.pid}/root/run/healthtop`;
	await until('it listens', () => isSocket(join(place, 'control.sock')) && isSocket(join(place, 'view.sock')));
	const inside = ['nsenter', `--mount=/proc/${engine.pid}/ns/mnt`, '--'];
	return {
		engine,
		place,
		/** A command of ours as a user. */
		say: (user: readonly string[], ...args: readonly string[]) =>
			start([...inside, ...user, process.execPath, program, ...args], {HOME: homeOf(strangerId)}).said,
		/** A screen of a user, in a home that has nothing to do with the engine. */
		async screen(user: readonly string[], home: string) {
			const [first = '', ...rest] = [...inside, ...user, process.execPath, program];
			const pty = new Pty(first, rest, {columns: 120, env: {HOME: home}});
			await pty.shows('6 Processes');
			return pty;
		},
	};
}

function isSocket(path: string): boolean {
	return statSync(path, {throwIfNoEntry: false})?.isSocket() ?? false;
}

asRoot('the engine of the machine shows itself to root, whatever home it has, and is commanded by it', async () => {
	const {engine, place, screen, say} = await machine();
	expect(statSync(join(place, 'view.sock')).mode & 0o777).toBe(0o660);
	expect(statSync(join(place, 'control.sock')).mode & 0o777).toBe(0o600);
	const pty = await screen([], homeOf(0));
	await pty.shows('q leave');
	const status = await say([], 'engine', 'status', '--json');
	expect(JSON.parse(status.stdout)).toMatchObject({pid: engine.pid, viewers: 1});
	await quit(pty);
	expect(await say([], 'engine', 'stop')).toMatchObject({code: 0, stdout: 'the engine has stopped\n'});
	expect(await engine.said).toMatchObject({code: 0});
});

asRoot(
	'a stranger watches with an engine of its own, which keeps nothing, and is told who may look and command',
	async () => {
		const {engine, screen, say} = await machine();
		const stranger = as(strangerId);
		const home = homeOf(strangerId);
		const pty = await screen(stranger, home);
		await pty.until('says why', ({screen: [first = '']}) =>
			first.includes('watching only: this user is not in group healthtop'),
		);
		await pty.shows('q quit');
		await quit(pty);
		expect(statSync(join(home, '.local'), {throwIfNoEntry: false})).toBeUndefined();

		for (const verb of ['status', 'stop', 'reload']) {
			const {code, stderr} = await say(stranger, 'engine', verb);
			expect(code).toBe(1);
			expect(stderr).toContain("the engine of '/run/healthtop' is commanded by root and its owner");
		}

		expect(engine.child.exitCode).toBeNull();
	},
);

asRoot('a user in the group of the engine looks at it, and may not end it', async () => {
	const {engine, screen, say} = await machine();
	const member = as(strangerId, `--groups=${engineId}`);
	const pty = await screen(member, homeOf(strangerId));
	await pty.shows('q leave');
	expect(pty.text).not.toContain('watching only');
	const {code, stderr} = await say(member, 'engine', 'stop');
	expect(code).toBe(1);
	expect(stderr).toContain(`the engine of '/run/healthtop' is commanded by root and its owner (uid ${engineId}) only`);
	expect(engine.child.exitCode).toBeNull();
	engine.child.kill('SIGKILL');
	await pty.until('says so', ({text}) => text.includes('no engine for'), 3000);
	await quit(pty);
});

asRoot('who names a state directory does not get the engine of the machine', async () => {
	const {screen} = await machine();
	const directory = homeOf(0);
	const pty = await screen(['env', `HEALTHTOP_STATE_DIR=${directory}`], homeOf(0));
	await pty.shows('q quit');
	expect(pty.text).not.toContain('watching only');
	await until('it is an engine of its own', () => isSocket(join(directory, 'view.sock')));
	const own = await start(command('engine', 'status', '--json', '--state-dir', directory)).said;
	expect(JSON.parse(own.stdout)).toMatchObject({stateDirectory: directory});
	await quit(pty);
});
