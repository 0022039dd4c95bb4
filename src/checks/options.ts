import * as z from 'zod';

/** A host: a name or an address. */
export const hostOption = z
	.string()
	.regex(/^[A-Za-z0-9_.:-]{1,255}$/, 'must be a name or an address such as "127.0.0.1" or "db.example.com"');

export const portOption = z
	.int('must be a whole number from 1 to 65535')
	.min(1, 'must be a whole number from 1 to 65535')
	.max(65_535, 'must be a whole number from 1 to 65535');

/** The absolute path of a file. */
export const pathOption = z
	.string()
	.regex(/^\/[^\x00-\x1f\x7f]*$/, 'must be an absolute path such as "/run/service.sock"');

/** A regular expression of RE2, which takes linear time whatever it is. The program for it is loaded with the first one. */
export const patternOption = z.string().superRefine(async (text, context) => {
	const {RE2JS} = await import('re2js');

	try {
		RE2JS.compile(text);
	} catch {
		context.addIssue({
			code: 'custom',
			message: 'must be a regular expression of RE2 (no backreferences, no look-around)',
			input: text,
		});
	}
});

/** Options of checks that can speak TLS; `description` of the first says when it does. */
export function tlsOptions(description: string) {
	return {
		tls: z.boolean().default(false).meta({description}),
		...certificateOptions,
	};
}

export const certificateOptions = {
	serverName: hostOption
		.optional()
		.meta({description: 'Name that the certificate must be for, and that is asked for (SNI). Default: the host.'}),
	ca: pathOption
		.optional()
		.meta({description: 'File of certificates (PEM) to trust. Default: those that this machine trusts.'}),
	insecure: z
		.boolean()
		.default(false)
		.meta({description: 'Whether a certificate that is not trusted is taken all the same. Default: false.'}),
};
