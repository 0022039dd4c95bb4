import type {Answer, Ask} from '../../src/core/check.js';
import {safe} from '../../src/core/safe.js';
import type {PlannedCheck} from '../../src/engine/planned-check.js';
import {planned, well} from '../../test/helpers/fake-checks.js';
import {randomOf} from '../../test/helpers/random.js';
import {checkNames, type Fault, type Plan} from './plan.js';

/** Of all questions, so many get lost, each by itself. */
const loss = 0.01;

/** So many cannot be judged. */
const unjudged = 0.001;

const failAfter = 3;

/** What flaps fails for so long, is well for so long, and so on, ms. */
const flapMs = 120_000;

type Service = {readonly name: string; readonly faults: readonly Fault[]; lost: number; lostFrom: number};

/** Services that are asked every minute, some of whose answers get lost. */
export class Services {
	/** Questions that were asked, and answers that were lost. */
	asked = 0;
	lost = 0;
	readonly checks: readonly PlannedCheck[];
	readonly #random: () => number;
	readonly #services: readonly Service[];
	readonly #now: () => number;
	readonly #onChance: (title: string, from: number) => void;

	/** `now`: ms since the start. `onChance`: of one as many were lost in a row, since `from`, as make a failure. */
	constructor({faults}: Plan, seed: number, now: () => number, onChance: (title: string, from: number) => void) {
		this.#random = randomOf(seed);
		this.#now = now;
		this.#onChance = onChance;
		const {remote, local, dependent} = checkNames;
		this.#services = [...remote, ...local, ...dependent].map(name => ({
			name,
			// Who needs a service that fails fails, too.
			faults: faults.filter(({titles}) => titles.includes(dependent.includes(name) ? 'local-0' : name)),
			lost: 0,
			lostFrom: 0,
		}));
		this.checks = this.#services.map(service =>
			planned(service.name, this.#asks(service), {
				every: 60_000,
				failAfter,
				...(dependent.includes(service.name) && {dependsOn: ['local-0']}),
			}),
		);
	}

	/** Nobody remembers what was lost before. */
	forget(): void {
		for (const service of this.#services) {
			service.lost = 0;
		}
	}

	#asks(service: Service): Ask {
		const isRemote = checkNames.remote.includes(service.name);
		const reach = {isLoopback: !isRemote, hasConnected: true, target: service.name};
		const good: Answer = {...well, reach};
		const failed: Answer = {
			values: {},
			text: safe``,
			failure: {status: 'critical', reason: safe`refused`},
			reach: {...reach, hasConnected: false},
		};
		const unknown: Answer = {values: {}, text: safe``, failure: {status: 'unknown', reason: safe`no descriptor`}};
		return async () => {
			this.asked += 1;
			const chance = this.#random();

			if (isFailing(service, this.#now())) {
				return failed;
			}

			if (chance < loss) {
				this.#lose(service);
				return failed;
			}

			if (chance < loss + unjudged) {
				return unknown;
			}

			service.lost = 0;
			return good;
		};
	}

	#lose(service: Service): void {
		this.lost += 1;
		service.lostFrom = service.lost === 0 ? this.#now() : service.lostFrom;
		service.lost += 1;

		if (service.lost === failAfter) {
			this.#onChance(service.name, service.lostFrom);
		}
	}
}

function isFailing({faults}: Service, now: number): boolean {
	const fault = faults.find(({from, to}) => from <= now && now < to);
	return fault !== undefined && (fault.kind !== 'flapping' || Math.floor((now - fault.from) / flapMs) % 2 === 0);
}
