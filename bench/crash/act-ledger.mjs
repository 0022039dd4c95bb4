/** So many acts an engine shows. */
export const mostActs = 100;

/** Holds the acts that a start finds against those of before: what was answered must be there, in its order, and nothing that nobody asked. */
export class ActLedger {
	/** What no start may show. @type {string[]} */
	problems = [];
	/** Requests that were answered, in all. */
	accepted = 0;
	/** What the last start found. @type {readonly string[]} */
	#before = [];
	/** Since then: who asked on which connection, and who of them was answered. @type {Map<string, number>} */
	#asked = new Map();
	/** @type {Set<string>} */
	#answered = new Set();
	#next = 1;

	/** Of how many more can be told whether they are lost, before the next start. */
	get room() {
		return mostActs - this.#asked.size;
	}

	/**
	 * The user of the next request.
	 *
	 * @param {number} connection requests of one are done in their order
	 */
	ask(connection) {
		const user = `u${this.#next++}`;
		this.#asked.set(user, connection);
		return user;
	}

	/** @param {string} user */
	answered(user) {
		this.#answered.add(user);
		this.accepted += 1;
	}

	/**
	 * @param {readonly {readonly by: string, readonly what: string, readonly result: string}[]} acts that a start found
	 * @param {string} where for the problems
	 */
	found(acts, where) {
		const users = acts.map(({by}) => by.split(' ')[0] ?? '');
		const fresh = users.filter(user => this.#asked.has(user));
		const kept = this.#before.slice(-(mostActs - fresh.length) || this.#before.length);
		const expected = [...(fresh.length < mostActs ? kept : []), ...fresh];
		const lost = [...this.#answered].filter(user => !fresh.includes(user));
		/** @param {string} problem */
		const say = problem => this.problems.push(`${where}: ${problem}`);

		if (lost.length > 0) {
			say(`lost: ${lost.join(' ')}`);
		}

		if (users.join(' ') !== expected.join(' ') || !this.#isInOrder(fresh)) {
			say(`not what was asked, in its order: ${users.join(' ')}; before ${this.#before.join(' ')}`);
		}

		if (acts.some(({what, result}) => what !== 'reload' || result !== 'done')) {
			say(`other acts than those that were asked: ${JSON.stringify(acts)}`);
		}

		this.#before = users;
		this.#asked.clear();
		this.#answered.clear();
	}

	/** @param {readonly string[]} fresh */
	#isInOrder(fresh) {
		/** @type {Map<number | undefined, number>} */
		const last = new Map();

		return fresh.every(user => {
			const connection = this.#asked.get(user);
			const number = Number(user.slice(1));
			const isLater = number > (last.get(connection) ?? 0);
			last.set(connection, number);
			return isLater;
		});
	}
}
