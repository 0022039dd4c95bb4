import {BlockList, isIP} from 'node:net';
import {safe, safeText} from '../core/safe.js';
import {Failed} from './failed.js';

/** Where providers of machines tell these their secrets, among others. */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
// Amazon's on machines without IPv4.
linkLocal.addAddress('fd00:ec2::254', 'ipv6');

/** A connection to 0.0.0.0 or :: is one to this machine. */
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addSubnet('0.0.0.0', 8, 'ipv4');
loopback.addSubnet('::', 127, 'ipv6');

export function isLoopback(address: string): boolean {
	return isIn(loopback, address);
}

/**
 * That a redirect may lead to an address: to no link-local one, and to this machine only from there.
 * @throws {Failed} when it may not.
 */
export function assureAddress(address: string, isFromLoopback: boolean): void {
	const isRefused = !isFromLoopback && isLoopback(address);

	if (isRefused || isIn(linkLocal, address)) {
		const kind = isRefused ? safe`address of this machine itself` : safe`link-local address`;
		throw new Failed({
			status: 'critical',
			reason: safe`redirected to the ${kind} ${safeText(address)}, which is not followed`,
		});
	}
}

/** An IPv4 address inside an IPv6 one (`::ffff:127.0.0.1`) is that one. */
function isIn(list: BlockList, address: string): boolean {
	return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
