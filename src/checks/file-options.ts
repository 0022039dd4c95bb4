import * as z from 'zod';
import {accountOption} from './account-option.js';
import {pathOption, patternOption} from './options.js';

/** What a file should be like. */
export const fileOptions = z.object({
	path: pathOption.meta({description: 'Absolute path of the file. Symbolic links are followed.'}),
	exists: z
		.boolean()
		.default(true)
		.meta({description: 'Whether it must be there; false: it must not, and nothing else counts. Default: true.'}),
	kind: z
		.enum(['file', 'directory', 'socket'], 'must be "file", "directory" or "socket"')
		.optional()
		.meta({description: '"file", "directory" or "socket". Default: any.'}),
	matches: patternOption.optional().meta({
		description: 'Regular expression (RE2) that the last 64 KiB of it must match. Default: anything may be in it.',
	}),
	matchesNot: patternOption
		.optional()
		.meta({description: 'Regular expression (RE2) that the last 64 KiB of it must not match. Default: none.'}),
	mode: z
		.string()
		.regex(/^0?[0-7]{3,4}$/, 'must be octal, such as "0640"')
		.optional()
		.meta({description: 'Permissions it must have, exactly, such as "0640". Default: any.'}),
	owner: accountOption('user', 'backup')
		.optional()
		.meta({description: 'User it must be of, by name or number. Default: any.'}),
	group: accountOption('group', 'adm')
		.optional()
		.meta({description: 'Group it must be of, by name or number. Default: any.'}),
});

export type FileOptions = z.output<typeof fileOptions>;
