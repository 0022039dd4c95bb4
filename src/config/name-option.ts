import * as z from 'zod';

/** A name as people give them: short, in one line, and none that could be taken for an option or a path. */
export const nameOption = z
	.string()
	.regex(
		/^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,63}$/u,
		'must be a name of at most 64 letters, digits, spaces and . _ @ + - that begins with a letter or a digit',
	);
