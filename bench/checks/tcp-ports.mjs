import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {atEnd, send} from '../ending.mjs';

/**
 * @import {ChildProcess} from 'node:child_process'
 * @import {Span} from './lateness.mjs'
 * @typedef {{readonly port: number, readonly at: number}} Arrival `at`: ms of the wall clock
 * @typedef {{readonly p50: number, readonly p99: number, readonly largest: number}} Idle how late timers of a process were that had next to
 *   nothing to do, ms
 */

const file = fileURLToPath(new URL('./listening.mjs', import.meta.url));

/** Ports that accept and say nothing, in a process of their own, and who came when. */
export class TcpPorts {
	ports;
	#child;
	#forget;

	/**
	 * @param {ChildProcess} child
	 * @param {readonly number[]} ports
	 * @param {() => void} forget
	 */
	constructor(child, ports, forget) {
		this.#child = child;
		this.ports = ports;
		this.#forget = forget;
	}

	/** @param {number} count */
	static async start(count) {
		const child = fork(file, [String(count)]);
		const forget = atEnd(() => send(Number(child.pid), 'SIGKILL'));
		const [ports] = await once(child, 'message');
		return new TcpPorts(child, ports, forget);
	}

	async beginIdle() {
		await this.#ask('beginIdle');
	}

	/** @returns {Promise<Idle>} since `beginIdle` */
	async endIdle() {
		return this.#ask('endIdle');
	}

	/**
	 * Who came from a moment to another.
	 *
	 * @param {Span} span
	 * @returns {Promise<readonly Arrival[]>}
	 */
	async arrivals({from, to}) {
		/** @type {readonly Arrival[]} */
		const all = await this.#ask('arrivals');
		return all.filter(({at}) => at >= from && at < to);
	}

	async end() {
		const exited = once(this.#child, 'exit');
		this.#child.disconnect();
		await exited;
		this.#forget();
	}

	/** @param {'beginIdle' | 'endIdle' | 'arrivals'} what */
	async #ask(what) {
		const answer = once(this.#child, 'message');
		this.#child.send(what);
		return (await answer)[0];
	}
}
