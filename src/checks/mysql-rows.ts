/** The first result of a statement. One that gives none has no names and no rows. */
export type Rows = {
	readonly names: readonly string[];
	readonly rows: readonly (readonly unknown[])[];
	/** There would be more. */
	readonly isCut: boolean;
};

/** So much of a result is kept at most: the row with which it has so many characters is the last one. */
const [mostRows, mostCharacters] = [100, 64 << 10];

type Column = {readonly name: string};

/** What mysql2 calls while a query is answered. */
type Query = {on(event: string, listener: (...values: never[]) => void): Query};

/** Gives what a query is answered with, once: to `done` as soon as it is enough, to `failed` when the server refuses it. */
export function collectRows(query: Query, done: (rows: Rows) => void, failed: (error: unknown) => void): void {
	const names: string[] = [];
	const rows: unknown[][] = [];
	let characters = 0;

	query
		.on('error', failed)
		.on('fields', (columns?: readonly Column[]) => {
			// Of a procedure only the first result is looked at.
			names.push(...(names.length === 0 ? (columns ?? []).map(({name}) => name) : []));
		})
		.on('result', (row: unknown, index?: number) => {
			if (index !== 0 || !Array.isArray(row)) {
				return;
			}

			if (rows.length === mostRows || characters >= mostCharacters) {
				done({names, rows, isCut: true});
				return;
			}

			rows.push(row);
			characters += row.reduce<number>((sum, value) => sum + lengthOf(value), 0);
		})
		.on('end', () => done({names, rows, isCut: false}));
}

function lengthOf(value: unknown): number {
	return typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8;
}

/** What a condition sees of an answer: one value as it is, anything else as a JSON array of rows. Text is decoded UTF-8. */
export function bodyOf({names, rows}: Rows): string {
	const [first] = rows;

	if (rows.length === 1 && first?.length === 1) {
		return textOf(first[0]).slice(0, mostCharacters);
	}

	return JSON.stringify(rows.map(row => Object.fromEntries(names.map((name, index) => [name, plainOf(row[index])]))));
}

function textOf(value: unknown): string {
	const plain = plainOf(value);
	return plain === null ? 'NULL' : typeof plain === 'object' ? JSON.stringify(plain) : String(plain);
}

/** What has no character set comes as bytes. */
function plainOf(value: unknown): unknown {
	return Buffer.isBuffer(value) ? value.toString('utf8') : (value ?? null);
}
