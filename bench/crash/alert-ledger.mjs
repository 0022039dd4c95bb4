import {messageIdOf} from './alert-journal.mjs';

/**
 * @import {Mail} from '../mail/maildir.mjs'
 * @import {Incident, Kept, Outgoing} from './alert-journal.mjs'
 * @typedef {'starting' | 'pending' | 'trying' | 'other'} Moment of a kill, by what the journal says after it
 * @typedef {{
 *   readonly incidents: number,
 *   readonly messages: number,
 *   readonly lost: readonly string[],
 *   readonly doubled: readonly string[],
 *   readonly wrong: readonly string[],
 *   readonly copies: number,
 *   readonly most: number,
 * }} Judged `copies`: mails beyond the first of each message; `most`: mails of one message
 */

/** Open: nobody has it for certain, and somebody should. */
const open = ['waiting', 'trying', 'undecided'];

/** Tell that it began, and that it is over. */
const begins = ['firing', 'both'];
const ends = ['resolved', 'both', 'gone'];

/** What one state directory's journals said after each kill, held against what came out of its mails. */
export class AlertLedger {
	/** What no journal may show. @type {string[]} */
	problems = [];
	/** @type {Map<string, Incident>} */
	#incidents = new Map();
	/** @type {Map<string, Outgoing>} */
	#messages = new Map();
	/** Tries at which a kill came, by message. @type {Map<string, Set<number>>} */
	#interrupted = new Map();
	#instance = '';

	/**
	 * The journal after a kill. What it says was accepted.
	 *
	 * @param {Kept} kept
	 * @param {number} pid of the engine that was killed
	 * @param {string} where for the problems
	 * @returns {Moment}
	 */
	killed(kept, pid, where) {
		this.#lookForLost(kept, where);
		this.found(kept);
		const isTrying = this.#interrupt(kept);

		if (kept.pid !== pid) {
			return 'starting';
		}

		return isTrying ? 'trying' : this.isAllTold ? 'other' : 'pending';
	}

	/**
	 * A journal at any time.
	 *
	 * @param {Kept} kept
	 */
	found({instance, incidents, outgoing}) {
		if (this.#instance !== '' && this.#instance !== instance) {
			this.problems.push(`the instance was ${this.#instance} and is ${instance}`);
		}

		this.#instance = instance;

		for (const incident of incidents.values()) {
			this.#incidents.set(incident.id, incident);
		}

		for (const message of outgoing.values()) {
			this.#messages.set(message.id, message);
		}
	}

	/** Nothing is to be told any more. */
	get isAllTold() {
		return [...this.#messages.values()].every(({state}) => !open.includes(state));
	}

	/** Incidents of checks, by check. @returns {ReadonlyMap<string, Incident>} */
	get byCheck() {
		return new Map(this.#ofChecks.map(incident => [incident.check ?? '', incident]));
	}

	/**
	 * Looks whether the mails are what was promised.
	 *
	 * @param {readonly Mail[]} mails of all ledgers
	 * @returns {Judged & {readonly ids: ReadonlySet<string>}} `ids`: Message-IDs that may be
	 */
	judge(mails) {
		const byId = grouped(mails);
		const messages = [...this.#messages.values()].map(message => {
			const id = messageIdOf(this.#instance, message.id);
			return {message, id, mails: byId.get(id) ?? []};
		});
		const own = messages.flatMap(one => one.mails);
		return {
			ids: new Set(messages.map(({id}) => id)),
			incidents: this.#ofChecks.length,
			messages: messages.filter(one => one.mails.length > 0).length,
			lost: [...messages.flatMap(lostMessage), ...this.#ofChecks.flatMap(incident => lostIncident(incident, own))],
			doubled: messages.flatMap(one => this.#doubled(one)),
			wrong: messages.flatMap(wrongMails),
			copies: messages.reduce((sum, one) => sum + Math.max(0, one.mails.length - 1), 0),
			most: Math.max(0, ...messages.map(one => one.mails.length)),
		};
	}

	get #ofChecks() {
		return [...this.#incidents.values()].filter(({key}) => key.startsWith('check/'));
	}

	/**
	 * Tries that were under way; each counts once, however many kills come until the next one.
	 *
	 * @param {Kept} kept
	 */
	#interrupt({outgoing}) {
		let isNew = false;

		for (const {id, tries} of [...outgoing.values()].filter(({state}) => state === 'trying')) {
			const before = this.#interrupted.get(id) ?? new Set();
			isNew ||= !before.has(tries);
			this.#interrupted.set(id, before.add(tries));
		}

		return isNew;
	}

	/**
	 * What was there once must be there as long as anybody needs it.
	 *
	 * @param {Kept} kept
	 * @param {string} where
	 */
	#lookForLost({incidents, outgoing}, where) {
		const gone = this.#ofChecks.filter(({id, state}) => state.phase !== 'resolved' && !incidents.has(id));
		const untold = [...this.#messages.values()].filter(({id, state}) => open.includes(state) && !outgoing.has(id));
		this.problems.push(
			...[...gone, ...untold].map(({id}) => `${where}: ${id} was accepted and is not in the journal any more`),
		);
	}

	/** @param {{readonly message: Outgoing, readonly mails: readonly Mail[]}} one */
	#doubled({message: {id}, mails}) {
		const may = 1 + (this.#interrupted.get(id)?.size ?? 0);
		return mails.length > may ? [`${id}: ${mails.length} mails where there may be ${may}`] : [];
	}
}

/**
 * By Message-ID.
 *
 * @param {readonly Mail[]} mails
 */
function grouped(mails) {
	/** @type {Map<string, Mail[]>} */
	const byId = new Map();

	for (const mail of mails) {
		byId.set(mail.id, [...(byId.get(mail.id) ?? []), mail]);
	}

	return byId;
}

/**
 * @param {{readonly message: Outgoing, readonly mails: readonly Mail[]}} one
 * @returns {readonly string[]}
 */
function lostMessage({message: {id, state}, mails}) {
	return (state === 'accepted' && mails.length > 0) || state === 'dropped'
		? []
		: [`message ${id}: ${state}, ${mails.length} mails`];
}

/**
 * @param {Incident} incident
 * @param {readonly Mail[]} mails
 * @returns {readonly string[]}
 */
function lostIncident({id, check, state}, mails) {
	const told = mails.flatMap(({items}) => items.filter(({incident}) => incident === id)).map(({tells}) => tells);
	const lacks = [
		...(told.some(tells => begins.includes(tells)) ? [] : ['that it began']),
		...(state.phase !== 'resolved' || told.some(tells => ends.includes(tells)) ? [] : ['that it is over']),
	];
	return lacks.map(what => `incident ${id} (${check}, ${state.phase}): nobody was told ${what}`);
}

/**
 * Copies must tell the same, to the same, and all but one of them say that they may be one.
 *
 * @param {{readonly message: Outgoing, readonly mails: readonly Mail[]}} one
 * @returns {readonly string[]}
 */
function wrongMails({message: {id, recipient, items}, mails}) {
	/** @param {readonly {readonly incident: string, readonly tells: string}[]} list */
	const wordsOf = list => list.map(({incident, tells}) => `${incident} ${tells}`).join(', ');
	const others = mails.filter(mail => mail.to !== recipient || wordsOf(mail.items) !== wordsOf(items));
	const silent = mails.filter(({mayRepeat}) => !mayRepeat).length;
	return [
		...others.map(mail => `message ${id}: tells ${mail.to} ${wordsOf(mail.items)}, not ${recipient} ${wordsOf(items)}`),
		...(silent > 1 ? [`message ${id}: ${silent} mails that do not say that they may repeat an earlier one`] : []),
	];
}
