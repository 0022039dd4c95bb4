import {safeBytes, safeText} from '../../src/core/safe.js';
import type {Listener} from '../../src/core/snapshot.js';

type Port = [
	protocol: 'tcp' | 'udp',
	address: string,
	port: number,
	pid?: number | 'denied',
	name?: string,
	others?: number,
];

const ports: readonly Port[] = [
	['tcp', '0.0.0.0', 22, 702, 'sshd'],
	['tcp', '::', 22, 702, 'sshd'],
	['udp', '127.0.0.53', 53, 'denied'],
	['tcp', '0.0.0.0', 80, 811, 'nginx', 4],
	['udp', 'fe80::5054:ff:fe12:3456', 546, 'denied'],
	['tcp', '0.0.0.0', 2049],
	['tcp', '127.0.0.1', 3306, 987, 'mariadbd'],
	['tcp', '127.0.0.1', 5432, 1101, 'postgres'],
	['tcp', '127.0.0.1', 6379, 655, 'redis \x1b[2J'],
	['tcp', '::ffff:192.0.2.17', 8080, 1044, 'サーバー', 12],
	['tcp', '127.0.0.1', 40_123, 4_100_779, 'a-name-of-fifte', 100],
];

/** Who listens, on the machine of the scene. */
export const listeners: readonly Listener[] = ports.map(([protocol, address, port, pid, name = '', others = 0]) => ({
	protocol,
	address: safeText(address),
	port,
	owner: typeof pid === 'number' ? {pid, name: safeBytes(Buffer.from(name).toString('latin1')), others} : pid,
}));
