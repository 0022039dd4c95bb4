import {dns} from '../../checks/dns.js';
import {type Rcode, rcodes} from '../../checks/dns-words.js';
import {safeText} from '../../core/safe.js';
import {type Around, askNow} from './ask-now.js';
import {isNameServer} from './known-daemons.js';
import type {Service} from './services.js';
import {addressText} from './suggest-base.js';

/** A name server that answers, and what it says of `localhost`, which nearly every one knows. */
export type NameServer = {readonly service: Service; readonly server: string; readonly rcode: Rcode};

const answerMs = 1500;

/** Ports of names that are asked by multicast: mDNS and LLMNR. */
const multicastPorts: readonly number[] = [5353, 5355];

/** Those of the services that could be name servers: by their port, or by their program and a port that is both TCP's and UDP's. */
export function nameServerPorts(services: readonly Service[]): readonly Service[] {
	return services.filter(service => {
		const {protocol, port, owner} = service;
		const isKnown = owner !== undefined && isNameServer(owner.name) && !multicastPorts.includes(port);
		const hasBoth = services.some(other => other.protocol === 'tcp' && isSamePort(other, service));
		return protocol === 'udp' && (port === 53 || (isKnown && hasBoth));
	});
}

/** The same port of the same program, TCP or UDP. */
export function isSamePort(one: Service, other: Service): boolean {
	return one.port === other.port && one.owner?.name === other.owner?.name;
}

/** Undefined where it gives no answer that a check could wait for. */
export async function askDns(service: Service, around: Around): Promise<NameServer | undefined> {
	for (const host of service.hosts) {
		const server = service.port === 53 ? host : addressText(safeText(host), service.port);
		const {values, findings = []} = await askNow(dns, {server, domain: 'localhost'}, answerMs, around);
		const rcode = rcodes.find(rcode => rcode === values.DNS_RCODE);

		if (rcode !== undefined && (rcode !== 'NOERROR' || findings.length === 0)) {
			return {service, server, rcode};
		}
	}

	return undefined;
}
