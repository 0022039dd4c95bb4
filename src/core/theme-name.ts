/** The themes, in the order in which a key goes through them: for dark backgrounds, for light ones, and in the terminal's own colours. */
export const themeNames = ['dark', 'light', 'terminal'] as const;

export type ThemeName = (typeof themeNames)[number];
