import * as z from 'zod';
import {defineCheck} from '../core/check.js';
import {hostOption, pathOption, portOption, tlsOptions} from './options.js';

const options = z.object({
	host: hostOption.default('127.0.0.1').meta({description: 'Name or address. Default: "127.0.0.1".'}),
	port: portOption.default(3306).meta({description: 'Port. Default: 3306.'}),
	socket: pathOption.optional().meta({description: 'Socket in the file system, instead of host and port.'}),
	user: z.string().min(1, 'must be the name of a user such as "monitor"').meta({description: 'User to log in as.'}),
	password: z
		.string()
		.optional()
		.meta({description: 'Password of the user, best from the environment or a file of its own. Default: none.'}),
	database: z
		.string()
		.min(1, 'must be the name of a database, or be left out')
		.optional()
		.meta({description: 'Database to use.'}),
	query: z.string().min(1, 'must be a statement such as "SELECT 1", or be left out').optional().meta({
		description: 'SQL whose answer is [BODY]: one value as it is, anything else as JSON. Default: only a ping.',
	}),
	...tlsOptions('Whether to speak TLS; without it nothing is encrypted. Default: false.'),
});

export type MysqlOptions = z.output<typeof options>;

/** Whether a server of MySQL or MariaDB lets somebody in and answers a query, and how it is. */
export const mysql = defineCheck({
	type: 'mysql',
	asks: 'can I log in, does a query answer what it should, how is the server',
	uses: 'socket',
	options,
	placeholders: ['CONNECTED', 'RESPONSE_TIME', 'IP', 'BODY', 'CERTIFICATE_EXPIRATION'],
	measures: {
		connections: {
			unit: 'percent',
			series: 'mysql.connections',
			meaning: 'open connections, of those that there may be',
		},
		threads: {unit: 'count', series: 'mysql.threads_running', meaning: 'threads that run something'},
		slowQueries: {
			unit: 'per second',
			series: 'mysql.slow_queries',
			meaning: 'queries that took longer than the server allows',
		},
		lag: {unit: 'seconds', series: 'mysql.replication_lag', meaning: 'how far a replica is behind its source'},
	},
	conditions: () => ['[CONNECTED] == true'],
	load: async () => (await import('./ask-mysql.js')).askMysql,
});
