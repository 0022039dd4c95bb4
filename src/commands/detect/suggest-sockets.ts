import {type Around, inTurn} from './ask-now.js';
import {httpNow} from './probe.js';
import {suggestMysqlSocket} from './suggest-mysql.js';
import {suggestWebSocket} from './suggest-others.js';
import type {Suggestion} from './suggestion.js';
import type {UnixSocket} from './unix-sockets.js';

/** Servers of HTTP that some put behind a socket. What other programs have sockets for is their own affair. */
const webServers: readonly string[] = [
	'nginx',
	'apache2',
	'httpd',
	'caddy',
	'lighttpd',
	'gunicorn',
	'uvicorn',
	'hypercorn',
	'puma',
	'unicorn',
];

/** The API of both, with a path that is made for being asked. Often it is systemd that listens for them. */
const engines = /\/(docker|podman)\.sock$/;

/** Another protocol of MySQL's. */
const xProtocol = /\/mysqlx\.sock$/;

function isApi({path}: UnixSocket): boolean {
	return engines.test(path);
}

/**
 * Checks of servers that have no port, but a socket in the file system. `isServed` says of a process that it is asked elsewhere, `unitOf` of
 * which unit it is.
 */
export async function suggestSockets(
	sockets: readonly UnixSocket[],
	isServed: (pid: number) => boolean,
	unitOf: (pid: number) => Suggestion | undefined,
	around: Around,
): Promise<readonly Suggestion[]> {
	const [apis, others] = [sockets.filter(isApi), sockets.filter(socket => !isApi(socket))];
	const unserved = others.filter(({path, owner}) => owner && !isServed(owner.pid) && !xProtocol.test(path));
	const first = unserved.filter(
		({owner}, index) => unserved.findIndex(other => other.owner?.pid === owner?.pid) === index,
	);
	const found = await inTurn([...first, ...apis], 16, async socket => suggestSocket(socket, unitOf, around));
	return found.flat();
}

async function suggestSocket(
	socket: UnixSocket,
	unitOf: (pid: number) => Suggestion | undefined,
	around: Around,
): Promise<readonly Suggestion[]> {
	const {path, owner} = socket;
	const unit = owner && unitOf(owner.pid);

	if (owner?.name === 'mariadbd' || owner?.name === 'mysqld') {
		return [suggestMysqlSocket(socket, unit)];
	}

	const engine = engines.exec(path)?.[1];

	if (engine === undefined && !webServers.includes(owner?.name ?? '')) {
		return [];
	}

	const url = engine === undefined ? 'http://localhost/' : 'http://localhost/_ping';
	const now = await httpNow({url, unixSocket: path}, around);
	return now ? [suggestWebSocket(socket, {url, now}, engine ?? owner?.name ?? 'http', unit)] : [];
}
