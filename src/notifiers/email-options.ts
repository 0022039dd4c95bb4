import * as z from 'zod';

/**
 * A mail address in its plain form, `local@domain`: no quotes, commas, spaces, angle brackets or controls, which have been read as a second
 * recipient more than once.
 */
export const addressOption = z
	.string()
	.max(254)
	.regex(
		/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/,
		'must be a plain address such as "ops@example.com"',
	)
	.refine(address => address.indexOf('@') <= 64, 'must have at most 64 characters before the @');

/** A host: a name or an address. */
export const hostNameOption = z
	.string()
	.regex(/^[A-Za-z0-9_.:-]{1,255}$/, 'must be a name or an address such as "127.0.0.1" or "mail.example.com"')
	// An IPv6 address has more colons.
	.refine(host => !/^[^:]+:\d+$/.test(host), 'must be without the port, which belongs into "port"');

export const portOption = z
	.int('must be a whole number from 1 to 65535')
	.min(1, 'must be a whole number from 1 to 65535')
	.max(65_535, 'must be a whole number from 1 to 65535');

/** The absolute path of a file. */
export const pathOption = z
	.string()
	.regex(/^\/[^\x00-\x1f\x7f]*$/, 'must be an absolute path such as "/etc/ssl/mail.pem"');
