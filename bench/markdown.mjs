import {existsSync, readFileSync, writeFileSync} from 'node:fs';

/** @param {readonly (readonly string[])[]} lines the first is the head */
export function markdownTable(lines) {
	const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
	const [head, ...body] = lines.map(
		line => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
	);
	return [head, `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n');
}

/**
 * Puts the report between its two marks in a Markdown file; at its end, with marks, where there are none; makes the file
 * when there is none.
 *
 * @param {string} file
 * @param {string} name of the bench, as it stands in the marks
 * @param {string} report
 */
export function writeReport(file, name, report) {
	const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
	const old = existsSync(file) ? readFileSync(file, 'utf8') : '# Performance\n';
	const text = old.includes(begin) || old.includes(end) ? old : `${old.trimEnd()}\n\n${begin}\n${end}\n`;
	const from = text.indexOf(begin);
	const to = text.indexOf(end);

	if (from === -1 || to < from) {
		throw new Error(`${file} has no '${begin}' with a '${end}' after it`);
	}

	writeFileSync(file, `${text.slice(0, from + begin.length)}\n${report.trim()}\n${text.slice(to)}`);
}
