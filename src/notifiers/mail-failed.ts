/** A try ended for a reason that nodemailer has no error for; `code` is one of those of `mail-outcome.ts` or of the system. */
export class MailFailed extends Error {
	override name = 'MailFailed';
	readonly code: string;

	constructor(code: string) {
		super(code);
		this.code = code;
	}
}
