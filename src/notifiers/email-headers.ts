import {createHash} from 'node:crypto';
import type {Message} from '../core/notifier.js';
import {oneLine} from './email-subject.js';

export type EmailHeader = {readonly key: string; readonly value: string};

/** A mail has at most so many lines for filters. */
const mostLines = 1000;

/** The same each time that a message is tried: who gets it twice sees it once, and answers find it. */
export function messageIdOf(id: string, host: string): string {
	return `<${base32(createHash('sha256').update(id).digest()).slice(0, 32)}@${domainOf(host)}>`;
}

/** Headers besides those that every mail has: no machine may answer, and filters can tell what it is about. */
export function headersOf({items}: Message): readonly EmailHeader[] {
	return [
		// RFC 3834; the second one is for Exchange. No `Precedence: bulk`: some servers send what has it last.
		{key: 'Auto-Submitted', value: 'auto-generated'},
		{key: 'X-Auto-Response-Suppress', value: 'All'},
		...items.slice(0, mostLines).map(({incident, tells, severity}) => ({
			key: 'X-Healthtop-Alert',
			value: oneLine(`${incident}; tells=${tells}; severity=${severity}`),
		})),
	];
}

/** A name of a machine need not be one of a domain. */
function domainOf(host: string): string {
	const domain = host.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
	return (
		domain
			.replace(/\.{2,}/g, '.')
			.replace(/^[.-]+|[.-]+$/g, '')
			.slice(0, 200) || 'healthtop'
	);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648, in small letters and without padding. */
function base32(bytes: Uint8Array): string {
	const bits = Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('');
	return (bits.match(/.{1,5}/g) ?? []).map(five => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
