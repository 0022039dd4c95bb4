import {expect} from 'vitest';
import {systemd} from '../../src/checks/systemd.js';
import {answerOf, askOnce, checkOf} from '../helpers/ask.js';
import {testAsRoot} from '../helpers/outside.js';
import {Systemd} from '../helpers/systemd.js';
import {until} from '../helpers/until.js';

const testSystemd = testAsRoot('systemd', 'systemctl', 'dbus-daemon', 'nsenter', 'unshare');
const service = (...lines: readonly string[]) => `[Service]\n${lines.join('\n')}\n`;
const units: Record<string, string> = {
	'run.service': service('ExecStart=/bin/sleep 1000'),
	'bad.service': service('ExecStart=/bin/sh -c "exit 3"'),
	'crash.service': service('ExecStart=/bin/sh -c "kill -KILL $$$$"'),
	'again.service': service('ExecStart=/bin/false', 'Restart=always', 'RestartSec=1000'),
	'soon.service': service('ExecStart=/bin/sleep 1000', 'Restart=always', 'RestartSec=1ms'),
	'stay.service': service('Type=oneshot', 'RemainAfterExit=yes', 'ExecStart=/bin/true'),
	'slow.service': service('Type=oneshot', 'ExecStart=/bin/sleep 1000'),
	'timed.service': service('ExecStart=/bin/true'),
	'timed.timer': '[Timer]\nOnCalendar=yearly\n',
	'wrong.service': service('Type=nonsense'),
};

testSystemd('tells each state in its words', async () => {
	const beside = await Systemd.start();
	const host = beside.host();

	for (const [name, text] of Object.entries(units)) {
		beside.write(`units/${name}`, text);
	}

	beside.run('ln', '-s', '/dev/null', '/run/units/masked.service');
	beside.systemctl('daemon-reload');
	beside.systemctl('start', 'run', 'stay', 'timed.timer', 'timed');
	beside.systemctl('start', '--no-block', 'bad', 'crash', 'again', 'slow');
	const seen = async (unit: string) => {
		const {failure, text, findings} = await answerOf(systemd, {unit, user: true}, {host});
		return failure?.reason ?? [text, ...(findings ?? []).map(({status, reason}) => `${status}: ${reason}`)].join(' | ');
	};
	await until('they have ended', () => ['bad', 'crash'].every(unit => beside.show(unit, 'ActiveState') === 'failed'));
	await until('it waits', () => beside.show('again', 'SubState') === 'auto-restart');
	await until('it has ended', () => beside.show('timed', 'ActiveState') === 'inactive');
	expect(await seen('run')).toBe('active (running)');
	expect(await seen('bad.service')).toBe('failed | critical: failed: exit-code 3');
	expect(await seen('crash')).toBe('failed | critical: failed: signal 9');
	expect(await seen('again')).toBe('activating (auto-restart) | warning: activating (auto-restart): exit-code 1');
	expect(await seen('stay')).toBe('active (exited)');
	expect(await seen('slow')).toBe('activating (start)');
	expect(await seen('timed.timer')).toBe('active (waiting)');
	expect(await seen('timed')).toBe('ran, success');
	expect(await seen('wrong')).toBe('bad-setting | critical: wrong.service cannot be loaded: bad-setting');
	expect(await seen('masked')).toBe('masked | critical: masked.service is masked');
	expect(await seen('nothing')).toBe('not-found | critical: no unit nothing.service');
	beside.systemctl('stop', 'run');
	expect(await seen('run')).toBe('inactive (dead) | critical: inactive (dead)');
});

testSystemd('counts restarts, and remembers them from one look to the next', async () => {
	const beside = await Systemd.start();
	beside.write('units/soon.service', units['soon.service'] ?? '');
	beside.systemctl('daemon-reload');
	beside.systemctl('start', 'soon');
	const host = beside.host();
	const ask = await checkOf(systemd, {unit: 'soon', user: true});
	expect(await askOnce(ask, {host})).toMatchObject({text: 'active (running)', findings: [], measures: {restarts: 0}});
	beside.run('kill', '-KILL', beside.show('soon', 'MainPID'));
	await until('it runs again', () => beside.show('soon', 'NRestarts') === '1' && beside.isActive('soon'));
	expect(await askOnce(ask, {host})).toMatchObject({
		text: 'active (running)',
		findings: [{status: 'warning', reason: 'restarted once since the last look'}],
		measures: {restarts: 1},
	});
	expect((await askOnce(ask, {host})).findings).toEqual([]);
});

testSystemd('that stands still is not waited for', async () => {
	const beside = await Systemd.start();
	const host = beside.host();
	const manager = beside.run('pgrep', '-xo', 'systemd').output.trim();
	beside.run('kill', '-STOP', manager);
	const from = performance.now();
	const {failure} = await answerOf(systemd, {unit: 'basic.target', user: true}, {host, timeout: 500});
	expect(performance.now() - from).toBeLessThan(750);
	beside.run('kill', '-CONT', manager);
	expect(failure).toMatchObject({status: 'unknown', reason: 'no answer in 500 ms: systemd does not answer'});
	expect((await answerOf(systemd, {unit: 'basic.target', user: true}, {host})).text).toBe('active (active)');
});
