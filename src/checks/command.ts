import {defineCheck} from '../core/check.js';
import {commandOptions} from './command-options.js';

/** What a Nagios plug-in, or any other program that keeps to their exit codes, says. */
export const command = defineCheck({
	type: 'command',
	asks: 'what a Nagios plug-in or script says: exit code 0-3, first line, performance data',
	uses: 'command',
	options: commandOptions,
	placeholders: ['STATUS', 'BODY', 'RESPONSE_TIME'],
	hasPerfdata: true,
	load: async () => (await import('./ask-command.js')).askCommand,
});
