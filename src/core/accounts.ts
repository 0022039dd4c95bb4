/** A user: a row of passwd(5). */
export type Account = {readonly name: string; readonly id: number; readonly group: number};

/** The user with this name or number; of two rows the first counts, as getpwnam(3) does it. */
export function accountOf(passwd: string, nameOrId: string | number): Account | undefined {
	return rowsOf(passwd)
		.map(([name = '', , id, group]) => ({name, id: Number(id), group: Number(group)}))
		.find(({name, id}) => nameOrId === name || nameOrId === id);
}

/** The number of a user or group, by its name. Rows of passwd(5) and group(5) both begin `name:x:number:`. */
export function idOf(table: string, name: string): number | undefined {
	const id = rowsOf(table).find(row => row[0] === name)?.[2];
	return id === undefined ? undefined : Number(id);
}

/** The name of a user or group, by its number. */
export function nameOf(table: string, id: number): string | undefined {
	return rowsOf(table).find(row => row[2] === String(id))?.[0];
}

function rowsOf(table: string): readonly (readonly string[])[] {
	return table
		.split('\n')
		.map(line => line.split(':'))
		.filter(([name, , id]) => name !== '' && /^\d+$/.test(id ?? ''));
}
