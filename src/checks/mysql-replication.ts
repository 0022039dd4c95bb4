import type {Finding} from '../core/check.js';
import type {Redact} from '../core/redact.js';
import {safe, safeText} from '../core/safe.js';
import type {Client} from './mysql-client.js';
import {numberOf} from './mysql-status.js';

/** So much is shown of why it is stopped, characters. */
const mostWords = 160;

export type Replication = {
	/** Seconds; undefined where nothing is replicated, it is stopped, or nobody tells. */
	readonly lag: number | undefined;
	readonly findings: readonly Finding[];
};

/** Of several sources the one that lags most counts. `hide` takes secrets out of what is shown. */
export async function readReplication(client: Client, hide: Redact): Promise<Replication> {
	const sources = await sourcesOf(client);
	const lags = sources.map(lagOf);
	const known = lags.flatMap(lag => lag ?? []);
	const stopped = sources.find((_, index) => lags[index] === undefined);
	return {
		lag: known.length > 0 ? Math.max(...known) : undefined,
		findings: stopped ? [{status: 'critical', reason: stoppedText(stopped, hide)}] : [],
	};
}

type Source = ReadonlyMap<string, unknown>;

/** Without both threads there is none. */
function lagOf(source: Source): number | undefined {
	return numberOf(source.get('Seconds_Behind_Master') ?? source.get('Seconds_Behind_Source'));
}

function stoppedText(source: Source, hide: Redact) {
	const error = ['Last_SQL_Error', 'Last_IO_Error', 'Last_Error'].map(name => source.get(name)).find(Boolean);
	const [line = ''] = hide(String(error ?? '')).split('\n');
	return line === ''
		? safe`replication is stopped`
		: safe`replication is stopped: ${safeText(line.slice(0, mostWords))}`;
}

/** The first statement is MariaDB's from 10.5.1 and MySQL's from 8.0.22 on; MySQL 8.4 knows no other one. */
async function sourcesOf(client: Client): Promise<readonly Source[]> {
	for (const sql of ['SHOW REPLICA STATUS', 'SHOW SLAVE STATUS']) {
		const answer = await client.tried(sql);

		if (answer) {
			return answer.rows.map(row => new Map(answer.names.map((name, index) => [name, row[index]])));
		}
	}

	return [];
}
