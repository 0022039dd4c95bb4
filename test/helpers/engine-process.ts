import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {onTestFinished} from 'vitest';
import {healthtop} from './built.js';
import {folder} from './folder.js';
import {type Ending, Pty, type PtyOptions} from './pty.js';
import {until} from './until.js';

/** What the tests ask of `engine status --json`. */
export type Status = {
	readonly pid: number;
	readonly viewers: number;
	readonly stateDirectory: string;
	readonly readings?: number;
	readonly problems: readonly {readonly source: string; readonly reason: string}[];
};

/** What a command said, and how it ended. */
export type Said = {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
};

/** Added to a bare environment: undefined takes a name away. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type EngineOptions = {
	readonly directory?: string;
	readonly args?: readonly string[];
	readonly env?: Environment;
};

/** A program without a terminal, its output, and its end. */
export type Running = {
	readonly child: ChildProcess;
	readonly pid: number;
	readonly said: Promise<Said>;
	stdout(): string;
	stderr(): string;
};

/** A busy machine starts a program in that time, ms. */
const startWithin = 20_000;

/** As bare as that of a terminal in the tests: nobody's home, nobody's configuration. */
function environment(env: Environment): NodeJS.ProcessEnv {
	return {PATH: process.env['PATH'], HOME: '/nonexistent', LANG: 'C.UTF-8', TZ: 'UTC', ...env};
}

/** Starts a program; it is killed, whatever state it is in, when the test has ended. */
export function start(words: readonly string[], env: Environment = {}): Running {
	const [program = '', ...args] = words;
	const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe'], env: environment(env)});
	let [stdout, stderr] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', text => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', text => {
		stderr += text;
	});
	const said = once(child, 'close').then(([code, signal]) => ({code, signal, stdout, stderr}));
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	return {child, pid: child.pid ?? 0, said, stdout: () => stdout, stderr: () => stderr};
}

/** The words that run the built program. */
export function command(...args: readonly string[]): readonly string[] {
	return [process.execPath, ...healthtop(...args)];
}

/** `healthtop engine VERB` about the engine of a state directory. */
export function ask(verb: 'status' | 'stop' | 'reload', directory: string, env: Environment = {}): Promise<Said> {
	return start(command('engine', verb, '--json', '--state-dir', directory), env).said;
}

/** The first status for which a condition holds; fails with the last answer when there is none in time. */
export async function statusWhen(
	directory: string,
	condition: (status: Status) => boolean = () => true,
	env: Environment = {},
): Promise<Status> {
	const end = performance.now() + startWithin;

	for (;;) {
		const {code, stdout, stderr} = await ask('status', directory, env);
		const status: Status | undefined = code === 0 ? JSON.parse(stdout) : undefined;

		if (status && condition(status)) {
			return status;
		}

		if (performance.now() > end) {
			throw new Error(`no such status: ${stdout}${stderr}`);
		}
	}
}

/** An engine without a screen, once it has its first reading and has logged that it started: what it found at the start stands before that. */
export async function startEngine({directory = folder(), args = [], env = {}}: EngineOptions = {}) {
	const engine = start(command('run', '--state-dir', directory, ...args), env);
	const status = await Promise.race([
		statusWhen(directory, ({pid, readings}) => pid === engine.pid && readings !== undefined, env),
		engine.said.then(({stderr}) => {
			throw new Error(`it ended: ${stderr}`);
		}),
	]);
	await until('it has logged its start', () => args.includes('--log-file') || engine.stderr().includes('"start"'));
	return {...engine, directory, status};
}

/** A screen, once it has panels. */
export async function openScreen(args: readonly string[], options: PtyOptions = {}): Promise<Pty> {
	const pty = new Pty(process.execPath, healthtop(...args), options);
	await pty.shows('6 Processes');
	return pty;
}

/** Ends a screen with a key. */
export function quit(pty: Pty): Promise<Ending> {
	pty.type('q');
	return pty.end();
}

/** Whether there is such a process that has not ended: one that nobody has asked for yet (Z) has. */
export function isRunning(pid: number): boolean {
	try {
		return !/^State:\t[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
	} catch {
		return false;
	}
}

/** Resolves when a process has ended. */
export function gone(pid: number, within?: number): Promise<void> {
	return until(`process ${pid} has ended`, () => !isRunning(pid), within);
}

/** What a process has used of the processors since it began, ms: one clock tick is 10. */
export function cpuMs(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
		.replace(/^.*\) /, '')
		.split(' ');
	return 10 * (Number(fields[11]) + Number(fields[12]));
}

/** Resident memory of a process, bytes. */
export function residentBytes(pid: number): number {
	return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
}
