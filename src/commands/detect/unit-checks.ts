import type {Host} from '../../core/host.js';
import {suggestUnit} from './suggest-others.js';
import type {Suggestion} from './suggestion.js';
import {isEnabled, readUnitOf, type Units} from './units.js';

/** Checks of services of systemd, one for each. */
export class UnitChecks {
	readonly #host: Host;
	readonly #units: Units | undefined;
	readonly #made = new Map<string, Suggestion>();

	/** @param units - undefined where there is no systemd. */
	constructor(host: Host, units: Units | undefined) {
		this.#host = host;
		this.#units = units;
	}

	/** That of the service that a process is of; undefined where it is of none that is worth one. */
	of(pid: number): Suggestion | undefined {
		const unit = this.#units && readUnitOf(this.#host, pid);
		return unit !== undefined && this.#units?.running.has(unit) ? this.#checkOf(unit) : undefined;
	}

	/** Those of services that are started by themselves, and of those that have failed. */
	all(): readonly Suggestion[] {
		const units = this.#units;
		const enabled = units ? [...units.running].filter(unit => isEnabled(unit, units)) : [];
		return [...enabled, ...(units?.failed ?? [])].map(unit => this.#checkOf(unit));
	}

	#checkOf(unit: string): Suggestion {
		const known = this.#made.get(unit) ?? suggestUnit(unit, this.#units?.failed.has(unit) === true);
		this.#made.set(unit, known);
		return known;
	}
}
