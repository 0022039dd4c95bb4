import type {Depth} from '../ui/screen/styles.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** How many colours the terminal shows, as far as the environment tells. NO_COLOR (no-color.org) counts when it is not empty. */
export function depthOf({NO_COLOR, COLORTERM, TERM}: Environment, isColorWanted: boolean): Depth {
	if (!isColorWanted || NO_COLOR) {
		return 'none';
	}

	if (COLORTERM === 'truecolor' || COLORTERM === '24bit' || TERM?.endsWith('-direct')) {
		return 'true';
	}

	return TERM?.includes('256color') ? '256' : '16';
}

/** True when the locale says that characters are not UTF-8; the first of the three that is set counts (locale(7)). */
export function isAsciiLocale({LC_ALL, LC_CTYPE, LANG}: Environment): boolean {
	const locale = LC_ALL || LC_CTYPE || LANG || 'C';
	return !/utf-?8/i.test(locale);
}
