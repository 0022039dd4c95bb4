/**
 * What runs on the machine of the picture besides what the recorded one has.
 *
 * @typedef {{
 *   readonly pid: number,
 *   readonly name: string,
 *   readonly command: string,
 *   readonly uid: number,
 *   readonly parent: number,
 *   readonly cpu: number,
 *   readonly memoryMib: number,
 *   readonly read: number,
 *   readonly written: number,
 *   readonly threads: number,
 *   readonly startedAt: number,
 * }} Worker `cpu` is its mean, in percent of a core; `read` and `written` in bytes/s; `startedAt` in seconds after the start.
 */

const [root, wwwData, mysql, redis, postgres, app, deploy] = [0, 33, 110, 112, 114, 1000, 1001];

/** Users that the recorded machine does not have. */
export const users = [
	`mysql:x:${mysql}:115:MariaDB Server:/nonexistent:/bin/false`,
	`redis:x:${redis}:117::/var/lib/redis:/usr/sbin/nologin`,
	`deploy:x:${deploy}:1001::/home/deploy:/bin/bash`,
];

/** @type {readonly (readonly [number, string, string, number, number, number, number, number, number])[]} */
const table = [
	// pid, name, command line, user, CPU, MiB, bytes/s read, bytes/s written, threads
	[
		987,
		'mariadbd',
		'/usr/sbin/mariadbd --basedir=/usr --datadir=/var/lib/mysql',
		mysql,
		52,
		3277,
		1_800_000,
		4_600_000,
		38,
	],
	[1044, 'node', 'node --enable-source-maps server.js --port 8080', app, 34, 152, 0, 96_000, 11],
	[1234, 'php-fpm8.4', 'php-fpm: pool shop', wwwData, 21, 212, 0, 0, 1],
	[1235, 'php-fpm8.4', 'php-fpm: pool shop', wwwData, 17, 208, 0, 0, 1],
	[1236, 'php-fpm8.4', 'php-fpm: pool shop', wwwData, 9, 196, 0, 0, 1],
	[1101, 'postgres', 'postgres: 16/main: app shop 127.0.0.1(51234) SELECT', postgres, 13, 384, 420_000, 180_000, 1],
	[1102, 'postgres', 'postgres: 16/main: walwriter', postgres, 1.2, 24, 0, 910_000, 1],
	[1103, 'postgres', 'postgres: 16/main: checkpointer', postgres, 0.6, 310, 0, 640_000, 1],
	[1090, 'postgres', '/usr/lib/postgresql/16/bin/postgres -D /var/lib/postgresql/16/main', postgres, 0.1, 64, 0, 0, 1],
	[812, 'nginx', 'nginx: worker process', wwwData, 7.5, 36, 0, 120_000, 1],
	[813, 'nginx', 'nginx: worker process', wwwData, 5.8, 35, 0, 90_000, 1],
	[655, 'redis-server', '/usr/bin/redis-server 127.0.0.1:6379', redis, 3.4, 486, 0, 30_000, 5],
	[2071, 'sshd', 'sshd: deploy [priv]', root, 0, 9, 0, 0, 1],
	[2073, 'sshd', 'sshd: deploy@pts/0', deploy, 0.3, 7, 0, 0, 1],
	[2074, 'bash', '-bash', deploy, 0, 5, 0, 0, 1],
	[2310, 'tar', 'tar --zstd -cf /data/backup/www.tar.zst /var/www', deploy, 11, 14, 3_200_000, 1_100_000, 1],
	[2311, 'zstd', 'zstd -T1', deploy, 27, 41, 0, 0, 2],
	[702, 'sshd', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups', root, 0, 9, 0, 0, 1],
	[611, 'cron', '/usr/sbin/cron -f -P', root, 0, 4, 0, 0, 1],
	[620, 'dbus-daemon', '/usr/bin/dbus-daemon --system --nofork --nopidfile', root, 0.1, 5, 0, 0, 1],
	[640, 'rsyslogd', '/usr/sbin/rsyslogd -n -iNONE', root, 0.5, 11, 0, 24_000, 4],
	[231, 'systemd-journal', '/lib/systemd/systemd-journald', root, 0.8, 78, 0, 42_000, 1],
	[260, 'systemd-udevd', '/lib/systemd/systemd-udevd', root, 0, 12, 0, 0, 1],
	[590, 'chronyd', '/usr/sbin/chronyd -F 1', root, 0.1, 6, 0, 0, 1],
	[700, 'fail2ban-server', '/usr/bin/python3 /usr/bin/fail2ban-server -xf start', root, 0.7, 58, 0, 8_000, 7],
	[1, 'systemd', '/sbin/init splash', root, 0.2, 13, 0, 0, 1],
	[14, 'ksoftirqd/0', '', root, 0.3, 0, 0, 0, 1],
	[22, 'kworker/1:1-mm', '', root, 0.2, 0, 0, 0, 1],
	[96, 'kswapd0', '', root, 0, 0, 0, 0, 1],
	[118, 'jbd2/vda1-8', '', root, 0.4, 0, 0, 60_000, 1],
];

/** @type {readonly Worker[]} */
export const workers = table.map(([pid, name, command, uid, cpu, memoryMib, read, written, threads]) => ({
	...{pid, name, command, uid, cpu, memoryMib, read, written, threads},
	parent: command === '' ? 2 : 1,
	startedAt: pid < 2000 ? 20 + pid / 100 : 252_000 + pid,
}));
