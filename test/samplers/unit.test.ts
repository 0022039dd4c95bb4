import {expect, test} from 'vitest';
import {Unsupported} from '../../src/core/errors.js';
import type {Host} from '../../src/core/host.js';
import {unit} from '../../src/samplers/unit.js';
import {systemError} from '../helpers/fake-host.js';
import {seriesOf} from '../helpers/series-of.js';

const systemd = {'/run/systemd/system/x': ''};
const outputs: Record<string, [output: string, failed: number]> = {
	'none failed': ['', 0],
	two: [
		'nginx.service   loaded failed failed A high performance web server\nsrv-data.mount  loaded failed failed /srv/data\n',
		2,
	],
	'two, with the bullet of systemd before 246': [
		'\xe2\x97\x8f nginx.service loaded failed failed A web server\n\xe2\x97\x8f srv-data.mount loaded failed failed /srv/data\n',
		2,
	],
	'one whose file has gone': ['old.service not-found failed failed old.service\n', 1],
	'one without a newline at its end': ['nginx.service loaded failed failed Web', 1],
	'empty lines are none': ['\n  \nnginx.service loaded failed failed Web\n\n', 1],
};

test.each(Object.entries(outputs))('%s', async (_, [output, failed]) => {
	const asked: (readonly string[])[] = [];
	const run: Host['run'] = async command => {
		asked.push(command);
		return output;
	};
	expect(await seriesOf(unit, systemd, {run})).toEqual({'unit.failed': failed});
	expect(asked).toEqual([
		expect.arrayContaining(['systemctl', 'list-units', '--state=failed', '--no-legend', '--plain']),
	]);
});

test('nothing is asked where systemd did not start the machine', async () => {
	const run = () => Promise.reject(new Error('asked'));
	await expect(seriesOf(unit, {}, {run})).rejects.toThrow(Unsupported);
});

test('a machine without systemctl, or not ours, has none', async () => {
	const run = () => Promise.reject(systemError('ENOENT'));
	await expect(seriesOf(unit, systemd, {run})).rejects.toThrow(Unsupported);
});

test('a systemctl that cannot ask is a problem, and no number', async () => {
	const run = () => Promise.reject(new Error("'systemctl' ended with 1"));
	const answer = seriesOf(unit, systemd, {run});
	await expect(answer).rejects.toThrow("'systemctl' ended with 1");
	await expect(answer).rejects.not.toThrow(Unsupported);
});

test('it is given the signal that ends it', async () => {
	const {signal} = new AbortController();
	const given: AbortSignal[] = [];
	await seriesOf(unit, systemd, {run: async (_, theirs) => String(given.push(theirs))}, {signal});
	expect(given).toEqual([signal]);
});
