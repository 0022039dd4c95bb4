import type {Finding} from '../core/check.js';
import {safe, safeText} from '../core/safe.js';
import type {FileOptions} from './file-options.js';
import {loadPattern} from './pattern.js';

/** What a text lacks, and what it should not have. */
export type Judge = (text: string) => readonly Finding[];

/** So much of a line is shown, in UTF-16 units. */
const longestLine = 200;

/** What judges the end of a file; undefined where nothing is demanded of it. */
export async function loadJudge({exists, matches, matchesNot}: FileOptions): Promise<Judge | undefined> {
	const judges: Judge[] = [];

	if (exists && matches !== undefined) {
		const isGood = await loadPattern(matches);
		judges.push(text =>
			isGood(text) ? [] : [{status: 'critical', reason: safe`'${safeText(matches)}' is not in it`}],
		);
	}

	if (exists && matchesNot !== undefined) {
		const isBad = await loadPattern(matchesNot);
		judges.push(text => {
			// A pattern may go over several lines.
			const line = text.split('\n').findLast(isBad)?.trim().slice(0, longestLine);
			const shown = line ? safe`: ${safeText(line)}` : safe``;
			return isBad(text) ? [{status: 'critical', reason: safe`'${safeText(matchesNot)}' is in it${shown}`}] : [];
		});
	}

	return judges.length === 0 ? undefined : text => judges.flatMap(judge => judge(text));
}
