import * as z from 'zod';

/** The most that a uid_t holds and that is somebody (-1 is nobody). */
const most = 4_294_967_294;

/** A user or a group, by name or number. */
export function accountOption(what: 'user' | 'group', example: string) {
	const message = `must be the name or the number of a ${what}, such as "${example}" or 110`;
	return z.union(
		[
			z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}\$?$/, message),
			z.int(message).min(0, message).max(most, message),
		],
		message,
	);
}
