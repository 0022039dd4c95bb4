/** The user's mistake: the message is all that is printed, without a stack. */
export class UserError extends Error {
	/** @override */
	name = 'UserError';
}
