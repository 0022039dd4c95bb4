import {type Safe, safe, safeText} from '../../core/safe.js';
import {isProxy} from './known-daemons.js';
import {type Base, hostAndPort, type Known, whyOf} from './suggest-base.js';
import type {Suggestion} from './suggestion.js';
import type {UnixSocket} from './unix-sockets.js';

/** A check that logs in as `monitor`, and how that user is made. */
export function suggestMysql(
	{service, sockets}: Known,
	{host, isMariaDb}: {host: string; isMariaDb: boolean},
	base: Base,
): Suggestion {
	const {port, owner} = service;
	// Behind a proxy it sees the proxy's address.
	const from = owner && isProxy(owner.name) ? '%' : host;
	const place = hostAndPort(host, port);
	return {
		...base,
		comments: [whyOf(service, sockets), ...userComments(from, isMariaDb)],
		options: {type: 'mysql', ...place, user: 'monitor'},
		hasPassword: true,
	};
}

/** The same for a server that has only a socket. */
export function suggestMysqlSocket({path, owner}: UnixSocket, needs: Suggestion | undefined): Suggestion {
	const isMariaDb = owner?.name === 'mariadbd';
	const who = owner?.name ?? safe`mysqld`;
	return {
		name: isMariaDb ? 'mariadb' : 'mysql',
		place: safe`${who} on ${path}`,
		comments: [safe`${who} listens on ${path}`, ...userComments('localhost', isMariaDb)],
		options: {type: 'mysql', socket: path, user: 'monitor'},
		hasPassword: true,
		...(needs && {needs}),
	};
}

/** The privilege is the one that tells how far a replica is behind; MariaDB has had another one for it since 10.5. */
function userComments(from: string, isMariaDb: boolean): readonly Safe[] {
	const user = safe`'monitor'@'${safeText(from)}'`;
	const privilege = isMariaDb ? safe`SLAVE MONITOR` : safe`REPLICATION CLIENT`;
	return [
		safe`Its user, to be made by an administrator of the database:`,
		safe`  CREATE USER ${user} IDENTIFIED BY '...';`,
		safe`  GRANT ${privilege} ON *.* TO ${user};`,
	];
}
