import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {onTestFinished} from 'vitest';
import type {Host} from '../../src/core/host.js';
import {local} from '../../src/hosts/local.js';
import {healthtop} from './built.js';
import {folder} from './folder.js';

const script = resolve('test/helpers/with-systemd.sh');

/** There is no journal, and a unit that has ended is soon forgotten. */
const told = `
[Service]
StandardError=append:/run/log
ExecStopPost=+/bin/sh -c 'echo "$SERVICE_RESULT $EXIT_CODE $EXIT_STATUS" >>/run/ends'
`;

/** What its shells have in their environment (with-systemd.sh). */
const env = {
	PATH: process.env['PATH'],
	HOME: '/run/home',
	XDG_RUNTIME_DIR: '/run',
	DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
};

/** A real systemd with a /run, a home and process numbers of its own; it goes when the test has ended. Needs root. */
export class Systemd {
	/** Process 1 of its namespaces, as it is numbered here. */
	readonly #pid: number;

	private constructor(pid: number) {
		this.#pid = pid;
	}

	static async start(): Promise<Systemd> {
		const shell = spawn('bash', [script, 'sh', '-c', 'echo ready; exec cat'], {stdio: ['pipe', 'pipe', 'inherit']});
		onTestFinished(() => ended(shell));
		const [said] = await once(shell.stdout, 'data');

		if (String(said) !== 'ready\n') {
			throw new Error(`no systemd: ${said}`);
		}

		return new Systemd(Number(readFileSync(`/proc/${shell.pid}/task/${shell.pid}/children`, 'latin1').trim()));
	}

	/** Runs a program beside it: its exit code, and all that it wrote. */
	run(...command: readonly string[]): {readonly code: number | null; readonly output: string} {
		const enter = ['--target', String(this.#pid), '--mount', '--pid', '--', ...command];
		const {status, stdout, stderr, error} = spawnSync('nsenter', enter, {env, encoding: 'utf8', timeout: 30_000});

		if (error) {
			throw error;
		}

		return {code: status, output: stdout + stderr};
	}

	systemctl(...args: readonly string[]): {readonly code: number | null; readonly output: string} {
		return this.run('systemctl', '--user', ...args);
	}

	/** A machine whose programs run beside it, and whose user's manager it is. */
	host(): Host {
		this.run('mkdir', '-p', '/run/user');
		this.run('ln', '-sfn', '/run', `/run/user/${process.getuid?.()}`);
		const here = local();
		const enter = ['nsenter', '--target', String(this.#pid), '--mount', '--pid', '--'];
		return {...here, run: (command, signal, given) => here.run([...enter, ...command], signal, given)};
	}

	/** A property of a unit, as `systemctl show` has it. */
	show(unit: string, property: string): string {
		return this.systemctl('show', '--property', property, '--value', unit).output.trim();
	}

	/** True once it is active, as another process than `before`. */
	isActive(unit: string, before = '0'): boolean {
		return this.show(unit, 'ActiveState') === 'active' && this.show(unit, 'MainPID') !== before;
	}

	/** Where a file of its /run is for us. */
	path(file: string): string {
		return join(`/proc/${this.#pid}/root/run`, file);
	}

	write(file: string, text: string): void {
		mkdirSync(dirname(this.path(file)), {recursive: true});
		writeFileSync(this.path(file), text);
	}

	/** What its units wrote on standard error, and how each of their processes ended (a line of result, code and status). */
	told(what: 'log' | 'ends'): string {
		return readFileSync(this.path(what), 'utf8');
	}

	/** A unit of packaging/ that runs the built program, and what stands in it otherwise; it is not started. */
	install(unit: string, other: string): string {
		const name = unit.split('/').at(-1) ?? '';
		this.write(`units/${name}`, unitText(unit, builtProgram()));
		this.write(`units/${name}.d/test.conf`, `${other}${told}`);
		this.systemctl('daemon-reload');
		return name;
	}
}

/** A unit of packaging/systemd that runs another program than the installed one. */
export function unitText(unit: string, program: string): string {
	return readFileSync(resolve('packaging/systemd', unit), 'utf8').replaceAll('/usr/bin/healthtop', program);
}

/** The built program as an installed one that every user may run, wherever the sources are. */
export function builtProgram(): string {
	const [bundle] = healthtop();
	const directory = folder();
	chmodSync(directory, 0o755);
	cpSync(dirname(bundle), join(directory, 'dist'), {recursive: true});
	cpSync('package.json', join(directory, 'package.json'));
	const program = join(directory, 'healthtop');
	writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${join(directory, 'dist/main.js')}' "$@"\n`, {
		mode: 0o755,
	});
	return program;
}

async function ended(shell: ChildProcess): Promise<void> {
	shell.stdin?.end();

	if (shell.exitCode === null && shell.signalCode === null) {
		await once(shell, 'exit');
	}
}
