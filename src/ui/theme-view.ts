import {safe, safeText} from '../core/safe.js';
import {themeNames} from '../core/theme-name.js';
import type {ViewState} from './view-state.js';

/** The view in the next theme, and how that is called. */
export function withNextTheme(view: ViewState): ViewState {
	const theme = themeNames[(themeNames.indexOf(view.theme) + 1) % themeNames.length] ?? view.theme;
	return {
		...view,
		theme,
		notice: {level: 'ok', text: safe`theme ${safeText(theme)}; to keep it: --theme, or screen.theme`},
	};
}
