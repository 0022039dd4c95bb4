import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {Unsupported} from '../../src/core/errors.js';
import {everything} from '../../src/core/filter.js';
import type {Collect, Sample, SampleContext} from '../../src/core/sampler.js';
import type {Problem, Tables} from '../../src/core/snapshot.js';
import {type Derive, derivations} from '../../src/engine/derive.js';
import {recorded} from '../../src/hosts/recorded.js';
import {samplers} from '../../src/samplers/index.js';

/** Everything that one pass over all samplers gave. */
export type Pass = {
	series: Record<string, number>;
	cores: number | undefined;
	tables: Tables;
	problems: Problem[];
	/** Samplers that found nothing to read on this machine. */
	unsupported: string[];
};

/** The recorded machines. */
export const trees = ['web-01', 'old-kernel', 'many-cores', 'new-kernel', 'pod', 'docker-v1', 'names-from-hell'];

/** What a context knows when nobody asks for anything special; the hand of the clock is `at`. */
export function contextAt(at: number, changes: Partial<SampleContext> = {}): SampleContext {
	return {
		now: () => at,
		wall: () => at,
		signal: new AbortController().signal,
		interim: () => undefined,
		filters: {mounts: everything, devices: everything, interfaces: everything},
		visible: new Set(),
		wanted: new Set(),
		lag: 0,
		...changes,
	};
}

/** Reads a tree's two steps one after another, as an engine would that long apart. All processes are visible. */
export function collectTree(tree: string, elapsedMs: number): Promise<{before: Pass; after: Pass}> {
	return collectRoots(pathOf(tree, 'before'), pathOf(tree, 'after'), elapsedMs);
}

/** The same of any two roots. */
export async function collectRoots(
	first: string,
	second: string,
	elapsedMs: number,
): Promise<{before: Pass; after: Pass}> {
	const running = samplers.filter(({name}) => name !== 'self').map(({name, start}) => ({name, collect: start()}));
	const derive = derivations();
	return {
		before: await pass(running, derive, first, 5000),
		after: await pass(running, derive, second, 5000 + elapsedMs),
	};
}

/** Where something of a recorded tree lies. */
export function pathOf(tree: string, ...rest: readonly string[]): string {
	return fileURLToPath(new URL(['../fixtures/trees', tree, ...rest].join('/'), import.meta.url));
}

/** A file that says what a tree should give. */
export function expectation(tree: string, file: string) {
	return JSON.parse(readFileSync(pathOf(tree, file), 'utf8'));
}

async function pass(
	running: readonly {name: string; collect: Collect}[],
	derive: Derive,
	root: string,
	at: number,
): Promise<Pass> {
	const host = recorded(root);
	const visible = new Set(host.list('/proc').map(Number));
	const result: Pass = {
		series: {},
		cores: undefined,
		tables: {filesystems: [], devices: [], interfaces: [], processes: [], checks: [], alerts: [], notifiers: []},
		problems: [],
		unsupported: [],
	};

	for (const {name, collect} of running) {
		try {
			add(result, await collect(host, contextAt(at, {visible})));
		} catch (error) {
			if (!(error instanceof Unsupported)) {
				throw error;
			}

			result.unsupported.push(name);
		}
	}

	const {cores = 0, tables} = result;
	const series = new Map(Object.entries(result.series));
	add(result, {series: derive({at, series, cores, filesystems: tables.filesystems})});
	return result;
}

function add(result: Pass, {series, tables, cores, problems = []}: Sample): void {
	for (const [name, value] of series) {
		if (name in result.series) {
			throw new Error(`'${name}' came twice`);
		}

		result.series[name] = value;
	}

	result.tables = {...result.tables, ...tables};
	result.cores = cores ?? result.cores;
	result.problems.push(...problems);
}

/** The same with every broken number cut to 9 significant digits: awk and JavaScript differ in the last bits. */
export function rounded<T>(value: T): T {
	return JSON.parse(JSON.stringify(value), (_, part) =>
		typeof part === 'number' && !Number.isInteger(part) ? Number(part.toPrecision(9)) : part,
	);
}
