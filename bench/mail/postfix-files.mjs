import {spawnSync} from 'node:child_process';
import {chmodSync, chownSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** What a Postfix of its own needs in a folder: for benches and for tests. */

/** Where its programs are: not in the path of everybody. */
export const postfixPath = `${process.env['PATH']}:/usr/sbin:/sbin`;

/**
 * Makes the folders and the two files of a Postfix on 127.0.0.1 that keeps what is sent to anybody at example.com and refuses the rest; only
 * root can. `settings`: more of main.cf, or something else than is in it.
 *
 * @param {string} directory
 * @param {number} port
 * @param {Readonly<Record<string, string>>} settings
 * @returns {{readonly etc: string, readonly log: string, readonly mail: string, readonly spool: string}}
 */
export function makePostfix(directory, port, settings) {
	makeDirectories(directory);
	const etc = join(directory, 'etc');
	writeFileSync(join(etc, 'master.cf'), masterOf(port));
	writeFileSync(join(etc, 'main.cf'), mainOf(directory, settings));
	return {etc, log: join(directory, 'log'), mail: join(directory, 'mail'), spool: join(directory, 'spool')};
}

/**
 * Each is entered by another user.
 *
 * @param {string} directory
 */
function makeDirectories(directory) {
	chmodSync(directory, 0o755);
	const {uid, gid} = userOf('postfix');

	for (const name of ['etc', 'spool', 'lib', 'mail']) {
		mkdirSync(join(directory, name));
	}

	chownSync(join(directory, 'lib'), uid, gid);
	const nobody = userOf('nobody');
	chownSync(join(directory, 'mail'), nobody.uid, nobody.gid);
}

/** @param {string} name */
function userOf(name) {
	const [uid, gid] = ['-u', '-g'].map(flag => Number(spawnSync('id', [flag, name], {encoding: 'utf8'}).stdout));
	return {uid: uid ?? 0, gid: gid ?? 0};
}

/**
 * Those daemons that a mail to a mailbox here needs, none of them in a chroot.
 *
 * @param {number} port
 */
function masterOf(port) {
	const rows = [
		['pickup', 'unix', '60', '1', 'pickup'],
		['cleanup', 'unix', '-', '0', 'cleanup'],
		['qmgr', 'unix', '300', '1', 'qmgr'],
		['tlsmgr', 'unix', '1000?', '1', 'tlsmgr'],
		['rewrite', 'unix', '-', '-', 'trivial-rewrite'],
		['bounce', 'unix', '-', '0', 'bounce'],
		['defer', 'unix', '-', '0', 'bounce'],
		['trace', 'unix', '-', '0', 'bounce'],
		['verify', 'unix', '-', '1', 'verify'],
		['flush', 'unix', '1000?', '0', 'flush'],
		['proxymap', 'unix', '-', '-', 'proxymap'],
		['smtp', 'unix', '-', '-', 'smtp'],
		['error', 'unix', '-', '-', 'error'],
		['retry', 'unix', '-', '-', 'error'],
		['discard', 'unix', '-', '-', 'discard'],
		['virtual', 'unix', '-', '-', 'virtual'],
		['anvil', 'unix', '-', '1', 'anvil'],
		['postlog', 'unix-dgram', '-', '1', 'postlogd'],
	];
	const own = rows.map(
		([name = '', type = '', wakeup = '', most = '', command = '']) =>
			`${name} ${type} ${isPublic(name) ? 'n' : '-'} ${name === 'virtual' ? 'n' : '-'} n ${wakeup} ${most} ${command}`,
	);
	return [`127.0.0.1:${port} inet n - n - - smtpd`, ...own, ''].join('\n');
}

/**
 * Not private: reached by programs of other users.
 *
 * @param {string} name
 */
function isPublic(name) {
	return ['pickup', 'cleanup', 'qmgr', 'flush', 'postlog'].includes(name);
}

/**
 * @param {string} directory
 * @param {Readonly<Record<string, string>>} settings
 */
function mainOf(directory, settings) {
	const all = {
		compatibility_level: '3.6',
		myhostname: 'mail.example.com',
		queue_directory: join(directory, 'spool'),
		data_directory: join(directory, 'lib'),
		mydestination: '',
		inet_interfaces: '127.0.0.1',
		mynetworks: '127.0.0.0/8',
		virtual_mailbox_domains: 'example.com',
		virtual_mailbox_base: join(directory, 'mail'),
		virtual_mailbox_maps: 'static:ops',
		virtual_uid_maps: `static:${userOf('nobody').uid}`,
		virtual_gid_maps: `static:${userOf('nobody').gid}`,
		virtual_minimum_uid: '100',
		smtpd_recipient_restrictions: 'permit_mynetworks,reject',
		alias_maps: '',
		alias_database: '',
		maillog_file: join(directory, 'log'),
		maillog_file_prefixes: `${directory},/var`,
		...settings,
	};
	return Object.entries(all)
		.map(([name, value]) => `${name} = ${value}\n`)
		.join('');
}
