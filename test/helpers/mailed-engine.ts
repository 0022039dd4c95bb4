import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect} from 'vitest';
import type {Alert} from '../../src/core/alerts/alert.js';
import type {AlertBook} from '../../src/core/alerts/alert-book.js';
import {builtInRules} from '../../src/core/alerts/built-in-rules.js';
import type {AttachedStore} from '../../src/engine/attached-store.js';
import {emptyBook, withRecord} from '../../src/engine/engine-records.js';
import {replay} from '../../src/journal/format.js';
import {attachedTo} from './attached.js';
import {command, type Environment, type Running, start} from './engine-process.js';
import {folder} from './folder.js';
import {until} from './until.js';

/** What is built in would tell of whatever else this machine does. */
export const noBuiltInRules = Object.fromEntries(builtInRules.map(({name}) => [name, false]));

/** One that tells ops@example.com by way of a server here. */
export function byMail(port: number, more: object = {}) {
	return {
		type: 'email',
		name: 'mail',
		smtp: {host: '127.0.0.1', port},
		from: 'healthtop@example.com',
		to: ['ops@example.com'],
		...more,
	};
}

export type MailedOptions = {
	readonly directory?: string;
	readonly env?: Environment;
	/** Words before the program: what it is run by. */
	readonly by?: readonly string[];
};

/** A configuration, but for what is usual in tests. */
export type Written = {readonly alerts?: object; readonly sampling?: object; readonly [key: string]: unknown};

/** `healthtop run` that tells people, and that a test may kill and start again. */
export class MailedEngine {
	readonly directory: string;
	readonly file: string;
	readonly #options: MailedOptions;
	#running: Running | undefined;
	#store: AttachedStore | undefined;
	#read: {readonly ino: number; readonly size: number; readonly book: AlertBook} | undefined;

	/** `config`: in it, times are short and there are no built-in rules, unless it says so. */
	constructor(config: Written, options: MailedOptions = {}) {
		this.directory = options.directory ?? folder();
		this.file = join(folder(), 'config.json');
		this.#options = options;
		this.configure(config);
	}

	/** Writes another configuration. */
	configure({alerts, sampling, ...config}: Written): void {
		const usual = {every: '500ms', builtinRules: noBuiltInRules};
		const parts = {sampling: {process: '5s', ...sampling}, alerts: {...atOnce, ...alerts}};
		writeFileSync(this.file, JSON.stringify({...usual, ...parts, ...config}), {mode: 0o600});
	}

	/** Starts it, and resolves when it runs. */
	async start(): Promise<void> {
		const {by = [], env = {}} = this.#options;
		const words = command('run', '--state-dir', this.directory, '--config', this.file);
		const running = start([...by, ...words], env);
		this.#running = running;
		this.#store = await Promise.race([
			attachedTo(this.directory),
			running.said.then(({stderr}) => {
				throw new Error(`it ended: ${stderr}`);
			}),
		]);
	}

	get store(): AttachedStore {
		if (!this.#store) {
			throw new Error('it does not run');
		}

		return this.#store;
	}

	get running(): Running {
		if (!this.#running) {
			throw new Error('it does not run');
		}

		return this.#running;
	}

	/** How alerts stand, as a screen has it. */
	get alerts(): readonly Alert[] {
		return this.store.snapshot?.alerts ?? [];
	}

	/** What is on disk. */
	get book(): AlertBook {
		const {ino, size} = statSync(join(this.directory, 'journal'));

		// It is asked all the time, and made anew only where something was written.
		if (this.#read?.ino !== ino || this.#read.size !== size) {
			this.#read = {ino, size, book: bookIn(this.directory)};
		}

		return this.#read.book;
	}

	/** Resolves when the alerts are as they should; fails with how they are. */
	async when(what: string, condition: (alerts: readonly Alert[]) => boolean, within = 30_000): Promise<void> {
		await until(what, () => condition(this.alerts), within).catch(error => {
			const rows = this.alerts.map(({title, phase, severity, text, told}) => ({title, phase, severity, text, told}));
			throw new Error(`${error.message}: ${JSON.stringify(rows)} ${this.running.stderr().slice(-2000)}`);
		});
	}

	/** Resolves when what is on disk is as it should. */
	async whenKept(what: string, condition: (book: AlertBook) => boolean, within = 60_000): Promise<void> {
		await until(what, () => condition(this.book), within).catch(error => {
			throw new Error(`${error.message}: ${JSON.stringify(this.book.pending)} ${this.running.stderr().slice(-2000)}`);
		});
	}

	/** Resolves when all checks are well. */
	async isWell(): Promise<void> {
		await until('all is well', () => {
			const checks = this.store.snapshot?.checks ?? [];
			return checks.length > 0 && checks.every(({status}) => status === 'ok');
		});
	}

	/** Resolves after so many readings more. */
	async readings(count: number): Promise<void> {
		const from = this.store.snapshot?.sequence ?? 0;
		await until(`${count} readings`, () => (this.store.snapshot?.sequence ?? 0) >= from + count);
	}

	/** Ends it at once, with no chance to do anything about it. */
	async kill(): Promise<void> {
		this.running.child.kill('SIGKILL');
		this.#store?.close();
		await this.running.said;
	}

	/** Waits until nobody is to be told anything more, and ends it. */
	async finish(): Promise<void> {
		await this.when('all is over, and told', alerts =>
			alerts.every(({phase, told}) => phase === 'resolved' && told.waiting === 0),
		);
		// What would be told besides, would be by now.
		await this.readings(5);
		await this.stop();
	}

	/** Ends it in order. */
	async stop(): Promise<void> {
		this.#store?.close();
		this.running.child.kill('SIGTERM');
		expect(await this.running.said).toMatchObject({code: 0, signal: null});
	}
}

const atOnce = {groupWait: '0s', groupInterval: '0s', repeatEvery: '0s', downgradeAfter: '10m'};

/** The book of alerts in the journal of a state directory, as far as it is whole. */
export function bookIn(directory: string): AlertBook {
	const {records} = replay(readFileSync(join(directory, 'journal')));
	return records.reduce<ReturnType<typeof withRecord>>(withRecord, emptyBook).alerts;
}
