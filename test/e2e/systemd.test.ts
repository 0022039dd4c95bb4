import {spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {describe, expect} from 'vitest';
import {folder} from '../helpers/folder.js';
import {testAsRoot, testWith} from '../helpers/outside.js';
import {builtProgram, Systemd, unitText} from '../helpers/systemd.js';
import {until} from '../helpers/until.js';

const testSystemd = testAsRoot('systemd', 'systemctl', 'systemd-notify', 'dbus-daemon', 'nsenter', 'unshare');

/** As in the unit, only sooner. */
const watched = '[Service]\nWatchdogSec=2s\nRestartSec=200ms\n';

describe('every unit file', () => {
	for (const [manager, options] of [
		['system', []],
		['user', ['--user']],
	] as const) {
		testWith('systemd-analyze')(`of the ${manager}'s manager has nothing to complain of`, () => {
			const units = join(folder(), 'units');
			const program = builtProgram();
			mkdirSync(units);
			const files = readdirSync(join('packaging/systemd', manager)).map(name => {
				writeFileSync(join(units, name), unitText(join(manager, name), program));
				return join(units, name);
			});
			expect(files.map(file => basename(file))).toContain('healthtop.service');
			const path = `${units}:/usr/lib/systemd/${manager}`;
			const env = {PATH: process.env['PATH'], XDG_RUNTIME_DIR: folder(), SYSTEMD_UNIT_PATH: path};
			const {stdout, stderr, status} = spawnSync('systemd-analyze', ['verify', ...options, '--man=no', ...files], {
				env,
				encoding: 'utf8',
			});
			expect(stdout + stderr).toBe('');
			expect(status).toBe(0);
		});
	}
});

/** The engine of one user, started and ready. */
async function started() {
	const systemd = await Systemd.start();
	const unit = systemd.install('user/healthtop.service', watched);
	expect(systemd.systemctl('start', unit)).toEqual({code: 0, output: ''});
	return {systemd, unit, pid: systemd.show(unit, 'MainPID')};
}

describe('the engine of a user', () => {
	testSystemd('is started once it watches, says so, and says that it is alive', async () => {
		const {systemd, unit, pid} = await started();
		expect(systemd.show(unit, 'ActiveState')).toBe('active');
		expect(systemd.show(unit, 'StatusText')).toMatch(/^watching ./);
		const told = new Set<string>();
		await until(
			'it is alive again and again',
			() => told.add(systemd.show(unit, 'WatchdogTimestampMonotonic')).size > 4,
		);
		expect(systemd.show(unit, 'MainPID')).toBe(pid);
		expect(systemd.told('log')).not.toContain('systemd cannot be told');
	});

	testSystemd('is ended and started again when it stands still', async () => {
		const {systemd, unit, pid} = await started();
		systemd.systemctl('kill', '--kill-whom=main', '--signal=STOP', unit);
		await until('another one runs', () => systemd.isActive(unit, pid));
		expect(systemd.told('ends')).toBe('watchdog killed KILL\n');
		expect(systemd.show(unit, 'StatusText')).toMatch(/^watching ./);
	});

	testSystemd('is started again when it is killed', async () => {
		const {systemd, unit, pid} = await started();
		systemd.systemctl('kill', '--kill-whom=main', '--signal=KILL', unit);
		await until('another one runs', () => systemd.isActive(unit, pid));
		expect(systemd.told('ends')).toBe('signal killed KILL\n');
	});

	testSystemd('keeps its configuration when the next one is bad, and tells who reloads it', async () => {
		const {systemd, unit, pid} = await started();
		const config = 'home/.config/healthtop/config.json';
		systemd.write(config, '{"every": "soon"}');
		expect(systemd.systemctl('reload', unit).code).toBe(1);
		expect(systemd.show(unit, 'ActiveState')).toBe('active');
		expect(systemd.told('log')).toContain('every: must be');
		systemd.write(config, '{"every": "2s"}');
		expect(systemd.systemctl('reload', unit)).toEqual({code: 0, output: ''});
		expect(systemd.show(unit, 'ActiveState')).toBe('active');
		expect(systemd.show(unit, 'MainPID')).toBe(pid);
	});

	testSystemd('is not started again and again with a configuration that cannot be used', async () => {
		const systemd = await Systemd.start();
		const unit = systemd.install('user/healthtop.service', watched);
		systemd.write('home/.config/healthtop/config.json', '{"every": "soon"}');
		expect(systemd.systemctl('start', unit).code).toBe(1);
		expect(systemd.show(unit, 'ActiveState')).toBe('failed');
		expect(systemd.show(unit, 'ExecMainStatus')).toBe('78');
	});

	testSystemd('ends within two seconds, and well', async () => {
		const {systemd, unit} = await started();
		const before = performance.now();
		expect(systemd.systemctl('stop', unit)).toEqual({code: 0, output: ''});
		expect(performance.now() - before).toBeLessThan(2000);
		expect(systemd.show(unit, 'ActiveState')).toBe('inactive');
		expect(systemd.told('ends')).toBe('success exited 0\n');
	});
});

/** With its user, who is only in there. The manager of a user has state and configuration in one directory before systemd 254. */
function installForMachine(systemd: Systemd): string {
	const makeUser = `
		mkdir -p /run/root/etc
		cp /etc/passwd /etc/group /run/root/etc
		systemd-sysusers --root=/run/root '${join(process.cwd(), 'packaging/sysusers.d/healthtop.conf')}'
		for file in passwd group; do mount --bind /run/root/etc/$file /etc/$file; done
	`;
	expect(systemd.run('sh', '-ec', makeUser).code).toBe(0);
	return systemd.install('system/healthtop.service', `${watched}ConfigurationDirectory=\n`);
}

describe('the engine of the machine', () => {
	testSystemd('runs as its own user, shows itself to its group, and has the mounts of the machine', async () => {
		const systemd = await Systemd.start();
		const unit = installForMachine(systemd);
		expect(systemd.systemctl('start', unit)).toEqual({code: 0, output: ''});
		const pid = systemd.show(unit, 'MainPID');
		const modes = ['--format=%n %A %U %G', '/run/healthtop', '/run/healthtop/view.sock', '/run/healthtop/control.sock'];
		expect(
			systemd
				.run('stat', ...modes)
				.output.trim()
				.split('\n'),
		).toEqual([
			'/run/healthtop drwxr-x--- healthtop healthtop',
			'/run/healthtop/view.sock srw-rw---- healthtop healthtop',
			'/run/healthtop/control.sock srw------- healthtop healthtop',
		]);
		expect(systemd.run('readlink', `/proc/${pid}/ns/mnt`)).toEqual(systemd.run('readlink', '/proc/1/ns/mnt'));
		expect(systemd.systemctl('reload', unit)).toEqual({code: 0, output: ''});
		expect(systemd.show(unit, 'MainPID')).toBe(pid);
		expect(systemd.systemctl('stop', unit)).toEqual({code: 0, output: ''});
		expect(systemd.told('ends')).toBe('success exited 0\n');
	});

	testSystemd('may do no more than its user, and writes no core', async () => {
		const systemd = await Systemd.start();
		const unit = installForMachine(systemd);
		systemd.systemctl('start', unit);
		const status = systemd.run('cat', `/proc/${systemd.show(unit, 'MainPID')}/status`).output;
		expect(status).toMatch(/^CapBnd:\t0+$/m);
		expect(status).toMatch(/^NoNewPrivs:\t1$/m);
		expect(status).toMatch(/^Seccomp:\t2$/m);
		expect(systemd.show(unit, 'LimitCORE')).toBe('0');
	});
});
