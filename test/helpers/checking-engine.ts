import {readdirSync, readlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Check} from '../../src/core/snapshot.js';
import {attachedTo} from './attached.js';
import {type Environment, startEngine} from './engine-process.js';
import {folder} from './folder.js';
import {until} from './until.js';

/** `healthtop run` with these checks, and how they stand, seen as an attached screen sees it. */
export async function checkingEngine(checks: readonly object[], {env = {}}: {env?: Environment} = {}) {
	const directory = folder();
	const file = join(folder(), 'config.json');
	const write = (all: readonly object[]) => writeFileSync(file, JSON.stringify({checks: all}), {mode: 0o600});
	write(checks);
	const engine = await startEngine({directory, args: ['--config', file], env});
	const store = await attachedTo(directory);
	const rows = (): readonly Check[] => store.snapshot?.checks ?? [];
	const row = (name: string): Check | undefined => rows().find(check => check.name === name);
	return {
		...engine,
		file,
		write,
		rows,
		row,
		snapshot: () => store.snapshot,
		/** How many connections it has. */
		sockets: () => socketsOf(engine.pid),
		/** The check once a condition holds for it; fails with how it stands when it does not in time. */
		async when(name: string, condition: (check: Check) => boolean, within = 30_000): Promise<Check> {
			const found = () => {
				const check = row(name);
				return check && condition(check) ? check : undefined;
			};

			try {
				await until(`${name} is as it should`, () => found() !== undefined, within);
			} catch (error) {
				throw new Error(`${(error as Error).message}: ${JSON.stringify(row(name))}`, {cause: error});
			}

			return found() as Check;
		},
	};
}

function socketsOf(pid: number): number {
	return readdirSync(`/proc/${pid}/fd`).filter(name => {
		try {
			return readlinkSync(`/proc/${pid}/fd/${name}`).startsWith('socket:');
		} catch {
			// Closed since.
			return false;
		}
	}).length;
}
