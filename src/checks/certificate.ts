import * as z from 'zod';
import {defineCheck} from '../core/check.js';
import {certificateOptions, hostOption, pathOption, portOption} from './options.js';
import {startTlsNames} from './start-tls-names.js';

const fields = z.object({
	host: hostOption.optional().meta({description: 'Name or address of a server, or else `file`.'}),
	port: portOption.optional().meta({description: 'Port. Default: 443, or that of the protocol of `startTls`.'}),
	startTls: z
		.enum(startTlsNames)
		.optional()
		.meta({description: 'Protocol in the middle of which TLS begins. Default: TLS begins at once.'}),
	...certificateOptions,
	file: pathOption.optional().meta({
		description: 'File of a certificate (PEM or DER) and those that vouch for it, in their order, or else `host`.',
	}),
});

export type CertificateOptions = z.output<typeof fields>;

const options = fields
	.refine(({host, file}) => (host === undefined) !== (file === undefined), {
		error: 'must have either "host" or "file", and not both',
	})
	.refine(({file, port, startTls}) => file === undefined || (port === undefined && startTls === undefined), {
		error: 'must have "port" and "startTls" only beside "host"',
	});

/** How long a certificate is valid, and whether it is to be trusted: what a server presents, or a file. */
export const certificate = defineCheck({
	type: 'certificate',
	asks: 'days left, name and chain of what a server presents, also after STARTTLS, or of a file',
	uses: 'socket',
	options,
	placeholders: ['CONNECTED', 'RESPONSE_TIME', 'IP', 'CERTIFICATE_EXPIRATION'],
	measures: {days: {unit: 'count', meaning: 'whole days until it expires; negative afterwards'}},
	conditions: () => [{warning: '[CERTIFICATE_EXPIRATION] > 504h'}, {critical: '[CERTIFICATE_EXPIRATION] > 168h'}],
	load: async () => (await import('./ask-certificate.js')).askCertificate,
});
