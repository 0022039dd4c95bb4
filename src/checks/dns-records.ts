import type {CaaRecord, SoaRecord, SrvRecord} from 'node:dns';
import type {Resolver} from 'node:dns/promises';
import {isIP, SocketAddress} from 'node:net';
import type {RecordType} from './record-types.js';

type Ask = (resolver: Resolver, domain: string) => Promise<readonly string[]>;

/** How each type of record is asked for. Answers are as `dig +short` prints them, without the dots that names end with and without quotes. */
const asks = {
	A: (resolver, domain) => resolver.resolve4(domain),
	AAAA: (resolver, domain) => resolver.resolve6(domain),
	CNAME: (resolver, domain) => resolver.resolveCname(domain),
	MX: async (resolver, domain) =>
		(await resolver.resolveMx(domain)).map(({priority, exchange}) => `${priority} ${exchange}`),
	NS: (resolver, domain) => resolver.resolveNs(domain),
	// One character a byte.
	TXT: async (resolver, domain) =>
		(await resolver.resolveTxt(domain)).map(pieces => Buffer.from(pieces.join(''), 'latin1').toString()),
	SOA: async (resolver, domain) => [soaText(await resolver.resolveSoa(domain))],
	SRV: async (resolver, domain) => (await resolver.resolveSrv(domain)).map(srvText),
	PTR: (resolver, domain) => resolver.resolvePtr(isIP(domain) === 0 ? domain : reverseName(domain)),
	CAA: async (resolver, domain) => (await resolver.resolveCaa(domain)).map(caaText),
} satisfies Record<RecordType, Ask>;

/** The answers of that type, sorted. @throws the errors of node:dns. */
export async function recordsOf(resolver: Resolver, record: RecordType, domain: string): Promise<readonly string[]> {
	const answers = await asks[record](resolver, domain);
	return answers.toSorted();
}

/** Two answers that mean the same are equal in it: names have no case, and addresses of IPv6 are written in several ways. */
export function canonical(record: RecordType, answer: string): string {
	if (record === 'TXT' || record === 'CAA') {
		return answer;
	}

	if (record === 'AAAA' && isIP(answer) === 6) {
		return new SocketAddress({address: answer, family: 'ipv6'}).address;
	}

	return answer.toLowerCase().replace(/\.(?= |$)/g, '');
}

/** The name that an address is asked for by (RFC 1035, section 3.5, and RFC 3596, section 2.5). */
export function reverseName(address: string): string {
	if (isIP(address) === 4) {
		return `${address.split('.').toReversed().join('.')}.in-addr.arpa`;
	}

	const [head = '', tail] = new SocketAddress({address, family: 'ipv6'}).address.split('::');
	const [before, after] = [groups(head), groups(tail ?? '')];
	const zeros = Array<string>(8 - before.length - after.length).fill('0000');
	return `${[...[...before, ...zeros, ...after].join('')].toReversed().join('.')}.ip6.arpa`;
}

/** Groups of four digits; the end of an address may be written as one of IPv4. */
function groups(part: string): readonly string[] {
	const pieces = part.split(':').filter(piece => piece !== '');
	return pieces.flatMap(piece => (piece.includes('.') ? halves(piece) : [piece.padStart(4, '0')]));
}

function halves(address: string): readonly string[] {
	const digits = address.split('.').map(byte => Number(byte).toString(16).padStart(2, '0'));
	return [digits.slice(0, 2).join(''), digits.slice(2).join('')];
}

function soaText({nsname, hostmaster, serial, refresh, retry, expire, minttl}: SoaRecord): string {
	return [nsname, hostmaster, serial, refresh, retry, expire, minttl].join(' ');
}

function srvText({priority, weight, port, name}: SrvRecord): string {
	return [priority, weight, port, name].join(' ');
}

/** One property beside `critical`, named as the tag is. */
function caaText({critical, ...tags}: CaaRecord): string {
	const [tag, value] = Object.entries(tags)[0] ?? ['', ''];
	return `${critical} ${tag} ${value}`;
}
