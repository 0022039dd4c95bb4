import {writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {join} from 'node:path';
import type {Certificate} from './certificates.js';
import {type Running, start} from './engine-process.js';
import {folder} from './folder.js';
import {freePort} from './listening.js';

export type Nginx = Running & {
	readonly port: number;
	/** Path of the socket in the file system that it listens on as well, over HTTP. */
	readonly socket: string;
	/** For files that it serves: its root. */
	readonly directory: string;
};

export type NginxOptions = {
	/** Its port speaks TLS with it. */
	readonly certificate?: Certificate;
	/** One that another one had, to take its place. */
	readonly port?: number;
};

/** An nginx of its own with these directives in its `server`, on 127.0.0.1 and on a socket; it is killed when the test has ended. */
export async function startNginx(directives: string, options: NginxOptions = {}): Promise<Nginx> {
	const [directory, port] = [folder(), options.port ?? (await freePort())];
	const [file, socket] = [join(directory, 'nginx.conf'), join(directory, 'nginx.sock')];
	writeFileSync(
		file,
		configuration(directory, directives, [listen(port, options.certificate), `listen unix:${socket};`]),
	);
	const running = start(['nginx', '-p', directory, '-c', file, '-e', 'stderr'], {
		PATH: `${process.env['PATH']}:/usr/sbin`,
	});
	await accepts(port, running);
	return {...running, port, socket, directory};
}

function listen(port: number, certificate: Certificate | undefined): string {
	const plain = `listen 127.0.0.1:${port}`;
	return certificate
		? `${plain} ssl; ssl_certificate ${certificate.cert}; ssl_certificate_key ${certificate.key};`
		: `${plain};`;
}

function configuration(directory: string, directives: string, listens: readonly string[]): string {
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		name => `${name}_temp_path ${directory}/${name};`,
	);
	return `daemon off;
master_process off;
pid ${directory}/pid;
error_log stderr;
events {}
http {
	access_log off;
	${temporary.join(' ')}
	server {
		${listens.join('\n\t\t')}
		root ${directory};
		${directives}
	}
}
`;
}

/** Resolves when it accepts a connection. */
async function accepts(port: number, {child, stderr}: Running): Promise<void> {
	const end = performance.now() + 20_000;

	while (!(await isOpen(port))) {
		if (child.exitCode !== null || performance.now() > end) {
			throw new Error(`nginx does not listen: ${stderr()}`);
		}

		await new Promise(resolve => setTimeout(resolve, 20));
	}
}

function isOpen(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect(port, '127.0.0.1');
		socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
		socket.on('connect', () => socket.destroy());
	});
}
