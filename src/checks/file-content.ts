import type {Finding} from '../core/check.js';
import type {Redact} from '../core/redact.js';
import {safe, safeText} from '../core/safe.js';
import type {FileOptions} from './file-options.js';
import {loadPattern} from './pattern.js';

/** What a text lacks, and what it should not have. `isCut`: its first line may be only the end of one. */
export type Judge = (text: string, isCut: boolean) => readonly Finding[];

/** So much of a line is shown, in UTF-16 units. */
const longestLine = 200;

/** What judges the end of a file; undefined where nothing is demanded of it. `hide` takes secrets out of the line that is shown. */
export async function loadJudge({exists, matches, matchesNot}: FileOptions, hide: Redact): Promise<Judge | undefined> {
	const judges: Judge[] = [];

	if (exists && matches !== undefined) {
		const isGood = await loadPattern(matches);
		judges.push(text =>
			isGood(text) ? [] : [{status: 'critical', reason: safe`'${safeText(matches)}' is not in it`}],
		);
	}

	if (exists && matchesNot !== undefined) {
		const isBad = await loadPattern(matchesNot);
		judges.push((text, isCut) => {
			if (!isBad(text)) {
				return [];
			}

			// A pattern may go over several lines, and so may a secret.
			const lines = hide(text).split('\n');
			const line = lines.findLast((one, index) => isBad(one) && !(isCut && index === 0));
			const shown = line ? safe`: ${safeText(line.trim().slice(0, longestLine))}` : safe``;
			return [{status: 'critical', reason: safe`'${safeText(matchesNot)}' is in it${shown}`}];
		});
	}

	return judges.length === 0 ? undefined : (text, isCut) => judges.flatMap(judge => judge(text, isCut));
}
