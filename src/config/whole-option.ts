import * as z from 'zod';

/** A whole number from `least` to `most`, with one message for all that is wrong with it. */
export function wholeOption(least: number, most: number) {
	const message = `must be a whole number from ${least} to ${most}`;
	return z.int(message).min(least, message).max(most, message);
}
