/** Columns of a line, and those of a tab: as this repository formats its JSON. */
const [lineWidth, tabWidth] = [120, 2];

/** A plain JSON value as a person would write it: tabs, and a list of plain values in one line where that is short enough. */
export function writeJson(value: unknown, depth = 0): string {
	if (typeof value !== 'object' || value === null) {
		return JSON.stringify(value);
	}

	const isList = Array.isArray(value);
	const [open, close] = isList ? '[]' : '{}';
	const lines = isList
		? value.map(item => writeJson(item, depth + 1))
		: Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${writeJson(item, depth + 1)}`);
	const isShort = isList && value.every(isPlain) && depth * tabWidth + lines.join(', ').length + 2 < lineWidth;

	if (lines.length === 0 || isShort) {
		return `${open}${lines.join(', ')}${close}`;
	}

	const indent = '\t'.repeat(depth);
	return `${open}\n${lines.map(line => `${indent}\t${line}`).join(',\n')}\n${indent}${close}`;
}

function isPlain(value: unknown): boolean {
	return typeof value !== 'object' || value === null;
}
