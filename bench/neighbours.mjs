/**
 * Run as a program of its own, at the head of a process group: `node neighbours.mjs COUNT` starts processes in that group
 * until the machine has COUNT, and says so on standard output. When its standard input closes it ends them and waits for
 * each, so that none is left as a zombie in the next measurement. That happens too when the bench is killed.
 */

import {spawn} from 'node:child_process';
import {processCount} from './tree.mjs';

const names = [
	...[
		'nginx: worker process',
		'postgres: main: app db 10.0.0.12(50412) idle',
		'redis-server *:6379',
		'sshd: deploy@pts/3',
	],
	...['/usr/bin/python3 -m celery worker --queue mail', '/usr/lib/systemd/systemd-journald', '/usr/sbin/cron -f'],
	...['java -Xmx512m -jar /opt/shop/app.jar --id=7', 'php-fpm: pool www', 'node /srv/app/server.js --port 3000'],
	...[
		'containerd-shim-runc-v2 -namespace moby -id 4f1c',
		'/usr/bin/dockerd -H fd://',
		'gunicorn: master [shop]',
		'-bash',
	],
];

const workerCount = 4;

/** Busy for 1 ms in 100: about 1 % of a core. */
const work = 'setInterval(() => {for (const end = performance.now() + 1; performance.now() < end;);}, 100)';

/** @type {(file: string, args: readonly string[], argv0: string) => ReturnType<typeof spawn>} */
const start = (file, args, argv0) => spawn(file, args, {argv0, stdio: 'ignore'});

const children = Array.from({length: workerCount}, (_, index) =>
	start(process.execPath, ['-e', work], `worker-${index}`),
);
const missing = Number(process.argv[2]) - processCount();

for (let index = 0; index < missing; index++) {
	children.push(start('sleep', ['infinity'], `${names[index % names.length]}`));
}

process.stdout.write('ready\n');
process.stdin.resume().on('close', () => {
	for (const child of children) {
		child.kill('SIGKILL');
	}
});
