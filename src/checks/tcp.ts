import * as z from 'zod';
import {defineCheck} from '../core/check.js';
import {hostOption, patternOption, portOption, tlsOptions} from './options.js';

const options = z.object({
	host: hostOption.default('127.0.0.1').meta({description: 'Name or address. Default: "127.0.0.1".'}),
	port: portOption.meta({description: 'Port.'}),
	send: z.string().optional().meta({description: 'Text to send once it is connected; "\\r\\n" as it is meant.'}),
	expect: patternOption
		.optional()
		.meta({description: 'Regular expression (RE2) that what it says first must match, within 64 KiB.'}),
	...tlsOptions('Whether to begin TLS once it is connected. Default: false.'),
});

export type TcpOptions = z.output<typeof options>;

/** Whether a port accepts connections and, where that is configured, says what it should. */
export const tcp = defineCheck({
	type: 'tcp',
	asks: 'does the port accept, and does it greet as expected',
	uses: 'socket',
	options,
	placeholders: ['CONNECTED', 'RESPONSE_TIME', 'IP', 'BODY', 'CERTIFICATE_EXPIRATION'],
	conditions: () => ['[CONNECTED] == true'],
	load: async () => (await import('./ask-tcp.js')).askTcp,
});
