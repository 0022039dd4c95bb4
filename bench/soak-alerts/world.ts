import type {Rule, RuleLevels} from '../../src/core/alerts/rule.js';
import {safeText} from '../../src/core/safe.js';
import {seriesName} from '../../src/core/series.js';
import {aRule} from '../../test/helpers/alerting-engine.js';
import {randomOf} from '../../test/helpers/random.js';
import type {Fault, Plan} from './plan.js';

/** A series, how it goes while nothing is wrong with it, and what a fault makes of it; seconds. */
type Signal = {
	readonly series: string;
	readonly instances?: readonly string[];
	readonly level: number;
	/** Of the day. */
	readonly rhythm?: number;
	readonly noise: number;
	/** How much the noise of one second is that of the second before. */
	readonly inertia?: number;
	readonly spikes?: {readonly perHour: number; readonly to: number; readonly most: number};
	readonly gaps?: {readonly perDay: number; readonly most: number};
	/** Its value while something is wrong, and while it is worse; undefined: it has none. */
	readonly fault?: readonly [value: number | undefined, worse?: number];
	/** The title of the alert, without the instance. */
	readonly title?: string;
	readonly rule?: Partial<Rule>;
};

const above = (trigger: number, clear: number, seconds: number) =>
	({kind: 'above', trigger, clear, for: seconds * 1000}) as const;

/** Everything that comes near its level by itself does so for less time than the rule waits. */
const signals: readonly Signal[] = [
	{
		...{series: 'memory.used', level: 60, rhythm: 10, noise: 4, inertia: 0.9, title: 'Memory', fault: [92.5, 98]},
		spikes: {perHour: 2, to: 97, most: 45},
		rule: {levels: {warning: above(90, 87, 60), critical: above(95, 93, 60)}, keepFiringFor: 60_000},
	},
	{
		...{series: 'cpu.used', level: 40, rhythm: 25, noise: 8, title: 'CPU', fault: [99]},
		spikes: {perHour: 2, to: 99, most: 240},
		gaps: {perDay: 4, most: 120},
		rule: {levels: {warning: above(90, 80, 300)}, keepFiringFor: 60_000},
	},
	{
		...{series: 'load.per_core', level: 0.7, rhythm: 0.4, noise: 0.15, inertia: 0.95, title: 'Load', fault: [4]},
		spikes: {perHour: 0.5, to: 5, most: 500},
		rule: {levels: {warning: above(2, 1.5, 600)}},
	},
	{
		...{series: 'disk.used', instances: ['/', '/data', '/var', '/srv'], level: 72, rhythm: 3, noise: 0.5},
		...{title: 'Disk', fault: [92, 98], gaps: {perDay: 4, most: 120}},
		rule: {levels: {warning: above(90, 88, 0), critical: above(96, 94, 0)}},
	},
	{
		...{series: 'io.busy', instances: ['sda', 'sdb'], level: 30, noise: 10, title: 'Device', fault: [99]},
		// For hours it is busy, and answers quickly all the same.
		spikes: {perHour: 0.2, to: 99, most: 3600},
		rule: {
			levels: {warning: {...above(90, 80, 120), guard: {series: 'io.latency', kind: 'above', trigger: 20}}},
			keepFiringFor: 60_000,
		},
	},
	{series: 'io.latency', instances: ['sda', 'sdb'], level: 5, noise: 2, title: 'Device', fault: [80]},
	{
		...{series: 'memory.oom_kills', level: 7, noise: 0, title: 'OOM', fault: [9]},
		rule: {levels: {critical: {kind: 'rises', by: 1, within: 600_000, for: 0}}},
	},
	{
		...{series: 'swap.used', level: 75, noise: 5, title: 'Swap', fault: [95]},
		rule: {levels: {warning: above(90, 85, 60)}, keepFiringFor: 60_000},
	},
	{
		...{series: 'backup.age', level: 50, noise: 5, title: 'Backup', fault: [undefined]},
		gaps: {perDay: 10, most: 200},
		rule: {levels: {critical: {kind: 'absent', for: 300_000}}},
	},
	{
		...{series: 'thermal.max', level: 55, rhythm: 5, noise: 3, inertia: 0.9, title: 'Temperature', fault: [undefined]},
		spikes: {perHour: 1, to: 88, most: 20},
		gaps: {perDay: 10, most: 150},
		rule: {levels: {warning: above(85, 80, 30)}},
	},
	{
		...{series: 'network.receive', instances: Array.from({length: 20}, (_, index) => `eth${index}`)},
		...{level: 50e6, rhythm: 20e6, noise: 10e6, inertia: 0.5},
	},
];

export const rules: readonly Rule[] = signals.flatMap(({series, title, rule}) =>
	rule === undefined || title === undefined
		? []
		: [aRule({id: title, name: safeText(title), series, key: title, levels: rule.levels as RuleLevels, ...rule})],
);

type Line = Signal & {
	readonly name: string;
	readonly of: string;
	readonly faults: readonly Fault[];
	noiseNow: number;
	spikeUntil: number;
	nextSpike: number;
	gapUntil: number;
	nextGap: number;
};

const hour = 3_600_000;

/** No gap and no restart takes longer, ms: two spikes are never taken for one. */
const longestGap = 301_000;
const day = 24 * hour;

/** Values of every series at a moment after another. */
export class World {
	readonly #random: () => number;
	readonly #lines: readonly Line[];

	constructor({faults}: Plan, seed: number) {
		this.#random = randomOf(seed);
		this.#lines = signals.flatMap(signal =>
			(signal.instances ?? [undefined]).map((instance): Line => {
				const title = instance === undefined ? signal.title : `${signal.title} ${instance}`;
				return {
					...signal,
					name: instance === undefined ? signal.series : seriesName(signal.series, instance),
					of: title ?? '',
					faults: faults.filter(({titles}) => titles.includes(title ?? '')),
					noiseNow: 0,
					spikeUntil: 0,
					nextSpike: this.#wait(signal.spikes?.perHour ?? 0),
					gapUntil: 0,
					nextGap: this.#wait((signal.gaps?.perDay ?? 0) / 24),
				};
			}),
		);
	}

	/** `at`: ms since the start. */
	series(at: number): readonly (readonly [name: string, value: number])[] {
		const found: (readonly [string, number])[] = [];

		for (const line of this.#lines) {
			const value = this.#value(line, at);

			if (value !== undefined) {
				found.push([line.name, value]);
			}
		}

		return found;
	}

	#value(line: Line, at: number): number | undefined {
		const {level, rhythm = 0, noise, inertia = 0, spikes, gaps} = line;
		line.noiseNow = inertia * line.noiseNow + Math.sqrt(1 - inertia ** 2) * this.#gauss();

		if (spikes && at >= line.nextSpike) {
			line.spikeUntil = at + 1000 * spikes.most * this.#random();
			line.nextSpike = line.spikeUntil + this.#wait(spikes.perHour) + longestGap;
		}

		if (gaps && at >= line.nextGap) {
			line.gapUntil = at + 1000 * gaps.most * this.#random();
			line.nextGap = line.gapUntil + this.#wait(gaps.perDay / 24) + 60_000;
		}

		const fault = line.faults.find(({from, to}) => from <= at && at < to);

		if (fault && line.fault) {
			const [value, worse = value] = line.fault;
			// The second half of it.
			return fault.kind === 'worse' && at > (fault.from + fault.to) / 2 ? worse : value;
		}

		if (at < line.gapUntil) {
			return undefined;
		}

		return spikes && at < line.spikeUntil
			? spikes.to
			: level + rhythm * Math.sin((at / day) * 2 * Math.PI) + noise * line.noiseNow;
	}

	/** How long until something that comes so often, ms. */
	#wait(perHour: number): number {
		return perHour === 0 ? Number.POSITIVE_INFINITY : (-Math.log(1 - this.#random()) * hour) / perHour;
	}

	#gauss(): number {
		return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
	}
}
