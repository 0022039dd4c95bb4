import type {Finding} from '../core/check.js';
import {safe, safeText} from '../core/safe.js';
import type {Attempt} from './attempt.js';
import {Failed} from './failed.js';
import {readGreeting, tlsRequest} from './mysql-greeting.js';
import {Wire} from './mysql-wire.js';
import type {TlsWish} from './secure.js';

export type MysqlPlace = TlsWish & {
	readonly host: string;
	readonly port: number;
	/** Instead of both. */
	readonly socket?: string | undefined;
	readonly tls: boolean;
};

/**
 * A connection whose server has greeted. There is none when its certificate is not to be trusted: nobody logs in then.
 * @throws {Failed} or the system's error.
 */
export async function openWire(
	attempt: Attempt,
	{socket, host, port, tls, ...wish}: MysqlPlace,
): Promise<{readonly wire?: Wire; readonly findings: readonly Finding[]}> {
	const secure = tls ? (await import('./secure.js')).secure : undefined;
	const plain = await attempt.connect(socket === undefined ? {host, port} : {path: socket});
	const {packet, offersTls, isRefusal} = await readGreeting(attempt, plain);
	const isPrivate = attempt.reach?.isLoopback === true;

	if (!secure || isRefusal) {
		const wire = new Wire(plain, {greeting: packet, isTls: false, isPrivate});
		return {wire: attempt.closing(wire), findings: []};
	}

	if (!offersTls) {
		const reason = safe`no TLS on ${safeText(attempt.target)}: the server does not offer it`;
		throw new Failed({status: 'critical', reason});
	}

	plain.write(tlsRequest());
	const name = socket === undefined ? host : 'localhost';
	const {socket: encrypted, findings} = await secure(attempt, plain, name, wish);

	if (findings.length > 0) {
		return {findings};
	}

	const wire = new Wire(encrypted, {greeting: packet, isTls: true, isPrivate: true});
	return {wire: attempt.closing(wire), findings};
}
