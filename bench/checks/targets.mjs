/**
 * What is checked, the same for all who check.
 *
 * @typedef {(typeof kinds)[number]} Kind
 * @typedef {{readonly name: string, readonly kind: Kind, readonly port: number}} Target `port`: 0 for a process.
 * @typedef {{readonly http: number, readonly tcp: readonly number[], readonly mysql: number}} Ports
 */

export const kinds = /** @type {const} */ (['http', 'tcp', 'mysql', 'process']);

/** Between two runs of each check, ms. */
export const everyMs = 10_000;

/** How long one run may take, s. */
export const timeoutSeconds = 5;

/** Who may log in to MariaDB, and see how it is. */
export const login = {user: 'monitor', password: 'Watch-0nly'};

/** The process that must be running. */
export const processName = 'nginx';

const shares = {http: 0.6, tcp: 0.2, mysql: 0.1, process: 0.1};

/**
 * @param {number} checks in all, of all kinds
 * @param {readonly Kind[]} wanted
 */
export function countsOf(checks, wanted) {
	const countOf = (/** @type {Kind} */ kind) => (wanted.includes(kind) ? Math.round(checks * shares[kind]) : 0);
	return {http: countOf('http'), tcp: countOf('tcp'), mysql: countOf('mysql'), process: countOf('process')};
}

/**
 * One port for each tcp check, since that is all that its server sees of it.
 *
 * @param {ReturnType<typeof countsOf>} counts
 * @param {Ports} ports
 * @returns {readonly Target[]}
 */
export function targetsOf(counts, ports) {
	const portOf = (/** @type {Kind} */ kind, /** @type {number} */ index) => {
		switch (kind) {
			case 'http':
				return ports.http;
			case 'tcp':
				return ports.tcp[index] ?? 0;
			case 'mysql':
				return ports.mysql;
			case 'process':
				return 0;
		}
	};
	return kinds.flatMap(kind =>
		Array.from({length: counts[kind]}, (_, index) => ({name: `${kind}${index}`, kind, port: portOf(kind, index)})),
	);
}
