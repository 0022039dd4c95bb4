import {describe, expect, test} from 'vitest';
import {type Found, lookAround} from '../../../src/commands/detect/look-around.js';
import {nameChecks} from '../../../src/commands/detect/name-checks.js';
import {type FakeFiles, fakeHost, systemError} from '../../helpers/fake-host.js';
import {freePort, listening} from '../../helpers/listening.js';
import {realAround} from './real-around.js';

type Process = {
	readonly name: string;
	readonly parent?: number;
	readonly cgroup?: string;
	/** TCP ports on 127.0.0.1. */
	readonly ports?: readonly number[];
};

/** A machine with these processes by pid, and the lists of systemctl where there is a systemd. Its ports are those of the real one. */
function machine(processes: Readonly<Record<number, Process>>, units?: Readonly<Record<string, string>>) {
	const files: FakeFiles = {'/proc/self/net/unix': '', '/proc/sys/net/ipv4/ip_local_port_range': '60000\t60999\n'};
	const links = new Map<string, string>();
	let table = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

	for (const [pid, {name, parent = 1, cgroup = '0::/\n', ports = []}] of Object.entries(processes)) {
		files[`/proc/${pid}/stat`] =
			`${pid} (${name}) S ${parent} 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 500 4096 10 18446744073709551615 1\n`;
		files[`/proc/${pid}/status`] = `Name:\tx\nPPid:\t${parent}\nFDSize:\t64\n`;
		files[`/proc/${pid}/cgroup`] = cgroup;

		for (const port of ports) {
			const inode = 100_000 + port;
			const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
			files[`/proc/${pid}/fd/${port}`] = '';
			links.set(`/proc/${pid}/fd/${port}`, `socket:[${inode}]`);
			table += `   0: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000   0        0 ${inode} 1 0 100 0 0 10 0\n`;
		}
	}

	files['/proc/self/net/tcp'] = table;
	files[units ? '/run/systemd/system/x' : '/x'] = '';
	return fakeHost(files, {
		readlink: path => links.get(path) ?? missing(),
		run: async command => units?.[/--state=(\w+)/.exec(command.join(' '))?.[1] ?? ''] ?? missing(),
	});
}

function missing(): never {
	throw systemError('ENOENT');
}

function look(processes: Readonly<Record<number, Process>>, units?: Readonly<Record<string, string>>): Promise<Found> {
	return lookAround({...realAround, host: machine(processes, units)});
}

const namesOf = ({suggestions}: Found) => nameChecks(suggestions).map(({name}) => name);

describe('nobody is spoken to', () => {
	test.each([
		['whom a connection would start', 1, {name: 'systemd'}, 'a connection would start what systemd listens for'],
		['at the end of a tunnel', 9, {name: 'ssh'}, 'the end of a tunnel, which leads elsewhere'],
		['at what a login forwards', 9, {name: 'sshd', parent: 8}, 'the end of a tunnel, which leads elsewhere'],
	])('%s', async (_, pid, process, reason) => {
		let connections = 0;
		const {port} = await listening(() => {
			connections += 1;
		});
		const sshd = {8: {name: 'sshd'}};
		const {suggestions, left} = await look({1: {name: 'systemd'}, ...sshd, [pid]: {...process, ports: [port]}});
		expect([suggestions, left]).toEqual([[], [`${process.name} on 127.0.0.1:${port}: ${reason}`]]);
		expect(connections).toBe(0);
	});
});

test('but sshd itself is', async () => {
	const {port} = await listening(socket => socket.write('SSH-2.0-x\r\n'));
	expect(namesOf(await look({1: {name: 'systemd'}, 8: {name: 'sshd', ports: [port]}}))).toEqual(['ssh']);
});

describe('with systemd', () => {
	const lists = {
		running:
			'nginx.service loaded active running x\ncron.service loaded active running x\nlogin.service loaded active running x\n',
		failed: 'backup.service loaded failed failed x\n',
		enabled: 'nginx.service enabled enabled\ncron.service enabled enabled\n',
	};

	test('units stand before what needs them; those without a port are there when they are enabled', async () => {
		const {port} = await listening(socket => socket.write('hello'));
		const cgroup = '0::/system.slice/nginx.service\n';
		const found = await look(
			{1: {name: 'systemd'}, 7: {name: 'nginx', cgroup, ports: [port]}, 9: {name: 'cron'}},
			lists,
		);
		expect(nameChecks(found.suggestions).map(({name, options}) => [name, options['dependsOn']])).toEqual([
			['nginx.service', undefined],
			['nginx', ['nginx.service']],
			['cron.service', undefined],
			['backup.service', undefined],
		]);
	});
});

test('without systemd, daemons that have no port are processes', async () => {
	const found = await look({
		1: {name: 'init'},
		7: {name: 'cron'},
		8: {name: 'cron'},
		9: {name: 'php-fpm8.2'},
		10: {name: 'bash'},
	});
	expect(nameChecks(found.suggestions).map(({name, options}) => [name, options['match']])).toEqual([
		['cron', {name: 'cron'}],
		['php-fpm8.2', {name: 'php-fpm8.2'}],
	]);
});

test('what is not known, and came to its port by chance, is no service', async () => {
	const {port} = await listening(socket => socket.write('hello'));
	const host = machine({1: {name: 'init'}, 7: {name: 'tool', ports: [port]}});
	host.files['/proc/sys/net/ipv4/ip_local_port_range'] = `${port}\t${port}\n`;
	const {suggestions, left} = await lookAround({...realAround, host});
	expect([suggestions, left]).toEqual([[], [`tool on 127.0.0.1:${port}: not known, at a port given by chance`]]);
});

test('what gets no check for the same reason is one row', async () => {
	const ports = await Promise.all([1, 2, 3].map(() => freePort()));
	const [first = 0] = ports.toSorted((a, b) => a - b);
	const host = machine({1: {name: 'systemd', ports}});
	const {left} = await lookAround({...realAround, host});
	expect(left).toEqual([
		`systemd on 127.0.0.1:${first} and 2 more ports: a connection would start what systemd listens for`,
	]);
});

test('what has gone meanwhile is none either', async () => {
	const port = await freePort();
	const {suggestions, left} = await look({1: {name: 'init'}, 7: {name: 'nginx', ports: [port]}});
	expect([suggestions, left]).toEqual([[], [`nginx on 127.0.0.1:${port}: refused on 127.0.0.1:${port}`]]);
});
