/** Why a journal did not take what it was given. Nothing of it is in the file. */
export class JournalError extends Error {
	override name = 'JournalError';

	/**
	 * That of the system (`ENOSPC`, `EIO`, `EROFS` ...), else `TOO_LONG` (a record), `TOO_LARGE` (the file), `CUT` (somebody else
	 * shortened the file: only `compact` mends that), `NEWER` (the file was written by a newer version) or `CLOSED`.
	 */
	readonly code: string;

	constructor(code: string, message: string, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
	}
}
