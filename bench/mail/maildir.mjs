/**
 * @typedef {{readonly incident: string, readonly tells: string}} Item one incident of a mail
 * @typedef {{
 *   readonly id: string,
 *   readonly to: string,
 *   readonly items: readonly Item[],
 *   readonly mayRepeat: boolean,
 * }} Mail as it lies in a Maildir; `id`: its Message-ID; `mayRepeat`: it says that an earlier one may have told the same
 */

/**
 * What a mail of healthtop tells, by its headers.
 *
 * @param {string} raw one character a byte
 * @returns {Mail}
 */
export function readMail(raw) {
	const text = raw.replaceAll('\r\n', '\n');
	const end = text.indexOf('\n\n');
	const headers = text.slice(0, end).replace(/\n[ \t]+/g, ' ');
	const body = text.slice(end).replaceAll('=\n', '');
	/** @param {string} name */
	const valuesOf = name =>
		[...headers.matchAll(new RegExp(`^${name}: *(.*)$`, 'gim'))].map(([, value = '']) => value.trim());

	return {
		id: valuesOf('Message-ID')[0] ?? '',
		to: (valuesOf('To')[0] ?? '').replace(/[<>]/g, ''),
		items: valuesOf('X-Healthtop-Alert').map(itemOf),
		mayRepeat: /\(may\s+repeat\s+an\s+earlier\s+mail\)/.test(body),
	};
}

/**
 * @param {string} value of the header
 * @returns {Item}
 */
function itemOf(value) {
	const [, incident = '', tells = ''] = /^(\w+); tells=(\w+);/.exec(value) ?? [];
	return {incident, tells};
}
