import {describe, expect, test} from 'vitest';
import {isEnabled, parseUnits, readUnits, unitOf} from '../../../src/commands/detect/units.js';
import {fakeHost} from '../../helpers/fake-host.js';

describe('systemd', () => {
	test('lists services, those of interest', () => {
		const text = [
			'nginx.service                loaded active running A high performance web server and a reverse proxy server',
			'postgresql@15-main.service   loaded active running PostgreSQL Cluster 15-main',
			'systemd-journald.service     loaded active running Journal Service',
			'user@1000.service            loaded active running User Manager for UID 1000',
			'getty@tty1.service           loaded active running Getty on tty1',
			'dbus.service                 loaded active running D-Bus System Message Bus',
			'healthtop.service            loaded active running healthtop, the engine that watches this machine',
			'-evil.service                loaded active running x',
			'boot.mount                   loaded active mounted /boot',
			'',
		].join('\n');
		expect([...parseUnits(text)]).toEqual(['nginx.service', 'postgresql@15-main.service']);
	});

	test.each([
		['0::/system.slice/nginx.service\n', 'nginx.service'],
		['0::/system.slice/system-postgresql.slice/postgresql@15-main.service\n', 'postgresql@15-main.service'],
		['12:pids:/x.service\n1:name=systemd:/system.slice/cron.service\n0::/\n', 'cron.service'],
		['0::/system.slice/docker-0123.scope\n', undefined],
		['0::/user.slice/user-1000.slice/user@1000.service/app.slice/shop.service\n', undefined],
		['0::/init.scope\n', undefined],
		['', undefined],
	])('a process of %j is of %s', (cgroup, unit) => {
		expect(unitOf(cgroup)).toBe(unit);
	});

	test('enables templates for all that are made of them', () => {
		const units = {running: new Set<string>(), failed: new Set<string>(), enabled: new Set(['postgresql@.service'])};
		expect(isEnabled('postgresql@15.2-main.service', units)).toBe(true);
		expect(isEnabled('nginx.service', units)).toBe(false);
	});

	test('that does not run, or gives no answer, has no units', async () => {
		const {signal} = new AbortController();
		expect(await readUnits(fakeHost({}), signal)).toBeUndefined();
		expect(await readUnits(fakeHost({'/run/systemd/system/x': ''}), signal)).toBeUndefined();
	});

	test('says what runs, what is enabled and what has failed', async () => {
		const run = async (command: readonly string[]) =>
			`${/--state=(\w+)/.exec(command.join(' '))?.[1]}.service loaded active x\n`;
		const units = await readUnits(fakeHost({'/run/systemd/system/x': ''}, {run}), new AbortController().signal);
		expect(units).toEqual({
			running: new Set(['running.service']),
			failed: new Set(['failed.service']),
			enabled: new Set(['enabled.service']),
		});
	});
});
