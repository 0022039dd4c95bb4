import * as z from 'zod';
import {defineNotifier} from '../core/notifier.js';
import {addressOption, hostNameOption, pathOption, portOption} from './email-options.js';

const together = 'user and password are needed together';

const server = z
	.strictObject({
		host: hostNameOption.meta({description: 'Name or address of the mail server.'}),
		port: portOption.optional().meta({
			description: 'Port. Default: 587; 465 for "implicit"; 25 on this machine.',
		}),
		user: z.string().min(1).max(255).optional().meta({description: 'Name to log in with. Default: no login.'}),
		password: z.string().min(1).max(1024).optional().meta({description: 'Password to log in with.'}),
		tls: z.enum(['required', 'opportunistic', 'implicit', 'none']).optional().meta({
			description:
				'"required": STARTTLS or nothing. "opportunistic": STARTTLS where it is offered. "implicit": TLS from the first byte. "none": never, also with a password. Default: "implicit" for port 465, "opportunistic" on this machine, else "required".',
		}),
		insecure: z
			.boolean()
			.optional()
			.meta({description: 'Whether a certificate that is not trusted is taken all the same. Default: false.'}),
		ca: pathOption
			.optional()
			.meta({description: 'File of certificates (PEM) to trust. Default: those that this machine trusts.'}),
		name: hostNameOption
			.optional()
			.meta({description: 'Name that healthtop gives of itself (EHLO). Default: that of this machine.'}),
	})
	.superRefine(({user, password}, context) => {
		if ((user === undefined) !== (password === undefined)) {
			const path = [user === undefined ? 'user' : 'password'];
			context.addIssue({code: 'custom', path, message: together, params: {isSecret: true}});
		}
	});

/** A server as it is configured. */
export type ServerOptions = z.output<typeof server>;

/** More than that is no list of servers to try in turn. */
const mostServers = 5;
const mostRecipients = 100;

const options = z.object({
	smtp: z
		.union([server, z.array(server).min(1).max(mostServers)], {
			error: ({errors, input}) => unionText(errors?.[Array.isArray(input) ? 1 : 0]),
		})
		.meta({description: 'The mail server, or a list of them that are tried in this order.'}),
	from: addressOption.meta({description: 'Address that mails come from.'}),
	fromName: z
		.string()
		.regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,64}$/u, 'must be a name of at most 64 characters')
		.default('healthtop')
		.meta({description: 'Name that mails come from. Default: "healthtop".'}),
	to: z.array(addressOption).min(1).max(mostRecipients).meta({description: 'Addresses; each gets mails of its own.'}),
});

export type EmailOptions = z.output<typeof options>;

/** For one server, and for each more of them, ms: a silent one must leave time for the next. */
const forServer = 60_000;
const forEachMore = 30_000;

/** Tells by e-mail, through one of several servers. */
export const email = defineNotifier({
	type: 'email',
	tells: 'sends a mail, as text and HTML, through one of several SMTP servers',
	options,
	recipients: ({to}) => [...new Set(to)],
	timeout: ({smtp}) => forServer + ([smtp].flat().length - 1) * forEachMore,
	load: async () => (await import('./send-email.js')).sendEmail,
});

/** What is wrong with the kind that was meant: "must match one of two" would say nothing. */
function unionText(issues: readonly z.core.$ZodIssue[] | undefined): string {
	const [first] = issues ?? [];
	const path = first?.path.map(part => (typeof part === 'number' ? `[${part}]` : part.toString())).join('.') ?? '';
	return `must be {"host": ...} or a list of such${first && path !== '' ? ` (${path}: ${issueText(first)})` : ''}`;
}

function issueText(issue: z.core.$ZodIssue): string {
	return issue.code === 'invalid_type' ? `must be a ${issue.expected}` : issue.message;
}
