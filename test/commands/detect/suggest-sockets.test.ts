import {once} from 'node:events';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {suggestSockets} from '../../../src/commands/detect/suggest-sockets.js';
import {safeText} from '../../../src/core/safe.js';
import {folder} from '../../helpers/folder.js';
import {realAround} from './real-around.js';

const socket = (path: string, pid: number, name: string) => ({
	path: safeText(path),
	owner: {pid, name: safeText(name)},
});

async function serving(path: string): Promise<string[]> {
	const asked: string[] = [];
	const server = createServer((request, answer) => {
		asked.push(request.url ?? '');
		answer.end('OK');
	});
	server.listen(path);
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	return asked;
}

test('who has no port is asked at a socket, one of each process; what is not known is left alone', async () => {
	const directory = folder();
	const paths = ['docker.sock', 'web.sock', 'second.sock', 'other.sock'].map(name => join(directory, name));
	const [docker = '', web = '', second = '', other = ''] = paths;
	const asked = await Promise.all(paths.map(serving));
	const sockets = [
		socket('/run/systemd/private', 1, 'systemd'),
		socket(docker, 1, 'systemd'),
		socket(web, 20, 'gunicorn'),
		socket(second, 20, 'gunicorn'),
		socket(other, 30, 'stranger'),
		socket('/run/mysqld/mysqlx.sock', 40, 'mysqld'),
		socket('/run/mysqld/mysqld.sock', 40, 'mysqld'),
		socket('/run/served.sock', 50, 'mysqld'),
	];
	const found = await suggestSockets(
		sockets,
		pid => pid === 1 || pid === 50,
		() => undefined,
		realAround,
	);
	expect(found.map(({name, options}) => [name, options])).toEqual([
		['gunicorn', {type: 'http', url: 'http://localhost/', unixSocket: web}],
		['mysql', {type: 'mysql', socket: '/run/mysqld/mysqld.sock', user: 'monitor'}],
		['docker', {type: 'http', url: 'http://localhost/_ping', unixSocket: docker}],
	]);
	expect(asked).toEqual([['/_ping'], ['/'], [], []]);
});
