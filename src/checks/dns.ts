import * as z from 'zod';
import {defineCheck} from '../core/check.js';
import {rcodes} from './dns-words.js';
import {nameServer} from './name-server.js';
import {recordTypes} from './record-types.js';

/** RFC 1035, section 2.3.4; or an address, whose PTR record is meant. */
const domainPattern = /^(?=.{1,254}$)(?:[A-Za-z0-9_*-]{1,63}\.)*[A-Za-z0-9_*-]{1,63}\.?$|^[0-9A-Fa-f:]+$/;

const options = z.object({
	domain: z
		.string()
		.regex(domainPattern, 'must be a name such as "shop.example.com" (of another script: its "xn--" form)')
		.meta({description: 'Name to ask for; for PTR it may be an address.'}),
	server: z
		.string()
		.refine(text => nameServer(text) !== undefined, {
			error: 'must be an address such as "127.0.0.1", "127.0.0.1:5353" or "[::1]:53"',
		})
		.optional()
		.meta({description: 'Name server: address, with or without a port. Default: those of /etc/resolv.conf.'}),
	record: z.enum(recordTypes).default('A').meta({description: 'Type of record to ask for. Default: "A".'}),
	expect: z
		.union([z.string(), z.array(z.string()).min(1)])
		.optional()
		.meta({
			description:
				'Answer, or array of answers, that must all be among those given; others may be, too. As `dig +short` prints them: "10.1.2.3", "10 mail.example.com". Default: any answer will do.',
		}),
	rcode: z.enum(rcodes).default('NOERROR').meta({
		description: 'What the name server must say: "NXDOMAIN" where there must be no such name. Default: "NOERROR".',
	}),
});

export type DnsOptions = z.output<typeof options>;

/** Whether a name resolves to what it should. */
export const dns = defineCheck({
	type: 'dns',
	asks: 'does a name resolve to what it should, at a given server',
	uses: 'socket',
	options,
	placeholders: ['CONNECTED', 'RESPONSE_TIME', 'IP', 'BODY', 'DNS_RCODE'],
	conditions: () => ['[CONNECTED] == true'],
	load: async () => (await import('./ask-dns.js')).askDns,
});
