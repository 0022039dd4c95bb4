import {randomOf} from '../../test/helpers/random.js';

/** What is wrong from one moment to another, ms since the start, and how people know it: the titles of its alerts. */
export type Fault = {
	readonly kind: 'level' | 'worse' | 'silent' | 'check' | 'flapping' | 'uplink';
	readonly titles: readonly string[];
	readonly from: number;
	readonly to: number;
};

export type Span = {readonly from: number; readonly to: number};

export type Restart = Span & {readonly isKill: boolean};

export type Plan = {
	readonly faults: readonly Fault[];
	/** The mail server is away. */
	readonly outages: readonly Span[];
	readonly restarts: readonly Restart[];
};

/** Titles of alerts of rules, and how long a fault of each must last to be told of for sure, minutes. */
const levelTitles: readonly (readonly [title: string, minutes: number])[] = [
	['Memory', 20],
	['CPU', 20],
	['Load', 40],
	['Disk /', 20],
	['Disk /data', 20],
	['Disk /var', 20],
	['Device sda', 20],
	['OOM', 20],
	['Swap', 20],
	['Backup', 20],
];
const worseTitles = ['Memory', 'Disk /data'];
const minute = 60_000;
const hour = 60 * minute;

/** Between two faults of one alert, ms: what comes sooner is the same incident. */
const rest = 3 * hour;

/** Names of the checks: those that leave the machine, those that do not, and those that wait for the first of the latter. */
export const checkNames = {
	remote: Array.from({length: 20}, (_, index) => `remote-${index}`),
	local: Array.from({length: 25}, (_, index) => `local-${index}`),
	dependent: Array.from({length: 5}, (_, index) => `dependent-${index}`),
};

/** The same for the same seed. */
export function planOf(days: number, seed: number): Plan {
	const random = randomOf(seed);
	const end = days * 24 * hour;
	const within = (from: number, to: number) => from + random() * (to - from);
	const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
	const outages = Array.from({length: Math.ceil(days / 3)}, (_, index): Span => {
		const from = (index * 3 + 1) * 24 * hour + within(0, 12 * hour);
		return {from, to: from + within(2 * hour, 8 * hour)};
	});
	const faults: Fault[] = [];
	const add = (kind: Fault['kind'], titles: readonly string[], from: number, minutes: number) => {
		const fault = {kind, titles, from, to: from + minutes * minute};
		const isFree = faults.every(
			other =>
				!other.titles.some(title => titles.includes(title)) || other.to + rest < from || fault.to + rest < other.from,
		);

		if (isFree && from > hour && fault.to < end - 2 * hour) {
			faults.push(fault);
		}
	};

	for (const {from} of outages) {
		add('level', ['Disk /var'], from + within(0, 30 * minute), 20);
		add('check', [one(checkNames.local.slice(1))], from + within(0, hour), 25);
	}

	for (let index = 0; index < days / 10; index++) {
		add('uplink', checkNames.remote, (index * 10 + 5) * 24 * hour, 30);
		add('flapping', [one(checkNames.local.slice(1))], (index * 10 + 7) * 24 * hour, 240);
		add('silent', ['Temperature'], (index * 10 + 8) * 24 * hour, 20);
		add('check', ['local-0'], (index * 10 + 9) * 24 * hour, 60);
	}

	for (let index = 0; index < days * 3; index++) {
		const [title, minutes] = one(levelTitles);
		add('level', [title], within(0, end), minutes * within(1, 3));
		add('check', [one([...checkNames.remote, ...checkNames.local.slice(1)])], within(0, end), within(10, 60));
	}

	for (let index = 0; index < days / 3; index++) {
		add('worse', [one(worseTitles)], within(0, end), within(40, 90));
	}

	const restarts = Array.from({length: Math.ceil(days * 1.5)}, (_, index): Restart => {
		const amid = faults[Math.floor(random() * faults.length)];
		const from = index % 3 === 0 && amid ? within(amid.from, amid.to) : within(hour, end - hour);
		return {from, to: from + within(2000, 300_000), isKill: index % 2 === 0};
	});
	return {faults, outages, restarts: apart(restarts)};
}

/** In their order, without those that come while another one goes on. */
function apart(restarts: readonly Restart[]): readonly Restart[] {
	const taken: Restart[] = [];

	for (const restart of restarts.toSorted((a, b) => a.from - b.from)) {
		if (restart.from > (taken.at(-1)?.to ?? 0) + 10 * minute) {
			taken.push(restart);
		}
	}

	return taken;
}
