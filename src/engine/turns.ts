import type {CheckUse} from '../core/check.js';

/** How many checks may be under way at once, by what they ask with. */
export type Concurrency = {readonly sockets: number; readonly commands: number};

type Waiting = {readonly isSlow: boolean; readonly run: () => Promise<void>};

/** Those of one kind. */
class Queue {
	limit: number;
	#running = 0;
	#slowRunning = 0;
	#waiting: Waiting[] = [];

	constructor(limit: number) {
		this.limit = limit;
	}

	add(waiting: Waiting): void {
		this.#waiting.push(waiting);
		this.pump();
	}

	pump(): void {
		for (let next = this.#next(); next; next = this.#next()) {
			void this.#start(next);
		}
	}

	/** Those that took all their time when they were asked last get half of the places: the others must not wait for them. */
	#next(): Waiting | undefined {
		if (this.#running >= this.limit) {
			return undefined;
		}

		const hasSlowPlace = this.#slowRunning < Math.max(1, Math.floor(this.limit / 2));
		const quick = this.#waiting.findIndex(({isSlow}) => !isSlow);
		const index = quick >= 0 ? quick : hasSlowPlace ? 0 : -1;
		return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
	}

	async #start({isSlow, run}: Waiting): Promise<void> {
		this.#running += 1;
		this.#slowRunning += isSlow ? 1 : 0;

		try {
			await run();
		} finally {
			this.#running -= 1;
			this.#slowRunning -= isSlow ? 1 : 0;
			this.pump();
		}
	}
}

/** Gives checks their turn, so that so many at most are under way at once. */
export class Turns {
	readonly #queues: Readonly<Record<Exclude<CheckUse, 'nothing'>, Queue>>;

	constructor({sockets, commands}: Concurrency) {
		this.#queues = {socket: new Queue(sockets), command: new Queue(commands)};
	}

	configure({sockets, commands}: Concurrency): void {
		const {socket, command} = this.#queues;
		[socket.limit, command.limit] = [sockets, commands];
		socket.pump();
		command.pump();
	}

	/** Runs at once or when there is a place. `isSlow`: it took all its time the last time. `run` never rejects. */
	take(use: CheckUse, isSlow: boolean, run: () => Promise<void>): void {
		if (use === 'nothing') {
			void run();
		} else {
			this.#queues[use].add({isSlow, run});
		}
	}
}
