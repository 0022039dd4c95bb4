import {describe, expect, test} from 'vitest';
import {hostsOf, servicesOf} from '../../../src/commands/detect/services.js';
import {listener} from './found.js';

describe('services', () => {
	test('one port of one program is one service, whatever addresses it has', () => {
		const services = servicesOf([
			listener(80, '0.0.0.0', 'nginx'),
			listener(80, '::', 'nginx'),
			listener(53, '127.0.0.53', 'systemd-resolve', 'udp'),
			listener(53, '127.0.0.53', 'systemd-resolve'),
			listener(53, '192.0.2.1', 'dnsmasq'),
			listener(80, '0.0.0.0', 'nginx'),
		]);
		expect(services.map(({protocol, port, addresses}) => `${port}/${protocol} ${addresses}`)).toEqual([
			'53/udp 127.0.0.53',
			'53/tcp 127.0.0.53',
			'53/tcp 192.0.2.1',
			'80/tcp 0.0.0.0,::',
		]);
	});

	test.each([
		[['0.0.0.0'], ['127.0.0.1']],
		[['::'], ['127.0.0.1', '::1']],
		[
			['::', '0.0.0.0'],
			['127.0.0.1', '::1'],
		],
		[
			['::1', '127.0.0.1'],
			['127.0.0.1', '::1'],
		],
		[
			['192.0.2.7', '127.0.0.1'],
			['127.0.0.1', '192.0.2.7'],
		],
		[['192.0.2.7'], ['192.0.2.7']],
		[['::ffff:127.0.0.1'], ['127.0.0.1']],
		[['fe80::1'], []],
	])('bound to %j it is asked at %j', (addresses, hosts) => {
		expect(hostsOf(addresses)).toEqual(hosts);
	});
});
